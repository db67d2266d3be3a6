"""Duties: the longest word wins, every owner is told, offsets point into the text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.classify.duties import DutyHit, DutyIndex, strongest
from nlp.classify.features import Text
from nlp.taxonomy import Duty, Function

FUNCTIONS = (
    Function("water", "水利", duties=(Duty("农村供水", ("吃水", "5G水表")),)),
    Function("health", "卫健", duties=(Duty("饮水卫生", ("饮水", "吃水")),)),
    Function("city", "城管", duties=(Duty("小区管理", ("吃水困难", "小区")),)),
    Function("idle", "无职责"),
)


@pytest.fixture(scope="module")
def index():
    return DutyIndex(FUNCTIONS)


def test_the_longest_word_wins(index):
    assert index.find("吃水困难") == [DutyHit(2, "小区管理", "吃水困难", 0, 4)]


def test_a_word_of_several_functions_is_told_for_each(index):
    assert index.find("村里吃水") == [
        DutyHit(0, "农村供水", "吃水", 2, 4),
        DutyHit(1, "饮水卫生", "吃水", 2, 4),
    ]


def test_the_name_of_a_duty_is_a_word_too(index):
    assert index.find("抓好农村供水") == [DutyHit(0, "农村供水", "农村供水", 2, 6)]


def test_a_shorter_word_counts_where_no_longer_one_covers_it(index):
    hits = index.find("吃水困难，饮水")
    assert [(h.word, h.start, h.end) for h in hits] == [("吃水困难", 0, 4), ("饮水", 5, 7)]


@pytest.mark.parametrize("before", ["", "甲", "𠮷😀", "ABC", "\ud800", "\n"])
def test_offsets_point_into_the_text_as_given(index, before):
    text = f"{before}小区换5g水表"
    hits = index.find(text)
    assert [text[h.start : h.end].lower() for h in hits] == ["小区", "5g水表"]
    assert [h.word for h in hits] == ["小区", "5g水表"]


def test_hits_come_from_left_to_right(index):
    starts = [h.start for h in index.find("饮水小区吃水农村供水")]
    assert starts == sorted(starts)
    assert index.find("") == []


def scores(index, *pairs):
    return index.scan([Text(title, body) for title, body in pairs]).scores


def test_scores_by_hand(index):
    found = scores(index, ("农村供水", ""), ("", "农村供水"), ("小区", "小区"), ("无关", ""))
    assert found.shape == (4, 4)
    assert found[0].tolist() == pytest.approx([np.log1p(3 / 3), 0, 0, 0])
    assert found[1, 0] == pytest.approx(np.log1p(0.35))
    assert found[2, 2] == pytest.approx(np.log1p(1 / 3))
    assert not found[3].any()


def test_title_counts_more_than_body_and_a_repeated_word_once(index):
    pairs = ("小区", "别的"), ("别的", "小区"), ("小区", "小区小区"), ("小区小区", "")
    title, body, both, twice = scores(index, *pairs)[:, 2]
    assert title > body > 0
    assert title == both == twice


def test_longer_words_count_more(index):
    long, short = scores(index, ("吃水困难", ""), ("小区", ""))[:, 2]
    assert long > short


def test_scan_keeps_the_hits_of_each_text_title_first(index):
    scan = index.scan([Text("小区", "饮水"), Text("无关"), Text("", "小区")])
    assert [[h.word for h in scan.hits(row)] for row in range(3)] == [
        ["小区", "饮水"],
        [],
        ["小区"],
    ]
    assert index.scan([]).scores.shape == (0, index.size)


PIECES = (
    "吃水",
    "困难",
    "农村",
    "供水",
    "饮水卫生",
    "小区",
    "5g水表",
    "İ",
    "A",
    "𠮷",
    "\0",
    "\ud800",
)
PARTS = st.lists(st.sampled_from((*PIECES, "，")), max_size=6).map("".join)
TEXTS = st.lists(st.builds(Text, PARTS, PARTS), max_size=8)
INDEX = DutyIndex(FUNCTIONS)


@settings(max_examples=100, deadline=None)
@given(texts=TEXTS)
def test_a_text_is_scored_the_same_in_any_company(texts):
    among = INDEX.scan(texts).scores
    alone = [INDEX.scan([text]).scores[0] for text in texts]
    assert among.tolist() == [scores.tolist() for scores in alone]


@settings(max_examples=100, deadline=None)
@given(texts=TEXTS)
def test_hits_of_a_row_are_those_found_in_title_and_body(texts):
    scan = INDEX.scan(texts)
    for row, text in enumerate(texts):
        assert scan.hits(row) == (*INDEX.find(text.title), *INDEX.find(text.body))


@settings(max_examples=100, deadline=None)
@given(texts=TEXTS, functions=st.lists(st.integers(0, INDEX.size - 1)))
def test_hits_of_some_functions_are_among_all(texts, functions):
    scan = INDEX.scan(texts)
    for row in range(len(texts)):
        own = [hit for hit in scan.hits(row) if hit.function in functions]
        assert scan.hits_of(row, functions) == own


def test_strongest_is_the_longest_then_the_first(index):
    hits = index.find("饮水、吃水和饮水卫生、饮水卫生")
    best = strongest(hits, 1)
    assert (best.word, best.start) == ("饮水卫生", 6)
    assert strongest(index.find("饮水吃水"), 1).word == "饮水"
    assert strongest(hits, 3) is None


def test_functions_without_any_duty():
    index = DutyIndex((FUNCTIONS[3],))
    assert index.find("吃水困难") == []
    assert scores(index, ("吃水", "")).tolist() == [[0.0]]
