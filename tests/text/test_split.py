"""Splitting loses nothing, and splits where a reader would."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.text.split import Span, clauses, points, sentences

RELAXED = settings(deadline=None, max_examples=250)
CHINESE = [
    *'我县加强建设第的了，。；：！？、（）“”‘’《》【】……\n\r \u3000,;:?!()."13.5',
    *(
        "一是",
        "二是",
        "一、",
        "二、",
        "（一）",
        "（二）",
        "1.",
        "2.",
        "1、",
        "(1)",
        "①",
        "②",
        "十一、",
    ),
    *(
        "首先，",
        "其次，",
        "最后",
        "一方面",
        "另一方面，",
        "此外",
        "第一，",
        "第二、",
        "说",
        "2023.11",
    ),
]
texts = st.one_of(
    st.text(max_size=80), st.lists(st.sampled_from(CHINESE), max_size=60).map("".join)
)


def cut(split, text, **options):
    return [span.of(text) for span in split(text, **options)]


@RELAXED
@given(texts)
def test_sentences_are_lossless(text):
    assert "".join(cut(sentences, text)) == text


@RELAXED
@given(texts, st.booleans())
def test_clauses_are_lossless_and_refine_sentences(text, commas):
    assert "".join(cut(clauses, text, commas=commas)) == text
    assert {s.end for s in sentences(text)} <= {c.end for c in clauses(text, commas=commas)}


@RELAXED
@given(texts)
def test_points_are_lossless(text):
    found = points(text)
    assert "".join(point.span.of(text) for point in found) == text
    assert all(point.span.of(text).startswith(point.marker) for point in found)
    levels = [point.level for point in found]
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    assert all(level > 0 for level in levels[1:])


@RELAXED
@given(texts)
def test_no_piece_is_empty_or_blank_beside_others(text):
    pieces = cut(sentences, text)
    assert all(pieces)
    assert len(pieces) < 2 or all(piece.strip() for piece in pieces[:-1])


def test_empty():
    assert sentences("") == clauses("") == points("") == []


def test_span():
    assert len(Span(2, 5)) == 3
    assert Span(1, 2).of("甲乙丙") == "乙"


@pytest.mark.parametrize(
    ("pieces"),
    [
        ["先排查。", "再整改！？", "后验收"],
        ["增长3.5%。", "截至2023.11，完成八成。"],
        ["他说：“已经修好。”", "我们去看了。"],
        ["“修好了！”老张说。", "大家鼓掌。"],
        ["《怎么办？》的提案收悉。", "谢谢。"],
        ["路灯坏了……请修。", "谢谢。"],
        ["标题\n", "正文。\n\n", "二段。"],
        ["（见附件。）", "此复。"],
        ["网址http://a.cn/?b=1可查。", "完"],
        ["效率不高.", "建议提速"],
        ["“一事一议。不走样。”是原则。", "好。"],
    ],
)
def test_sentences(pieces):
    assert cut(sentences, "".join(pieces)) == pieces


def test_clauses():
    text = "修路三条；架桥两座。\n“请进来；走出去”并行；共1,200人，已完成。"
    assert cut(clauses, text) == [
        *("修路三条；", "架桥两座。\n", "“请进来；走出去”并行；", "共1,200人，已完成。"),
    ]
    assert cut(clauses, text, commas=True)[-2:] == ["共1,200人，", "已完成。"]


def outline(text):
    return [(point.level, point.marker) for point in points(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "答复如下：一是修路；二是架桥，三是养护。",
            [(0, ""), (1, "一是"), (1, "二是"), (1, "三是")],
        ),
        (
            "一、现状\n（一）道路。1.窄\n2.旧\n（二）桥梁。\n二、建议",
            [(1, "一、"), (2, "（一）"), (3, "1."), (3, "2."), (2, "（二）"), (1, "二、")],
        ),
        ("1、甲。2、乙。(1)丙；(2)丁。", [(1, "1、"), (1, "2、"), (2, "(1)"), (2, "(2)")]),
        ("①甲；②乙", [(1, "①"), (1, "②")]),
        ("第一，甲。第二，乙。", [(1, "第一，"), (1, "第二，")]),
        ("首先，甲。其次，乙。最后，丙。", [(1, "首先，"), (1, "其次，"), (1, "最后，")]),
        (
            "一方面，甲。另一方面，乙。此外，丙。",
            [(1, "一方面，"), (1, "另一方面，"), (1, "此外，")],
        ),
        ("十、甲\n十一、乙", [(1, "十、"), (1, "十一、")]),
        ("一、一是甲；二是乙。", [(1, "一、"), (2, "一是"), (2, "二是")]),
    ],
)
def test_points(text, expected):
    assert outline(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "此外，请支持。",
        "最后感谢您。",
        "投资3.5亿元。",
        "第一中学门前。",
        "唯一是这样。",
        "首先感谢您。",
    ],
)
def test_prose_has_no_points(text):
    assert outline(text) == [(0, "")]


def test_a_point_reaches_to_the_next_marker():
    text = "如下：\n一、修路。资金已到位。\n二、架桥。"
    assert [point.span.of(text) for point in points(text)] == [
        *("如下：\n", "一、修路。资金已到位。\n", "二、架桥。"),
    ]
