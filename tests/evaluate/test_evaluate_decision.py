from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.evaluate.decision import score_decision
from nlp.evaluate.predict import predict


def decide(router, toy, precision=0.95, rows=None):
    found = predict(router, rows or toy.rows, toy.directory)
    return score_decision(router.curve, found, precision)


def test_decisions_on_units(toy):
    scores = decide(toy.router, toy)
    assert (scores.rows, scores.skipped, scores.threshold) == (4, 1, 0.6)
    assert (scores.auto, scores.review, scores.abstain) == (0.5, 0.5, 0.0)
    assert (scores.auto_rows, scores.precision) == (2, 0.5)  # a is right, d is not
    # surest first: d wrong, a right, b right, c wrong
    assert scores.aurc == pytest.approx((1 + 1 / 2 + 1 / 3 + 2 / 4) / 4)


def test_texts_unlike_proposals_are_abstained_from_and_come_last(toy):
    scores = decide(toy.wary, toy)
    assert (scores.auto, scores.review, scores.abstain) == (0.25, 0.5, 0.25)
    assert scores.precision == 1.0
    assert scores.aurc == pytest.approx((0 + 0 + 1 / 3 + 2 / 4) / 4)


def test_a_precision_out_of_reach_leaves_everything_to_people(toy):
    scores = decide(toy.router, toy, precision=0.999)
    assert (scores.threshold, scores.auto, scores.precision) == (None, 0.0, None)
    assert scores.review == 1.0


def test_a_unit_is_right_whichever_of_its_functions_was_meant(toy):
    # 县卫体局 holds health and sports, but the model has no function sports
    rows = [replace(toy.rows[2], lead="health")]
    assert decide(toy.router, toy, rows=rows).aurc == 0.0
    rows = [replace(toy.rows[2], lead="sports")]
    assert decide(toy.router, toy, rows=rows).aurc == 1.0


def test_models_without_units_decide_on_topics(toy):
    scores = decide(toy.topics_only, toy)
    # 0.7 right, 0.62 right, 0.55 wrong, 0.5 wrong
    assert (scores.auto, scores.precision) == (0.5, 1.0)
    assert scores.aurc == pytest.approx((0 + 0 + 1 / 3 + 2 / 4) / 4)


def test_without_gold_there_is_nothing_to_say(toy):
    assert decide(toy.router, toy, rows=toy.rows[4:]) is None
