"""A digest's text: never too long, and every word of it the reply's."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.summarize.extract import extract
from nlp.summarize.reading import read_reply
from nlp.types import Reply

MARKS = re.compile(r"[，。；、：！,;:\n]")
NUMBER = re.compile(r"[一二三四五六七八九十]是")
LIST = (
    "我镇做了三项工作：一是新建口袋公园3处，面积2000平方米；二是更换破损路灯50盏；"
    "三是清理乱贴广告800张。"
)


def made(text, worth=None, max_chars=120, *, numbered=False):
    """Extract with a value of 0.9 for clauses that hold one of the words, else 0."""
    reading = read_reply(Reply("1", text))
    values = [0.9 * (worth is None or any(w in c for w in worth)) for c in reading.words]
    return extract(reading, np.array(values, np.float32), max_chars, numbered=numbered)


def test_all_that_fits_is_joined():
    found = made("路面已修补，共40处。桥梁将于5月加固。")
    assert found.text == "路面已修补，共40处。桥梁将于5月加固。"
    assert [(span.start, span.end) for span in found.spans] == [(0, 19)]


def test_stretches_apart_are_parted_by_semicolons():
    text = "路面已修补40处，用料15吨。我局将加强管理。桥梁将于5月加固，路灯已更换12盏。"
    found = made(text, ["修补", "路灯"])
    assert found.text == "路面已修补40处；路灯已更换12盏。"
    assert [span.of(text) for span in found.spans] == ["路面已修补40处", "路灯已更换12盏"]


def test_words_between_are_left_out_and_marks_do_not_meet():
    found = made("我局高度重视，切实加强巡查，（以下简称巡查），整改12处。")
    assert found.text == "我局加强巡查，整改12处。"


def test_the_stop_is_left_out_where_there_is_no_room():
    text = "新建口袋公园三处"
    assert made(text, max_chars=9).text == "新建口袋公园三处。"
    assert made(text, max_chars=8).text == "新建口袋公园三处"


def test_one_point_of_a_list_loses_its_marker():
    assert made(LIST, ["路灯"]).text == "更换破损路灯50盏。"
    assert made(LIST, ["路灯"], numbered=True).text == "更换破损路灯50盏。"


def test_two_points_keep_theirs():
    assert made(LIST, ["路灯", "广告"]).text == "二是更换破损路灯50盏；三是清理乱贴广告800张。"
    assert made(LIST, ["路灯", "公园"]).text == "一是新建口袋公园3处；二是更换破损路灯50盏。"
    # a clause within a point brings no marker
    assert made(LIST, ["面积", "广告"]).text == "面积2000平方米；清理乱贴广告800张。"


def test_markers_in_digits_never_stay():
    text = "1.新建公园3处，面积2000平方米。\n2.更换破损路灯50盏。\n3.清理乱贴广告800张。"
    assert made(text, ["路灯", "广告"]).text == "更换破损路灯50盏。清理乱贴广告800张。"


def test_numbered_runs():
    text = "路面已修补40处，用料15吨。桥梁将于5月加固，路灯已更换12盏。"
    assert made(text, ["修补", "路灯"], numbered=True).text == (
        "一是路面已修补40处；二是路灯已更换12盏。"
    )
    # the numbers count as room
    assert made(text, ["修补", "路灯"], 20).text == "路面已修补40处；路灯已更换12盏。"
    assert made(text, ["修补", "路灯"], 20, numbered=True).text == "路面已修补40处。"


def test_no_more_numbers_than_ten():
    towns = "甲乙丙丁戊己庚辛壬癸子丑"
    text = "".join(f"{town}村修路架桥各{at}处，其余不变。" for at, town in enumerate(towns, 10))
    found = made(text, ["修路"], 400, numbered=True).text
    assert "；十是癸村修路" in found
    assert "；子村修路" in found


def test_a_connective_between_does_not_part():
    assert made("路面已全部修补，同时，路灯已更换12盏。", ["修补", "更换"]).text == (
        "路面已全部修补，路灯已更换12盏。"
    )


def test_characters_stay_as_the_reply_has_them():
    text = "路面已修补４０处,用料１５吨"
    assert made(text).text == "路面已修补４０处,用料１５吨。"


def test_marks_in_a_row_do_not_exceed_the_length():
    text = "修桥何时动工？？？\n经费从哪里来！！！\n管护由谁承担？？？\n"
    for most in range(20, 40):
        assert 0 < len(made(text, max_chars=most).text) <= most


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("同意", "同意。"),
        ("同时，", "同时。"),
        ("（详见附件材料）", "（详见附件材料）。"),
        ("一是", "一是。"),
        ("①", "①。"),
        ("网友您好！——", "网友您好。"),
    ],
)
def test_what_is_worth_nothing_is_quoted_all_the_same(text, said):
    assert made(text, ["没有这个词"]).text == said


def test_a_clause_that_does_not_fit_is_quoted_as_far_as_it_goes():
    text = "已在" + "、".join(f"{town}村" for town in "甲乙丙丁戊己庚辛壬癸") + "设点"
    assert made(text, max_chars=19).text == "已在甲村、乙村、丙村、丁村、戊村、己村。"[:19]
    assert made(text, max_chars=20).text == "已在甲村、乙村、丙村、丁村、戊村、己村。"
    # the most valuable one
    two = f"先看资料{'、资料' * 20}。{text}。"
    assert made(two, ["设点"], 20).text == made(text, max_chars=20).text


@pytest.mark.parametrize("most", range(12, 24))
def test_no_figure_is_cut_in_two(most):
    text = "已拨付修路建桥补助资金1234.5万元用于各村各户道路桥梁涵洞" + "等" * 40
    found = made(text, max_chars=most).text
    assert text.startswith(found.rstrip("。"))
    assert ("1234.5万元" in found) is ("1" in found)


def test_no_number_or_word_is_cut_in_two():
    text = "请拨打热线电话03551234567咨询" + "各" * 40
    assert made(text, max_chars=12).text == "请拨打热线电话。"
    assert made("word " * 60, max_chars=22).text == "word word word word。"


def test_nothing_comes_of_nothing():
    for text in ("", "。。。", " \n "):
        assert made(text).text == ""
        assert made(text).spans == ()


PIECES = [
    *'我县加强建设第的了，。；：！、（）“”‘’《》【】……\n\r \u3000,;?!()".:5',
    *("一是", "二是", "三是", "一、", "（一）", "1.", "①", "首先，", "其次，", "此外，", "同时，"),
    *("经查，", "您好！", "现答复如下：", "已于3月12日修复", "投资1,200.5万元", "１２公里"),
    *("？？？", "！！！", "　　", "&nbsp;", "<br>", "——", "进一步", "（县政发〔2021〕3号）"),
    *("在县委的领导下，", "有关部门", "已经", "该校", "下一步", "感谢您的支持。", "2023年5月1日"),
]
LETTERS = st.lists(st.sampled_from(PIECES), max_size=50).map("".join)
VALUES = st.lists(st.floats(0, 1, width=32), min_size=1, max_size=12)


def drawn(text, values):
    reading = read_reply(Reply("1", text))
    return reading, np.resize(np.array(values, np.float32), len(reading.clauses))


@settings(deadline=None, max_examples=300)
@given(LETTERS, VALUES, st.integers(1, 130))
def test_every_character_is_the_replys_and_there_are_not_too_many(text, values, most):
    reading, values = drawn(text, values)
    found = extract(reading, values, most, numbered=False)
    assert len(found.text) <= most
    edges = [edge for span in found.spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(found.spans)
    quoted = "".join(reading.verbatim(span) for span in found.spans)
    # marks that meet become one; all else comes from the spans, in their order
    assert MARKS.sub("", found.text) == MARKS.sub("", quoted)
    left = iter(quoted)
    assert all(char in left for char in found.text if char not in "；。")


@settings(deadline=None, max_examples=150)
@given(LETTERS, VALUES, st.integers(1, 130))
def test_numbers_are_the_only_characters_added(text, values, most):
    reading, values = drawn(text, values)
    found = extract(reading, values, most, numbered=True)
    assert len(found.text) <= most
    quoted = "".join(reading.verbatim(span) for span in found.spans)
    written, said = (NUMBER.sub("", MARKS.sub("", each)) for each in (found.text, quoted))
    assert written == said


@settings(deadline=None, max_examples=150)
@given(LETTERS, st.integers(20, 130))
def test_a_reply_with_words_never_comes_to_nothing(text, most):
    reading, values = drawn(text, [0.0])
    found = extract(reading, values, most, numbered=False)
    assert bool(found.text) >= any(map(str.isalnum, reading.text))
