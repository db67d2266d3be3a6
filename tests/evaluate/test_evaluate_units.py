from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nlp.evaluate.folding import folding
from nlp.evaluate.predict import predict
from nlp.evaluate.units import score_co, score_lead
from nlp.taxonomy import folds


@pytest.fixture
def columns(toy):
    return folding(toy.router.function_keys, folds(toy.router.functions))


@pytest.fixture
def found(toy):
    return predict(toy.router, toy.rows, toy.directory)


def test_leads_after_folding(columns, found):
    scores = score_lead(columns, found)
    assert (scores.rows, scores.skipped) == (4, 1)
    # b: 0.25 + 0.25 of one unit beat 0.3; c: water stands second; d: court is unknown
    assert (scores.top1, scores.top3, scores.top5) == (0.5, 0.75, 0.75)
    assert scores.unknown_labels == {"court": 1}
    # education 1, industry_it 2/3 (d is wrongly given to it), water 0, court 0
    assert scores.macro_f1 == pytest.approx((1 + 2 / 3) / 4)
    # 0.62 right, 0.5 right, 0.45 wrong, 0.7 wrong
    assert scores.ece == pytest.approx((0.38 + 0.5 + 0.45 + 0.7) / 4, abs=1e-6)


def test_recall_of_each_function(columns, found):
    each = [
        (s.function, s.recall1, s.recall3, s.support) for s in score_lead(columns, found).functions
    ]
    assert each == [
        ("court", 0.0, 0.0, 1),
        ("education", 1.0, 1.0, 1),
        ("industry_it", 1.0, 1.0, 1),
        ("water", 0.0, 1.0, 1),
    ]


def test_several_unknown_leads_keep_their_names(toy, columns):
    rows = [replace(toy.rows[0], lead=lead) for lead in ("court", "tax", "tax", "education")]
    scores = score_lead(columns, predict(toy.router, rows, toy.directory))
    assert scores.unknown_labels == {"court": 1, "tax": 2}
    assert [(s.function, s.support) for s in scores.functions] == [
        ("tax", 2),
        ("court", 1),
        ("education", 1),
    ]


def test_co_handlers(columns, found):
    scores = score_co(columns, found, 0.5, empty_means_unknown=False)
    assert (scores.rows, scores.skipped, scores.skipped_empty) == (3, 2, 0)
    # said {health} {water} {water}; gold {health} {} {industry_it, court}
    assert scores.precision == pytest.approx(1 / 3)
    assert scores.recall == pytest.approx(1 / 3)
    assert scores.unknown_labels == {"court": 1}
    second = 1 / np.log2(3)
    assert scores.ndcg_rows == 2
    assert scores.ndcg5 == pytest.approx((1 + second / (1 + second)) / 2)


def test_an_empty_list_may_mean_that_the_source_says_nothing(columns, found):
    scores = score_co(columns, found, 0.5, empty_means_unknown=True)
    assert (scores.rows, scores.skipped, scores.skipped_empty) == (2, 2, 1)
    assert scores.precision == 0.5
    assert scores.f1 == pytest.approx(2 * (1 / 2) * (1 / 3) / (1 / 2 + 1 / 3))


def test_the_suggested_lead_is_no_co_handler(toy, columns):
    # b suggests industry_it to lead; joined, 1 - 0.7 * 0.7 = 0.51 would pass as co-handler
    row = replace(toy.rows[1], lead="education", co=("telecom",))
    scores = score_co(
        columns, predict(toy.router, [row], toy.directory), 0.5, empty_means_unknown=False
    )
    assert (scores.precision, scores.recall) == (0.0, 0.0)


def test_nothing_to_divide_by_is_no_zero(toy, columns):
    # gold says that nobody helps; b suggests water, unless the threshold is out of reach
    found = predict(toy.router, [replace(toy.rows[1], co=())], toy.directory)
    said = score_co(columns, found, 0.5, empty_means_unknown=False)
    silent = score_co(columns, found, 0.99, empty_means_unknown=False)
    assert (said.precision, said.recall, said.f1) == (0.0, None, 0.0)
    assert (silent.rows, silent.precision, silent.recall, silent.f1) == (1, None, None, None)


def test_folded_co_handlers_join(toy, columns):
    # a: health 0.8; at 0.15 also water 0.2 and industry_it 1 - 0.9 * 0.9 = 0.19
    row = replace(toy.rows[0], co=("telecom",))
    scores = score_co(
        columns, predict(toy.router, [row], toy.directory), 0.15, empty_means_unknown=False
    )
    assert (scores.precision, scores.recall) == (pytest.approx(1 / 3), 1.0)


def test_gold_that_repeats_its_lead_counts_once(toy, columns):
    row = replace(toy.rows[1], lead="telecom", co=("industry_it", "water"))
    scores = score_co(
        columns, predict(toy.router, [row], toy.directory), 0.5, empty_means_unknown=False
    )
    assert (scores.precision, scores.recall) == (1.0, 1.0)


def test_nothing_labelled_gives_nothing(toy, columns):
    found = predict(toy.router, toy.rows[4:], toy.directory)
    assert score_lead(columns, found) is None
    assert score_co(columns, found, 0.5, empty_means_unknown=False) is None
