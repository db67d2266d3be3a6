from __future__ import annotations

from dataclasses import replace

import pytest
from reply_samples import DIGESTS, ROWS

from nlp.corpus.replies import Fact, ReplyRow
from nlp.evaluate.replies.faithful import ClaimReader, known_units
from nlp.evaluate.replies.texts import Tally, Violation, grade, score_texts


@pytest.fixture(scope="module")
def reader():
    return ClaimReader(known_units())


@pytest.fixture(scope="module")
def scores(reader):
    grades = [grade(row, DIGESTS[row.id].summary, reader) for row in ROWS]
    return score_texts("toy", "本模型", grades, 120, range(len(grades)))


def test_a_fact_needs_all_its_strings(reader):
    row = ReplyRow("x", "", "甲", facts=(Fact("两样", ("620 个", "1200万元")), Fact("无", ())))
    kept = grade(row, "６２０个，1200 万元", reader)
    assert (kept.facts, kept.kept, kept.missed) == (1, 1, ())
    lost = grade(row, "620个", reader)
    assert (lost.kept, lost.missed) == (0, row.facts[:1])


def test_facts_are_micro_over_labelled_rows(scores):
    assert (scores.rows, scores.fact_rows, scores.facts) == (5, 2, 4)
    assert scores.fact_recall.value == 0.5
    assert (scores.fact_recall.low, scores.fact_recall.high) == (0.0, 1.0)


def test_rouge_is_the_mean_over_rows_with_a_reference(scores, reader):
    assert scores.rouge_rows == 2
    one, other = (grade(row, DIGESTS[row.id].summary, reader).rouge for row in ROWS[:2])
    assert one.lcs == 1.0
    assert scores.rouge_l.value == pytest.approx((1 + other.lcs) / 2)
    assert scores.rouge_2 == pytest.approx((1 + other.two) / 2)


def test_lengths(scores):
    lengths = [len(DIGESTS[row.id].summary) for row in ROWS]
    assert scores.empty == 1
    assert scores.chars == pytest.approx(sum(lengths) / 5)
    assert scores.over_budget == 0.2
    assert scores.compression == pytest.approx(
        sum(lengths) / sum(len("".join(row.reply.split())) for row in ROWS)
    )


def test_faithfulness_lists_what_is_invented(scores):
    found = scores.faithfulness
    assert found.violations == (Violation("b", "figure", "4公里"),)
    assert found.figure == Tally(said=6, found=5)
    assert found.date == Tally(said=1, found=1)


def test_nothing_labelled(reader):
    row = replace(ROWS[4], facts=None)
    scores = score_texts("toy", "本模型", [grade(row, "好", reader)], 120, [0])
    assert (scores.fact_recall, scores.rouge_l, scores.rouge_1) == (None, None, None)
    assert scores.faithfulness.share is None
    with pytest.raises(ValueError, match="no rows"):
        score_texts("toy", "本模型", [], 120, [])
