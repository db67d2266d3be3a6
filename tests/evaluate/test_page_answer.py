"""May it route alone: each answer by hand, and intervals that don't flatter few rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_samples import OPTIONS, Skill, answered

from nlp.evaluate.bootstrap import Estimate
from nlp.evaluate.decision import DecisionScores
from nlp.evaluate.page.answer import answer, kept
from nlp.evaluate.run import examine


@pytest.fixture(scope="module")
def examined():
    return examine(answered("甲@1", Skill(88, 90)), OPTIONS)


def decided(examined, rows, right, *, of=1000, abstained=0, threshold=0.6, drawn=None):
    """The same model with other decisions: `right` of `rows` routed alone, of `of`."""
    share = right / rows if rows else None
    review = (of - rows - abstained) / of
    scores = DecisionScores(
        of, 0, 0.95, threshold, rows / of, review, abstained / of, rows, share, 0.1
    )
    drawn = drawn or (Estimate(share, share, share) if rows else None)
    intervals = {"decision.precision": drawn} if drawn else {}
    return replace(
        examined, evaluation=replace(examined.evaluation, decision=scores, intervals=intervals)
    )


def test_good_enough(examined):
    found = answer(decided(examined, 400, 396, drawn=Estimate(0.99, 0.98, 1.0)))
    assert (found.grading, found.headline) == ("good", "够好：把握大的件可以自动分办")
    assert "要求准确率 95% 时，每 100 件里约 40 件可以不看就分出去" in found.sentences[0]
    assert "每 100 件里约 99 件主办单位是对的（95% 区间 97–100）" in found.sentences[0]


def test_all_right_but_too_few_to_tell(examined):
    found = answer(decided(examined, 30, 30))
    assert found.grading == "open"
    assert "件数不够多" in found.headline
    assert "99" not in found.sentences[0].partition("95% 区间")[2]
    assert answer(decided(examined, 73, 73)).grading == "good"


def test_below_what_was_asked(examined):
    found = answer(decided(examined, 400, 320))
    assert (found.grading, found.headline) == ("bad", "不够好：不要自动分办")
    assert "整个区间都低于要求的 95%" in found.sentences[1]


def test_a_little_below_may_be_chance(examined):
    found = answer(decided(examined, 50, 47))
    assert found.grading == "open"
    assert "看上去低于要求的 95%" in found.sentences[1]


def test_nothing_is_routed_alone(examined):
    never = answer(decided(examined, 0, 0, threshold=None))
    assert never.grading == "bad"
    assert "留出的件就没有达到过" in never.sentences[0]
    here = answer(decided(examined, 0, 0))
    assert "没有一件的把握够大" in here.sentences[0]
    assert [part.kind for part in here.parts] == ["review"]


def test_no_gold_to_decide_by(examined):
    found = answer(
        replace(examined, evaluation=replace(examined.evaluation, decision=None)),
    )
    assert (found.grading, found.parts) == ("open", ())
    topics = replace(examined.given, functions=())
    bare = replace(examined, given=topics, evaluation=replace(examined.evaluation, decision=None))
    assert "主题" in answer(bare).sentences[0]


@given(st.integers(1, 500), st.integers(0, 500), st.integers(0, 100), st.integers(0, 100))
def test_the_picture_holds_every_row_once(examined, rows, right, more, abstained):
    of = rows + more + abstained
    found = answer(decided(examined, rows, min(right, rows), of=of, abstained=abstained))
    counts = {part.kind: part.rows for part in found.parts}
    assert sum(counts.values()) == of
    assert counts.get("right", 0) == min(right, rows)
    assert counts.get("abstain", 0) == abstained
    end = 0.0
    for part in found.parts:
        assert part.start == pytest.approx(end, abs=0.02)
        end = part.start + part.width
    assert end == pytest.approx(100, abs=0.02)


@given(st.integers(1, 300), st.integers(0, 300), st.floats(0, 1), st.floats(0, 1))
def test_the_interval_is_the_wider_one(rows, right, low, high):
    right = min(right, rows)
    scores = DecisionScores(rows, 0, 0.95, 0.6, 1.0, 0.0, 0.0, rows, right / rows, 0.1)
    alone = kept(scores, None)
    assert 0 <= alone.low <= right / rows + 1e-12
    assert right / rows <= alone.high + 1e-12 <= 1 + 2e-12
    both = kept(scores, Estimate(right / rows, low, high))
    assert both.low == min(low, alone.low)
    assert both.high == max(high, alone.high)


def test_without_auto_rows_there_is_no_interval(examined):
    with pytest.raises(ValueError):
        kept(decided(examined, 0, 0).evaluation.decision, None)
