"""Dates become ISO dates as far as they are said; impossible ones become nothing."""

import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.text.dates import CLOCK, DATE, is_due, is_limit, read_date

RELAXED = settings(deadline=None, max_examples=250)
days = st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31))


def in_han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ["", "十", "二十", "三十"][tens] + "〇一二三四五六七八九"[ones].strip("〇")


def in_characters(day: datetime.date) -> str:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    return f"{year}年{in_han(day.month)}月{in_han(day.day)}日"


@RELAXED
@given(days)
def test_every_way_of_writing_a_day(day):
    year, month, number = day.year, day.month, day.day
    for written in (
        f"{year}年{month}月{number}日",
        f"{year} 年 {month:02d} 月 {number:02d} 日",
        f"{year}.{month}.{number}",
        f"{year}-{month:02d}-{number:02d}",
        f"{year}/{month}/{number}",
        in_characters(day),
    ):
        assert re.fullmatch(DATE, written), written
        assert read_date(written) == day.isoformat()


@RELAXED
@given(days, days)
def test_every_stretch(start, end):
    start, end = sorted((start, end))
    written = f"{start.year}年{start.month}月{start.day}日至{end.year}年{end.month}月{end.day}日"
    assert re.fullmatch(DATE, written)
    assert read_date(written) == f"{start}/{end}"


@RELAXED
@given(st.text(max_size=40))
def test_any_text_is_read_without_a_crash(text):
    read_date(text)
    is_due(text, 0, len(text))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2024年", "2024"),
        ("2024年度", "2024"),
        ("2024年三季度", "2024"),
        ("2024年上半年", "2024"),
        ("2024年9月", "2024-09"),
        ("2024年9月 中旬", "2024-09"),
        ("2024年元月16日", "2024-01-16"),
        ("18年9月", "2018-09"),
        ("98年9月3日", "1998-09-03"),
        ("二零二四年", "2024"),
        ("二0一八年三月", "2018-03"),
        ("9月底前", "--09"),
        ("9月份", "--09"),
        ("9月18日之前", "--09-18"),
        ("十月十二日", "--10-12"),
        ("2月29日", "--02-29"),
        ("27日", "---27"),
        ("2024年2月 2 1日", "2024-02-21"),
        ("2018-2020年", "2018/2020"),
        ("2018年—2020年", "2018/2020"),
        ("2023-2024学年", "2023/2024"),
        ("2019年5月至7月", "2019-05/2019-07"),
        ("2018年11月至3月", "2018-11/2019-03"),
        ("2024年1-9月份", "2024-01/2024-09"),
        ("1至9月", "--01/--09"),
        ("5月6日至8日", "--05-06/--05-08"),
        ("4月20-25日", "--04-20/--04-25"),
        ("2024.9.1-2024.10.5", "2024-09-01/2024-10-05"),
        ("7日至9日", "---07/---09"),
        ("今年", "今年"),
        ("今年年底前", "今年年底前"),
        ("今年5月至7月", "今年5月至7月"),
        ("明后两年", "明后两年"),
        ("第三季度", "第三季度"),
        ("每周三", "每周三"),
        ("周一至周五", "周一至周五"),
        ("每月15日前", "每月15日前"),
        ("“十四五”期间", "十四五期间"),
        ("90年代", "90年代"),
    ],
)
def test_as_much_as_is_said(written, said):
    assert re.fullmatch(DATE, written)
    assert read_date(written) == said


@pytest.mark.parametrize(
    "written",
    [
        "13月",
        "0月",
        "2月30日",
        "2024年13月5日",
        "2023年2月29日",
        "4月31日",
        "2024-2-30",
        "6月1日至31日",
    ],
)
def test_impossible_dates(written):
    assert read_date(written) == ""


@pytest.mark.parametrize(
    "written",
    [
        *("8:30", "18：02", "14:20:30", "上午8:30—12:00", "22:00至次日6:00", "早7点到晚9点"),
        *("22时至次日6时", "8时30分", "晚上7点半", "下午三点", "八点半", "7至9时", "凌晨2时"),
    ],
)
def test_times_of_day(written):
    assert re.fullmatch(CLOCK, written)


@pytest.mark.parametrize("written", ["25:00", "8:75", "3点建议", "24小时", "12时间段", "三点要求"])
def test_no_times_of_day(written):
    assert not re.match(CLOCK, written)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("〔9月底前〕完成清淤", True),
        ("〔年内〕建成", True),
        ("预计〔9月18日〕完工", True),
        ("拟于〔2026年3月〕启动招标", True),
        ("力争项目在〔2026年〕通水", True),
        ("将于〔10月1日〕启用", True),
        ("报名截止时间为〔7月10日〕", True),
        ("，到〔2027年〕覆盖全部行政村", True),
        ("〔2027年前〕全面完成改造", True),
        ("已于〔2025年9月1日〕启用", False),
        ("截至〔9月底〕，办结率", False),
        ("〔6月底前〕已完成", False),
        ("〔6月10日前〕完成了设计", False),
        ("〔3月1日前〕购票的市民", False),
        ("〔2000年以前〕建设，管网老化", False),
        ("原计划〔2025年〕开工", False),
        ("按照《行动计划》，〔2025年〕新增", False),
        ("计划已于〔2025年〕实施", False),
        ("自〔9月1日〕起施行", False),
    ],
)
def test_deadlines(text, due):
    start, end = text.index("〔"), text.index("〕") - 1
    assert is_due(text.replace("〔", "").replace("〕", ""), start, end) is due


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("〔3个工作日〕内答复", True),
        ("〔一年〕之内", True),
        ("力争〔三年〕全部改造", True),
        ("近〔3年〕内", False),
        ("〔24小时〕值班", False),
        ("〔1小时〕内免费", False),
        ("〔25年〕前建成", False),
    ],
)
def test_time_limits(text, limit):
    start, end = text.index("〔"), text.index("〕") - 1
    assert is_limit(text.replace("〔", "").replace("〕", ""), start, end) is limit
