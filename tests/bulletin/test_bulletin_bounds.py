"""What keeps reading linear gives the same answers as the plain way; all texts invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.bulletin.bounds import LONGEST_LINE, MOST_CHARACTERS, bounded_lines
from nlp.bulletin.cases import told_cases
from nlp.bulletin.countforms import VERB
from nlp.bulletin.document import clean_report
from nlp.bulletin.read import read_source
from nlp.bulletin.sections import sections, within
from nlp.bulletin.steps import last_verb
from nlp.bulletin.stretches import Stretches
from nlp.bulletin.types import Span
from nlp.errors import InputError

HEAD = "云汐县人民政府关于政协提案办理情况的通报\n今年共承办提案120件。\n"
WORDS = st.lists(st.sampled_from("提案 立案 收到 办结 不予立案 交办 ， 经济类 县水利局 的".split()))
HEADS = st.lists(
    st.sampled_from(
        ["一、基本情况", "（一）工业类", "1.桥梁", "——围绕民生", "经济方面。", "提案" * 40, "文字"]
    ),
    max_size=25,
)


def test_more_text_than_any_report_has_is_refused():
    with pytest.raises(InputError, match="超过一份报告的上限") as refused:
        clean_report("提案" * (MOST_CHARACTERS // 2 + 1))
    assert refused.value.hint


@given(st.text(alphabet="提案，。；、\n", max_size=40), st.integers(1, 120))
@settings(max_examples=60, deadline=None)
def test_long_lines_are_broken_and_nothing_is_lost(piece, times):
    text = piece * times
    bounded = bounded_lines(text)
    assert bounded.replace("\n", "") == text.replace("\n", "")
    assert max(map(len, bounded.split("\n"))) <= LONGEST_LINE


def test_a_gap_before_a_long_run_of_digits_is_looked_at_once():
    digits = "1" * 100_000  # trying every split of them would take minutes
    assert clean_report(f"1 {digits}\n2 9件，34. 8%，3 .5%").text.endswith("29件，34.8%，3.5%")


def test_a_long_line_breaks_behind_its_strongest_mark():
    line = "提案" * 400 + "。" + "建议，" * 300
    first, *_ = bounded_lines(line).split("\n")
    assert first == "提案" * 400 + "。"


def test_figures_behind_the_break_of_a_long_line_are_read():
    line = "各单位认真办理，" * 400 + "办复率100%，满意率98.5%。"
    rates = read_source(clean_report(HEAD + line)).stats["rates"]
    assert rates == {"replied": 100, "satisfied": 98.5}


@given(HEADS)
@settings(deadline=None)
def test_sections_around_a_position_are_those_that_span_it(lines):
    text = "\n".join(lines)
    found = sections(text)
    for at in range(0, len(text), 7):
        assert within(found, at) == [s for s in found if s.span.start <= at < s.span.end]


@given(HEADS)
@settings(deadline=None)
def test_a_section_ends_at_the_next_of_its_level_or_above(lines):
    text = "\n".join(lines)
    found = sections(text)
    for at, section in enumerate(found):
        later = [s.span.start for s in found[at + 1 :] if s.level <= section.level]
        line_end = text.find("\n", section.span.start)
        line_end = len(text) if line_end < 0 else line_end
        assert section.span.end in (later[0] if later else len(text), line_end)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9))), st.integers(0, 70))
def test_stretches_cover_what_any_of_them_covers(pairs, at):
    spans = [Span(start, start + size) for start, size in pairs]
    met = any(span.start <= at < span.end for span in spans)
    assert (Stretches(spans).meeting(Span(at, at + 1)) is not None) == met


@given(WORDS)
def test_the_last_verb_is_the_last_of_all(words):
    text = "".join(words)
    found = [match.lastgroup for match in VERB.finditer(text)]
    assert last_verb(text) == (found[-1] if found else "")


def test_a_long_row_of_titles_is_told_of_in_groups():
    text = "《关于修桥的提案》" * 100 + "由县交通局办理。"
    told = told_cases(text, sections(text))
    assert len(told) == 100
    assert max(len(each.reply) for each in told) < 20 * len("《关于修桥的提案》")
    assert told[-1].reply.of(text) == "由县交通局办理。"


@pytest.mark.parametrize(
    "unit", ["关于整修桥梁的建议、", "共收到提案12件，", "满意率98%，（一）\n"]
)
def test_what_is_said_a_thousand_times_is_read_as_once(unit):
    once = read_source(clean_report(HEAD + unit + "完。"))
    often = read_source(clean_report(HEAD + unit * 3000 + "完。"))
    assert often.stats == once.stats
    assert {case.title for case in often.cases} == {case.title for case in once.cases}
