"""Figures for rows that count several times: what scikit-learn says, and rows repeated."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, f1_score

from nlp.evaluate.bootstrap import Sample
from nlp.evaluate.measures import CalibrationError, MacroF1, RiskArea, macro_f1_of
from nlp.evaluate.metrics import calibration_error, macro_f1, multilabel, risk_coverage

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 14)


class Rows:
    """Random answers to some rows, and how often each row counts."""

    def __init__(self, seed: int, size: int) -> None:
        random = np.random.default_rng(seed)
        self.gold, self.said = random.integers(0, 4, (2, size))
        self.right = self.gold == self.said
        self.gold_table, self.said_table = random.random((2, size, 3)) < 0.4
        self.confidence = random.integers(0, 6, size) / 5  # with runs of equal confidence
        self.counted = random.random(size) < 0.8
        self.weights = random.integers(0, 4, size)

    def measures(self):
        return {
            "accuracy": Sample((self.right & self.counted).astype(float), self.counted * 1.0),
            "macro": macro_f1_of(self.gold, self.said, self.counted),
            "sets": MacroF1(self.gold_table, self.said_table),
            "ece": CalibrationError(self.confidence, self.right, self.counted),
            "aurc": RiskArea(self.confidence, self.right, self.counted),
        }

    def repeated(self) -> Rows:
        """Return rows that stand as often as this one's weights say."""
        other = object.__new__(Rows)
        for name, values in vars(self).items():
            setattr(other, name, np.repeat(values, self.weights, axis=0))
        return other


def value(measure, weights) -> float:
    (found,) = measure(np.asarray(weights, float)[None])
    return float(found)


@settings(deadline=None)
@given(seeds, sizes)
def test_weights_are_rows_repeated(seed, size):
    rows = Rows(seed, size)
    repeated = rows.repeated()
    for name, measure in rows.measures().items():
        same = repeated.measures()[name]
        expected = value(same, np.ones(len(repeated.gold)))
        assert value(measure, rows.weights) == pytest.approx(expected, nan_ok=True), name


@settings(deadline=None)
@given(seeds, sizes)
def test_lines_of_weights_are_measured_one_by_one(seed, size):
    rows = Rows(seed, size)
    draws = np.random.default_rng(seed).integers(0, 3, (4, size)).astype(float)
    for name, measure in rows.measures().items():
        each = [value(measure, line) for line in draws]
        np.testing.assert_allclose(measure(draws), each, err_msg=name)


@settings(deadline=None)
@given(seeds, sizes)
def test_with_every_row_once_they_are_the_metrics(seed, size):
    rows = Rows(seed, size)
    rows.counted[0] = True
    own, ones = rows.counted, np.ones(size)
    found = {name: value(measure, ones) for name, measure in rows.measures().items()}
    assert found["macro"] == pytest.approx(macro_f1(rows.gold[own], rows.said[own]))
    confidence, right = rows.confidence[own], rows.right[own]
    assert found["ece"] == pytest.approx(calibration_error(confidence, right))
    assert found["aurc"] == pytest.approx(risk_coverage(confidence, right, 0.5).aurc)
    if rows.gold_table.any():
        sets = multilabel(rows.gold_table, rows.said_table, "abc")
        assert found["sets"] == pytest.approx(sets.macro.f1)


@settings(deadline=None)
@given(seeds, sizes)
def test_scikit_learn_says_the_same_of_weighted_rows(seed, size):
    rows = Rows(seed, size)
    rows.weights[0], rows.counted[:] = 1, True
    weights, drawn = rows.weights, rows.weights > 0
    found = {name: value(measure, weights) for name, measure in rows.measures().items()}
    accuracy = accuracy_score(rows.gold, rows.said, sample_weight=weights)
    assert found["accuracy"] == pytest.approx(accuracy)
    macro = f1_score(
        rows.gold,
        rows.said,
        labels=np.unique(rows.gold[drawn]),
        average="macro",
        sample_weight=weights,
        zero_division=0,
    )
    assert found["macro"] == pytest.approx(macro)
    gold, said = rows.gold_table, rows.said_table
    present = np.flatnonzero(gold[drawn].any(axis=0))
    if len(present):
        sets = f1_score(
            gold, said, labels=present, average="macro", sample_weight=weights, zero_division=0
        )
        assert found["sets"] == pytest.approx(sets)
    hits, both = 2.0 * (gold & said).sum(axis=1), (gold.sum(axis=1) + said.sum(axis=1)) * 1.0
    if (weights * both).sum():
        micro = f1_score(gold, said, average="micro", sample_weight=weights, zero_division=0)
        assert value(Sample(hits, both), weights) == pytest.approx(micro)


@settings(deadline=None)
@given(seeds, sizes)
def test_calibration_by_its_definition(seed, size):
    random = np.random.default_rng(seed)
    confidence, right = random.random(size), random.random(size) < 0.6
    expected = 0.0
    for low in range(15):
        inside = [i for i in range(size) if low / 15 <= confidence[i] < (low + 1) / 15]
        if inside:
            gap = np.mean([confidence[i] for i in inside]) - np.mean([right[i] for i in inside])
            expected += len(inside) / size * abs(gap)
    measure = CalibrationError(confidence, right, np.ones(size, bool))
    assert value(measure, np.ones(size)) == pytest.approx(expected)


@settings(deadline=None)
@given(seeds, sizes)
def test_the_risk_area_by_its_definition(seed, size):
    """The mean over n of the errors among the n surest, over all orders of equal ones."""
    random = np.random.default_rng(seed)
    confidence, right = random.permutation(size) / size, random.random(size) < 0.6
    wrong = (~right)[np.argsort(-confidence)]
    expected = np.mean([wrong[:n].mean() for n in range(1, size + 1)])
    measure = RiskArea(confidence, right, np.ones(size, bool))
    assert value(measure, np.ones(size)) == pytest.approx(expected)


@settings(deadline=None)
@given(seeds, sizes)
def test_the_order_of_rows_means_nothing(seed, size):
    rows = Rows(seed, size)
    mixed = np.random.default_rng(seed).permutation(size)
    other = object.__new__(Rows)
    for name, values in vars(rows).items():
        setattr(other, name, values[mixed])
    for name, measure in rows.measures().items():
        expected = value(measure, rows.weights)
        found = value(other.measures()[name], other.weights)
        assert found == pytest.approx(expected, nan_ok=True), name


def test_rows_that_do_not_count_leave_nothing_to_measure():
    nothing = np.zeros(3, bool)
    for measure in (
        CalibrationError(np.ones(3), nothing, nothing),
        RiskArea(np.ones(3), nothing, nothing),
        macro_f1_of(np.zeros(3, np.int64), np.zeros(3, np.int64), nothing),
    ):
        assert np.isnan(value(measure, np.ones(3)))
    assert np.isnan(value(RiskArea(np.ones(3), nothing, ~nothing), np.zeros(3)))
