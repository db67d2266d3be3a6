"""Points of curves against the definitions, row by row."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.evaluate.metrics import calibration_error, risk_coverage
from nlp.evaluate.page.curves import reliability, risk_points, routed_risk
from nlp.evaluate.predict import Routed

ROWS = st.lists(
    st.tuples(st.integers(0, 20).map(lambda n: n / 20), st.booleans()), min_size=1, max_size=60
)


def arrays(rows):
    return np.array([r[0] for r in rows], float), np.array([r[1] for r in rows], bool)


def test_by_hand():
    found = risk_points(np.array([0.9, 0.5, 0.5, 0.2]), np.array([True, True, False, False]))
    assert [(p.coverage, p.confidence) for p in found] == [(0.25, 0.9), (0.75, 0.5), (1.0, 0.2)]
    assert [p.risk for p in found] == pytest.approx([0, 1 / 3, 1 / 2])


@given(ROWS)
def test_each_point_is_a_threshold(rows):
    confidence, right = arrays(rows)
    found = risk_points(confidence, right)
    assert len(found) == len(set(confidence))
    for point in found:
        passed = confidence >= point.confidence
        assert point.coverage == pytest.approx(passed.mean())
        assert point.risk == pytest.approx(1 - right[passed].mean())


@given(ROWS)
def test_the_mean_risk_is_the_area(rows):
    right = arrays(rows)[1]
    confidence = np.linspace(1, 0, len(right))
    found = risk_points(confidence, right)
    assert np.mean([p.risk for p in found]) == pytest.approx(
        risk_coverage(confidence, right, 0.5).aurc
    )


@given(st.integers(1, 2000), st.integers(2, 50))
def test_thinned_to_what_is_asked_without_the_ends(rows, most):
    random = np.random.default_rng(rows)
    confidence, right = random.random(rows), random.random(rows) < 0.7
    whole, thin = risk_points(confidence, right, rows), risk_points(confidence, right, most)
    assert len(thin) == min(rows, most)
    assert set(thin) <= set(whole)
    assert (thin[0], thin[-1]) == (whole[0], whole[-1])


@given(ROWS)
def test_bins_hold_every_row_and_give_the_calibration_error(rows):
    confidence, right = arrays(rows)
    bins = reliability(confidence, right)
    assert sum(each.rows for each in bins) == len(rows)
    gaps = sum(each.rows * abs(each.confidence - each.right) for each in bins) / len(rows)
    assert gaps == pytest.approx(calibration_error(confidence, right))
    assert [each.confidence for each in bins] == sorted(each.confidence for each in bins)


def test_unknown_texts_come_last_and_unlabelled_ones_not_at_all():
    routed = (Routed(0.4, True, True), Routed(0.9, False, False), Routed(0.8, True, None))
    assert [(p.coverage, p.risk) for p in routed_risk(routed)] == [(0.5, 0.0), (1.0, 0.5)]
    assert routed_risk(routed[2:]) == ()
    assert reliability(np.zeros(0), np.zeros(0, bool)) == ()
