from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import (
    f1_score,
    ndcg_score,
    precision_recall_fscore_support,
    top_k_accuracy_score,
)

from nlp.evaluate import metrics
from nlp.evaluate.metrics import macro_f1, multilabel, ndcg, risk_coverage, share, top_k
from nlp.heads import calibrate

seeds = st.integers(0, 2**32 - 1)


def tables(rows: int, labels: int):
    return arrays(bool, (rows, labels))


@st.composite
def pairs(draw):
    rows, labels = draw(st.integers(1, 12)), draw(st.integers(1, 5))
    return draw(tables(rows, labels)), draw(tables(rows, labels))


@settings(deadline=None)
@given(pairs())
def test_multilabel_is_what_scikit_learn_says(pair):
    gold, said = pair
    names = [f"l{i}" for i in range(gold.shape[1])]
    found = multilabel(gold, said, names)
    present = np.flatnonzero(gold.any(axis=0))
    one_column = {"labels": [1]} if gold.shape[1] == 1 else {}
    each = precision_recall_fscore_support(
        gold, said, average=None, zero_division=0, labels=one_column.get("labels")
    )
    ours = np.array([(s.precision, s.recall, s.f1, s.support) for s in found.labels]).T
    np.testing.assert_allclose(ours, np.array(each, float))
    if gold.shape[1] == 1:
        return
    micro = precision_recall_fscore_support(gold, said, average="micro", zero_division=0)[:3]
    assert (found.micro.precision, found.micro.recall, found.micro.f1) == pytest.approx(micro)
    if len(present):
        macro = precision_recall_fscore_support(
            gold, said, average="macro", zero_division=0, labels=present
        )[:3]
        assert (found.macro.precision, found.macro.recall, found.macro.f1) == pytest.approx(macro)


def test_multilabel_by_hand():
    gold = np.array([[1, 0, 0], [1, 1, 0]], bool)
    said = np.array([[1, 1, 0], [0, 1, 1]], bool)
    found = multilabel(gold, said, ("a", "b", "c"))
    assert [(s.label, s.precision, s.recall, s.support) for s in found.labels] == [
        ("a", 1.0, 0.5, 2),
        ("b", 0.5, 1.0, 1),
        ("c", 0.0, 0.0, 0),
    ]
    assert found.micro.precision == 0.5
    assert found.micro.recall == pytest.approx(2 / 3)
    assert found.macro.f1 == pytest.approx(2 / 3)  # c is not in gold and doesn't count


def test_multilabel_refuses_tables_that_do_not_fit():
    with pytest.raises(ValueError, match="labels"):
        multilabel(np.zeros((2, 3), bool), np.zeros((2, 3), bool), ("a",))


def test_nothing_in_gold_gives_zeros():
    found = multilabel(np.zeros((2, 1), bool), np.ones((2, 1), bool), ("a",))
    assert (found.micro.f1, found.macro.f1) == (0.0, 0.0)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-2, 4), st.integers(0, 4)), min_size=1, max_size=20))
def test_macro_f1_is_scikit_learns_over_labels_of_gold(codes):
    gold, said = np.array(codes).T
    expected = f1_score(gold, said, average="macro", labels=np.unique(gold), zero_division=0)
    assert macro_f1(gold, said) == pytest.approx(expected)


@settings(deadline=None)
@given(seeds, st.integers(1, 4))
def test_top_k_is_scikit_learns(seed, k):
    random = np.random.default_rng(seed)
    gold, scores = random.integers(0, 5, 9), random.random((9, 5))
    expected = top_k_accuracy_score(gold, scores, k=k, labels=range(5))
    assert top_k(gold, scores, k).mean() == pytest.approx(expected)


def test_top_k_never_finds_a_label_without_a_column():
    scores = np.array([[0.9, 0.1], [0.1, 0.9]])
    assert top_k(np.array([-1, 1]), scores, 5).tolist() == [False, True]


def test_among_equal_scores_the_earlier_column_comes_first():
    assert top_k(np.array([0, 1]), np.full((2, 2), 0.5), 1).tolist() == [True, False]


@settings(deadline=None)
@given(seeds, st.integers(1, 7))
def test_ndcg_is_scikit_learns(seed, k):
    random = np.random.default_rng(seed)
    relevant, scores = random.random((8, 6)) < 0.3, random.random((8, 6))
    expected = ndcg_score(relevant.astype(int), scores, k=k, ignore_ties=True)
    assert ndcg(relevant, scores, k).mean() == pytest.approx(expected)


def test_ndcg_counts_what_could_not_be_reached():
    relevant, scores = np.array([[True, False]]), np.array([[0.9, 0.1]])
    assert ndcg(relevant, scores, 5).tolist() == [1.0]
    second = 1 / np.log2(3)
    assert ndcg(relevant, scores, 5, np.array([1])) == pytest.approx([1 / (1 + second)])
    assert ndcg(~relevant, scores, 5) == pytest.approx([second])


def test_risk_coverage_by_hand():
    confidence = np.array([0.9, 0.5, 0.7, 0.6])
    right = np.array([True, False, False, True])
    found = risk_coverage(confidence, right, 0.6)
    # surest first: right, wrong, right, wrong
    assert found.aurc == pytest.approx((0 + 1 / 2 + 1 / 3 + 2 / 4) / 4)
    assert found.coverage == 0.75
    assert found.precision == pytest.approx(2 / 3)
    assert risk_coverage(confidence, right, 1.01).precision is None


@settings(deadline=None)
@given(seeds)
def test_the_order_of_rows_does_not_change_the_risk(seed):
    random = np.random.default_rng(seed)
    confidence, right = random.integers(0, 4, 12) / 4, random.random(12) < 0.6
    mixed = random.permutation(12)
    first = risk_coverage(confidence, right, 0.5)
    second = risk_coverage(confidence[mixed], right[mixed], 0.5)
    assert first.aurc == pytest.approx(second.aurc)
    assert first.coverage == second.coverage


@settings(deadline=None)
@given(seeds)
def test_aurc_is_the_mean_over_all_orders_of_tied_rows(seed):
    random = np.random.default_rng(seed)
    right = random.random(6) < 0.5
    tied = risk_coverage(np.full(6, 0.5), right, 0.5).aurc
    assert tied == pytest.approx(float((~right).mean()))


def test_risk_needs_rows():
    with pytest.raises(ValueError, match="rows"):
        risk_coverage(np.zeros(0), np.zeros(0, bool), 0.5)


def test_share_of_nothing_is_unknown():
    assert share(np.zeros(0, bool)) is None
    assert share(np.array([True, False])) == 0.5


def test_calibration_error_is_the_one_that_training_uses():
    assert metrics.calibration_error is calibrate.calibration_error
