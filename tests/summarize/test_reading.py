"""What is read of a reply points back to the reply as given, whatever had to be repaired."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.summarize.features import NAMES
from nlp.summarize.reading import LONGEST, all_words, cut, owners, read_reply
from nlp.text.spans import Span
from nlp.types import Reply


def read(text, title=""):
    return read_reply(Reply("1", text, title))


def clause_with(reading, word):
    return next(c.span for c in reading.clauses if word in c.span.of(reading.text))


def test_a_clean_reply_is_read_as_it_stands():
    text = "您好！来信收悉。经查，北街路灯已于3月2日修复，共更换12盏。感谢支持！"
    reading = read(text, "北街路灯不亮")
    assert reading.text == text
    assert reading.words == ["经查，", "北街路灯已于3月2日修复，", "共更换12盏。"]
    assert [figure.text for figure in reading.figures] == ["3月2日", "12盏"]
    assert reading.rows.shape == (3, len(NAMES))
    assert reading.rows.dtype == np.float32
    overlap = reading.rows[:, NAMES.index("title_overlap")]
    assert overlap[1] > overlap[2] == 0
    span = clause_with(reading, "更换")
    assert reading.given(span) == span
    assert reading.verbatim(span) == "共更换12盏。"


@pytest.mark.parametrize(
    ("text", "word", "clause", "given_text", "verbatim"),
    [
        (  # hard-wrapped lines
            "经查，北街路灯已于3月2日修\n复，共更换灯具12盏，另有8盏路灯\n将于本月内完成更换工作。\n"
            "请您继续监督我们各项工作。",
            "修复",
            "北街路灯已于3月2日修复，",
            "北街路灯已于3月2日修\n复，",
            "北街路灯已于3月2日修复，",
        ),
        (  # full-width digits and half-width marks, nothing moves
            "经查,共更换灯具１２盏,用电缆４０米.",
            "灯具",
            "共更换灯具12盏，",
            "共更换灯具１２盏,",
            "共更换灯具１２盏,",
        ),
        (  # full-width digits and blanks between characters
            "经查,共更 换 灯 具１２盏,用电缆４０米.",
            "灯具",
            "共更换灯具12盏，",
            "共更 换 灯 具１２盏,",
            "共更换灯具１２盏,",
        ),
        (  # a page number within a sentence
            "经查，北街路灯线路老化严重，我局已筹措资金用于更换沿街各处的\n- 2 -\n"
            "灯具12盏，现已全部点亮。",
            "灯具",
            "我局已筹措资金用于更换沿街各处的灯具12盏，",
            "我局已筹措资金用于更换沿街各处的\n- 2 -\n灯具12盏，",
            "我局已筹措资金用于更换沿街各处的灯具12盏，",
        ),
        (  # entities and tags
            "<p>经查，更换&nbsp;<b>灯具</b>&#49;2盏，均已点亮。</p>",
            "灯具",
            "更换灯具12盏，",
            "更换&nbsp;<b>灯具</b>&#49;2盏，",
            "更换灯具12盏，",
        ),
    ],
)
def test_the_way_back(text, word, clause, given_text, verbatim):
    reading = read(text)
    span = clause_with(reading, word)
    assert span.of(reading.text) == clause
    assert reading.given(span).of(text) == given_text
    assert reading.verbatim(span) == verbatim


def test_figures_are_found_across_repairs():
    text = "已投资１ ２００万元，修路３\n公里。"
    reading = read(text)
    assert [(figure.value, figure.unit) for figure in reading.figures][-1] == (3, "公里")
    last = reading.figures[-1].span
    assert reading.given(last).of(text) == "３\n公里"
    assert reading.verbatim(last) == "３公里"


def test_only_so_much_is_read():
    unit = "经查，该处井盖已更换1套，费用320元。"
    text = unit * (200_000 // len(unit)) + "全部工程已于5月验收。"
    reading = read(text)
    assert reading.reply.text == text
    assert len(reading.text) == LONGEST
    assert reading.clauses[-1].span.end == LONGEST
    assert "验收" not in reading.text
    exact = "井盖已换，" * (LONGEST // 5)
    assert read(exact).text == exact


def test_nothing_to_read():
    for text in ("", " \n", "<br>", "　"):
        reading = read(text)
        assert reading.clauses == []
        assert reading.words == []
        assert reading.rows.shape == (0, len(NAMES))


def test_clauses_of_many_replies_are_told_apart():
    readings = [read("路已修，桥已架。"), read(""), read("灯已亮。")]
    assert owners(readings).tolist() == [0, 0, 2]
    assert all_words(readings) == ["路已修，", "桥已架。", "灯已亮。"]
    values = cut(np.array([1, 2, 3], np.float32), readings)
    assert [each.tolist() for each in values] == [[1, 2], [], [3]]
    rows = cut(np.eye(3, dtype=np.float32), readings)
    assert [each.shape for each in rows] == [(2, 3), (0, 3), (1, 3)]
    assert owners([]).tolist() == all_words([]) == []


PIECES = [
    *"甲乙丙路灯已修的，。；！？,.;:!?（）“”１２３ＡＢ%％ \n\r\t\u3000\u200b\xa0\ufeff",
    *("&nbsp;", "&#49;", "&lt;", "&amp;", "<p>", "</p>", "<br>", "**", "# ", "\n- 3 -\n"),
    *(
        "\n第 2 页 共 5 页\n",
        "3月2日",
        "１２公里",
        "一是",
        "您好！",
        "现答复如下：",
        "联系人：王工",
    ),
    "北街路灯已于三月修复完成并且逐盏登记造册安排专人负责\n",
]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.data())
def test_stretches_lie_in_order_within_the_reply_and_quote_it(text, data):
    reading = read(text)
    spans = [clause.span for clause in reading.clauses] + [f.span for f in reading.figures]
    size = len(reading.text)
    start = data.draw(st.integers(0, size))
    for span in (*spans, Span(start, data.draw(st.integers(start, size)))):
        given_span, quoted = reading.given(span), reading.verbatim(span)
        assert 0 <= given_span.start <= given_span.end <= len(text)
        assert len(quoted) == len(span)
        if "&" not in text and "<" not in text and "\r\n" not in text:
            left = iter(given_span.of(text))
            assert all(char in left for char in quoted), (quoted, given_span.of(text))
    ends = [edge for c in reading.clauses for edge in _edges(reading.given(c.span))]
    assert ends == sorted(ends)


def _edges(span):
    return span.start, span.end
