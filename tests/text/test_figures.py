"""Figures are found whole, with their values, and words that hold a numeral are left alone."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nlp.text import figures as module
from nlp.text.figures import figures

RELAXED = settings(deadline=None, max_examples=400)
PIECES = [
    *"0123456789０９一二两三四五六七八九十百千万亿零〇壹半几数多余年月日号时点分秒元角个件家人户米吨亩",
    *"第至到-—~.．,，、。；：:/％%‰±（）()“”《》前内底初末今明去每周上下本度折成倍之A7km \n\u3000",
    *"2025年 9月 18日 12:30 平方米 个工作日 百分之 分之 已于 预计 十四五 十七届 四次会议".split(),
    *"季度 万元 亿元 上午 公里 期间 截至 的 了 每月".split(),
]
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


def found(text):
    return [figure.text for figure in figures(text)]


@RELAXED
@given(texts)
def test_spans_lie_in_the_text_in_order(text):
    end = 0
    for figure in figures(text):
        assert end <= figure.span.start < figure.span.end <= len(text)
        assert figure.span.of(text) == figure.text
        end = figure.span.end


@RELAXED
@given(texts)
@example("A0０分")
def test_no_span_cuts_digits_in_two(text):
    padded = f" {text} "
    for figure in figures(text):
        for edge in (figure.span.start, figure.span.end):
            assert not padded[edge : edge + 2].isdecimal(), figure


@RELAXED
@given(texts, texts)
def test_a_full_stop_parts_what_is_found(before, after):
    shift = len(before) + 1
    both = [
        (f.kind, f.span.start, f.text, f.date, f.deadline) for f in figures(f"{before}。{after}")
    ]
    alone = [(f.kind, f.span.start, f.text, f.date, f.deadline) for f in figures(before)]
    alone += [(f.kind, f.span.start + shift, f.text, f.date, f.deadline) for f in figures(after)]
    assert both == alone


@RELAXED
@given(
    st.integers(0, 10**7),
    st.sampled_from(
        ["元", "万元", "亿元", "个", "户", "亩", "公里", "个月", "%", "个百分点", "人次"]
    ),
    st.booleans(),
)
def test_numbers_are_found_with_their_value(number, unit, commas):
    written = f"{number:,}{unit}" if commas else f"{number}{unit}"
    [figure] = figures(f"共计{written}，其中")
    scale = {"万元": 10**4, "亿元": 10**8}.get(unit, 1)
    assert (figure.text, figure.value) == (written, number * scale)
    assert figure.unit == unit.lstrip("万亿")


@pytest.mark.parametrize(
    ("written", "kind", "value", "upper", "unit"),
    [
        ("叁仟元", "money", 3000, None, "元"),
        ("1,620万元", "money", 16_200_000, None, "元"),
        ("300 多 亿元", "money", 3e10, None, "元"),
        ("3-5万元", "money", 30_000, 50_000, "元"),
        ("3万元至5万元", "money", 30_000, 50_000, "元"),
        ("180元/人·年", "money", 180, None, "元"),
        ("50块钱", "money", 50, None, "元"),
        ("百分之十二点五", "share", 12.5, None, "%"),
        ("百分之三至百分之五", "share", 3, 5, "%"),
        ("30％—50％", "share", 30, 50, "%"),
        ("0.35‰", "share", 0.035, None, "%"),
        ("±0.3%", "share", -0.3, 0.3, "%"),
        ("-0.52%", "share", -0.52, None, "%"),
        ("三分之二", "share", 66.666667, None, "%"),
        ("1/3", "share", 33.333333, None, "%"),
        ("7折", "share", 70, None, "%"),
        ("八五折", "share", 85, None, "%"),
        ("95折", "share", 95, None, "%"),
        ("九成", "share", 90, None, "%"),
        ("1.6个百分点", "share", 1.6, None, "个百分点"),
        ("2.5倍", "share", 2.5, None, "倍"),
        ("3:1", "share", 3, None, "比"),
        ("1.2万余人", "count", 12_000, None, "人"),
        ("十几家", "count", 10, None, "家"),
        ("七八家", "count", 7, 8, "家"),
        ("600床位", "count", 600, None, "床位"),
        ("13万余人次", "count", 130_000, None, "人次"),
        ("2.18亿", "count", 218_000_000, None, ""),
        ("35-64岁", "count", 35, 64, "岁"),
        ("110千伏", "measure", 110, None, "千伏"),
        ("4.5万吨/日", "measure", 45_000, None, "吨"),
        ("132.63公顷", "measure", 132.63, None, "公顷"),
        ("144㎡", "measure", 144, None, "㎡"),
        ("三公里", "measure", 3, None, "公里"),
        ("65±3℃", "measure", 62, 68, "℃"),
        ("92.92km", "measure", 92.92, None, "km"),
        ("3个多月", "duration", 3, None, "个月"),
        ("一个半月", "duration", 1.5, None, "个月"),
        ("两年半", "duration", 2.5, None, "年"),
        ("半年", "duration", 0.5, None, "年"),
        ("3至5个工作日", "duration", 3, 5, "个工作日"),
        ("上午8:30—12:00", "time", None, None, ""),
    ],
)
def test_ways_of_writing(written, kind, value, upper, unit):
    [figure] = figures(f"经查{written}，属实")
    assert figure.text == written
    assert (figure.kind, figure.value, figure.upper, figure.unit) == (kind, value, upper, unit)


WORDS = """
一是加强 一定一致十分 一站式 一次性 一个 每一天 二次供水 二手房 二元结构 二期工程 三农 三中
三级医院 三轮车 四好农村路 四年级 九年一贯制 高三学生 两会双减 六安八里镇 十里铺村
九江市五一路 百姓 千方百计 千家万户 万达广场 “四个自信” 七届四次会议 几十家 数百户 零部件
伍家岭 三点要求 失去年轻人 说明年度 以前年度 正月初一 12345热线 918路公交 G20高速 106国道 A7县
PM2.5 5G网络 2.0.1版 〔2024〕14号 第12条 第三条、第五条 2018级 5号楼 2#楼 小区3栋外墙 3单元
1-2-301室 大坪村15组 5:3:2 ×××号 138××××1234 13800001111 0731-88881234
430102199001011234 13月 2月30日 2023年2月29日
""".split()


@pytest.mark.parametrize("text", [*WORDS, "占比为7 2%"])
def test_words_and_identifiers_are_no_figures(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建3栋住宅，其余5栋待建", ["3栋", "5栋"]),
        ("租期5年，年租金6000元", ["5年", "6000元"]),
        ("公示30日，27日复核", ["30日", "27日"]),
        ("1.2024年新增2.3万人", ["2024年", "2.3万人"]),
        ("由1000元-200元=800元", ["1000元", "200元", "800元"]),
        ("每周三次，每周三下午3点半", ["三次", "每周三", "下午3点半"]),
        ("师生比为1:15，8:30上课", ["1:15", "8:30"]),
        ("上百户、近万人、百余家", ["百户", "万人", "百余家"]),
    ],
)
def test_what_stands_around_decides(text, expected):
    assert found(text) == expected


def test_dates_carry_iso_dates_and_deadlines():
    text = "已于2025年9月1日开工，预计2026年6月完工，24小时内回复，6月底前销号；2018-2020年新增。"
    told = [(f.text, f.date, f.deadline) for f in figures(text)]
    assert told == [
        ("2025年9月1日", "2025-09-01", False),
        ("2026年6月", "2026-06", True),
        ("24小时", "", True),
        ("6月底前", "--06", True),
        ("2018-2020年", "2018/2020", False),
    ]


class Counting:
    """A compiled pattern that counts how often it is tried."""

    def __init__(self, pattern):
        self.pattern, self.calls = pattern, 0

    def match(self, text, at):
        self.calls += 1
        return self.pattern.match(text, at)


@pytest.mark.parametrize(
    "unit",
    [
        *"1一 万十半第a-（“",
        "1,111,",
        "1.",
        "12:",
        "1-",
        "3个",
        "2025年",
        "百分之",
        "七届",
        "周一、",
        "1 ",
    ],
)
def test_work_grows_with_the_length(unit, monkeypatch):
    def calls(size):
        counting = Counting(pattern)
        monkeypatch.setattr(module, "_FIGURE", counting)
        figures((unit * size)[:size])
        return counting.calls

    pattern = module._FIGURE
    assert calls(20_000) <= 10 * calls(2_000) + 10
