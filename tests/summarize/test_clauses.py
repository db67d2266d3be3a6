"""The clauses cover each answer once; the measures are its leaf points."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.summarize.letter.clauses import clauses
from nlp.summarize.letter.measures import measures, timed_measures
from nlp.summarize.letter.reply import Letter, Part, parse_reply
from nlp.text.spans import Span
from nlp.text.split import sentences


def texts_of(text):
    return [clause.span.of(text) for clause in clauses(parse_reply(text))]


def measures_of(text):
    return [point.span.of(text).strip() for point in measures(parse_reply(text))]


def test_clauses_of_the_answer_only():
    text = "您好！来信收悉，现答复如下：\n一是修路，完成3公里；二是架桥。感谢支持！\n县交通局"
    assert texts_of(text) == ["一是修路，", "完成3公里；", "二是架桥。"]


def test_where_a_clause_stands():
    text = "路已修好，桥在建。\n一、排水\n（一）清淤，6月完成。\n二、绿化。"
    found = clauses(parse_reply(text))
    assert [(c.sentence, c.point, c.marker, c.level, c.first, c.last) for c in found] == [
        (0, 0, "", 0, True, False),
        (0, 0, "", 0, False, True),
        (1, 1, "一、", 1, True, True),
        (2, 2, "（一）", 2, True, False),
        (2, 2, "（一）", 2, False, True),
        (3, 3, "二、", 1, True, True),
    ]


def test_two_answers_in_a_cell_are_counted_on():
    text = (
        "网友：您好！一是清淤；二是护坡。2023年4月1日\n网友：您好！一是补栽，二是修剪。2023年3月9日"
    )
    found = clauses(parse_reply(text))
    assert [c.span.of(text).strip() for c in found] == [
        *("一是清淤；", "二是护坡。", "一是补栽，", "二是修剪。"),
    ]
    assert [c.point for c in found] == [0, 1, 2, 3]
    assert [c.sentence for c in found] == [0, 0, 1, 1]


@pytest.mark.parametrize(
    "text", ["您好！您的留言已转县水利局办理。", "您好！谢谢！", "2024年5月1日"]
)
def test_without_an_answer_something_is_still_offered(text):
    assert texts_of(text)


def test_a_note_counts_where_the_answer_tells_nothing():
    note = "您的留言已于3月8日转县水利局办理。"
    assert texts_of(f"您好！{note}我们始终心系群众。") == [note, "我们始终心系群众。"]
    assert texts_of(f"您好！{note}经查，水管已修好。") == ["经查，", "水管已修好。"]


def test_nothing_of_nothing():
    assert clauses(parse_reply("")) == clauses(parse_reply(" \n\n ")) == []
    assert measures(parse_reply("")) == []


def test_measures_are_leaves():
    text = (
        "答复如下：\n一、已做的工作\n（一）建站。新建雨量站8个。\n（二）清渠。清淤12公里。\n"
        "二、下一步打算\n将改造泵站3座。\n"
    )
    assert measures_of(text) == [
        *("（一）建站。新建雨量站8个。", "（二）清渠。清淤12公里。"),
        "二、下一步打算\n将改造泵站3座。",
    ]


def test_measures_go_on_behind_thanks_and_contacts():
    text = "一是建停车场1处。二是划线240个。感谢您的建议！\n联系人：王工\n三是开放机关车位60个。"
    assert measures_of(text) == [
        *("一是建停车场1处。", "二是划线240个。", "三是开放机关车位60个。"),
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("一是清淤；二是护坡；三是绿化。工程总投资80万元。", "三是绿化。"),
        ("一是清淤。二是护坡。三是绿化。下一步，我局将加强巡查。", "三是绿化。"),
        ("一是清淤。\n二是护坡。\n三是绿化。\n河道水质已达Ⅲ类。", "三是绿化。"),
        ("1.清淤。挖泥3万方。\n2.护坡。砌石2公里。", "2.护坡。砌石2公里。"),
    ],
)
def test_the_last_measure_ends_like_its_siblings(text, last):
    assert measures_of(text)[-1] == last


def test_another_list_begins_anew():
    text = "原因有二：一是管径小；二是坡度缓。我们采取三项措施：一是换管；二是加泵；三是清淤。"
    assert measures_of(text)[1] == "二是坡度缓。"
    assert len(measures_of(text)) == 5


def test_a_third_aspect_is_no_measure():
    text = "一方面，新建泵站1座。另一方面，更换水表900块。此外，在宣传方面也做了大量工作。"
    assert measures_of(text) == ["一方面，新建泵站1座。", "另一方面，更换水表900块。"]


@pytest.mark.parametrize(
    "text", ["3.5亿元已到位。", "1.8元/方为现行水价。", "一方面要修路。", "第一中学已扩建。"]
)
def test_prose_has_no_measures(text):
    assert measures_of(text) == []


def test_a_list_is_dated_by_what_introduces_it():
    text = "工作进展：\n1.编制方案。\n2.落实用地。\n下一步打算：\n1.组织招标。\n2.抓好施工。\n"
    assert [m.time for m in timed_measures(parse_reply(text))] == ["done", "done", "next", "next"]
    text = "一、下一步工作\n（一）完善制度。\n（二）加强巡查。"
    assert [m.time for m in timed_measures(parse_reply(text))] == ["next", "next"]


PIECES = [
    *'我县加强建设第的了，。；：！？、（）“”‘’《》【】……\n\r \u3000\x85,;?!()".:5',
    *("一是", "二是", "一、", "二、", "（一）", "1.", "2.", "①", "首先，", "其次，", "此外，"),
    *("您好！", "网友：", "答复如下：", "感谢您的支持。", "2023年5月1日", "抄送：", "经查，"),
    *("联系电话：0310-1234567", "（A类）", "提案收悉，", "县教育局", "已转交镇政府办理。"),
]
texts = st.lists(st.sampled_from(PIECES), max_size=50).map("".join)


@settings(deadline=None, max_examples=300)
@given(texts)
def test_clauses_are_ordered_and_cover_the_answer(text):
    letter = parse_reply(text)
    found = clauses(letter)
    covered = [False] * len(text)
    end = 0
    for clause in found:
        assert end <= clause.span.start < clause.span.end
        end = clause.span.end
        covered[clause.span.start : end] = [True] * len(clause.span)
    bodies = letter.spans("body")
    for body in bodies:
        assert all(covered[i] or text[i].isspace() for i in range(body.start, body.end))
    inside = bodies + letter.spans("forwarding") or (Span(0, len(text)),)
    for clause in found:
        assert any(s.start <= clause.span.start and clause.span.end <= s.end for s in inside)
    assert [c.sentence for c in found] == sorted(c.sentence for c in found)
    assert [c.point for c in found] == sorted(c.point for c in found)


@settings(deadline=None, max_examples=300)
@given(texts)
def test_sentences_of_clauses_are_the_sentences(text):
    found = clauses(Letter(text, (Part("body", Span(0, len(text))),) if text else ()))
    lead = len(text) - len(text.lstrip())
    assert [c.span.end for c in found if c.last] == [
        sentence.end + lead for sentence in sentences(text[lead:])
    ]
    assert [c.first for c in found] == [True, *(c.last for c in found)][: len(found)]


@settings(deadline=None, max_examples=300)
@given(texts)
def test_measures_lie_apart_within_the_answer(text):
    letter = parse_reply(text)
    end = 0
    for point in measures(letter):
        assert end <= point.span.start < point.span.end
        assert point.span.of(text).startswith(point.marker[:1])
        end = point.span.end
    assert len(timed_measures(letter)) == len(measures(letter))


@pytest.mark.parametrize(
    "unit",
    [
        "我局已修补道路3公里，安装路灯20盏；下一步将硬化便道。\n",
        *(
            "一是修路；二是架桥。",
            "您好！来信收悉。路已修好。感谢支持！",
            "（一）1.",
            "甲，",
            "\n ",
        ),
        *("“", "1.5", "2024年5月1日", "此外，"),
    ],
)
def test_long_letters_take_linear_time(unit):
    def seconds(size):
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.process_time()
        letter = parse_reply(text)
        clauses(letter)
        timed_measures(letter)
        return time.process_time() - start

    seconds(5_000)
    assert seconds(100_000) < 40 * max(seconds(10_000), 0.02)
