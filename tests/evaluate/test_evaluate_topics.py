from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.evaluate.predict import predict
from nlp.evaluate.topics import score_topics


@pytest.fixture
def scores(toy):
    return score_topics(toy.router.topics.labels, predict(toy.router, toy.rows, toy.directory))


def test_primary_topics(scores):
    assert (scores.rows, scores.skipped) == (4, 1)
    assert scores.accuracy == 0.5  # a and c; b says industry first, d's gold is unknown
    assert scores.unambiguous_rows == 3
    assert scores.unambiguous_accuracy == pytest.approx(2 / 3)
    assert (scores.ambiguous_rows, scores.ambiguous_accuracy) == (1, 0.0)
    assert scores.any_gold == 1.0


def test_accepted_topics(scores):
    # gold {l} {l,i} {e} {g,i}; accepted {l} {i,l} {e} {i,e}: 5 hits, 6 said, 6 wanted
    assert scores.micro_f1 == pytest.approx(10 / 12)
    # livelihood 1, industry 1, ecology 2/3, governance (unknown) 0
    assert scores.macro_f1 == pytest.approx((1 + 1 + 2 / 3 + 0) / 4)
    by_label = {s.label: s for s in scores.labels}
    assert (by_label["ecology"].precision, by_label["ecology"].recall) == (0.5, 1.0)
    assert (by_label["governance"].f1, by_label["governance"].support) == (0.0, 1)


def test_unknown_labels_are_named(scores):
    assert scores.unknown_labels == {"governance": 1}


def test_calibration(scores):
    # four bins of one row: 0.7 right, 0.5 wrong, 0.62 right, 0.55 wrong
    assert scores.ece == pytest.approx((0.3 + 0.5 + 0.38 + 0.55) / 4, abs=1e-6)


def test_no_ambiguous_row_gives_no_number(toy):
    found = predict(toy.router, toy.rows[:1], toy.directory)
    assert score_topics(toy.router.topics.labels, found).ambiguous_accuracy is None


@pytest.mark.parametrize("topics", [None, ()])
def test_rows_without_topics_are_not_scored(toy, topics):
    rows = [replace(row, topics=topics) for row in toy.rows]
    assert score_topics(toy.router.topics.labels, predict(toy.router, rows, toy.directory)) is None
