from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reply_samples import PARKING, ROAD, RULE

from nlp.evaluate.replies.baselines import Lead, baselines, fill
from nlp.evaluate.replies.rouge import squeeze

PIECES = ["一，二二，三三三。", "四四。", "五五五五。"]


def test_whole_sentences_then_clauses():
    assert fill(PIECES, range(3), 16) == "".join(PIECES)[:16].rstrip("五")
    assert fill(PIECES, range(3), 9) == "一，二二，三三三。"
    assert fill(PIECES, range(3), 7) == "一，二二，"


def test_ranked_sentences_come_in_the_order_of_the_text():
    assert fill(PIECES, [2, 1, 0], 8) == "四四。五五五五。"
    assert fill(PIECES, [2, 0, 1], 8) == "一，五五五五。"


def test_only_a_first_clause_is_cut():
    assert fill(PIECES, [2], 3) == "五五五"
    assert fill(PIECES, [1, 2], 4) == "四四。"


def test_lines_do_not_run_into_each_other():
    assert fill(["共12", "5个单位。"], range(2), 20) == "共12；5个单位。"
    assert fill(["只有标题"], range(1), 20) == "只有标题"


@settings(deadline=None)
@given(st.lists(st.text("甲乙，。", min_size=1, max_size=12), max_size=6), st.integers(1, 30))
def test_never_longer_than_allowed(pieces, room):
    assert len(fill(pieces, range(len(pieces)), room)) <= room


def test_lead_begins_with_the_letterhead_and_lead_after_with_the_answer():
    first, after = Lead(), Lead(after_boilerplate=True)
    assert first.summarize([PARKING], 60)[0].startswith("清河县住房和城乡建设局")
    assert after.summarize([PARKING], 60)[0].startswith("2024年我局会同县交通局")


@pytest.mark.parametrize("system", baselines(), ids=lambda system: system.name)
def test_every_baseline(system):
    replies = [PARKING, ROAD, RULE, "", "。。", "好" * 500]
    found = system.summarize(replies, 50)
    assert len(found) == len(replies)
    assert all(len(text) <= 50 for text in found)
    assert found[3] == ""
    assert found[5] == "好" * 50
    for reply, text in zip(replies[:3], found, strict=False):
        source = squeeze(reply)
        assert all(piece in source for piece in re.split("[，。；：]", text))
    assert found == system.summarize(replies, 50)


def test_names_are_stable():
    names = [system.name for system in baselines()]
    assert names == ["lead", "lead_after_boilerplate", "textrank", "lexrank"]
