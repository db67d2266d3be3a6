"""Calibration: known temperatures are found again, thresholds of rare labels stay tame."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.heads.calibrate import (
    calibration_error,
    fit_multi_temperature,
    fit_temperature,
    label_thresholds,
    sigmoid,
    softmax,
)


@pytest.mark.parametrize("temperature", [0.4, 1.0, 3.0])
def test_softmax_temperature_is_recovered(temperature):
    random = np.random.default_rng(1)
    logits = random.normal(size=(20_000, 5)) * 2
    chances = softmax(logits)
    gold = (random.random((20_000, 1)) > chances.cumsum(axis=1)).sum(axis=1)
    found = fit_temperature(logits * temperature, np.minimum(gold, 4))
    assert found == pytest.approx(temperature, rel=0.05)


@pytest.mark.parametrize("temperature", [0.5, 2.5])
def test_sigmoid_temperature_is_recovered(temperature):
    random = np.random.default_rng(2)
    logits = random.normal(size=(10_000, 4)) * 2
    targets = (random.random(logits.shape) < sigmoid(logits)).astype(np.int8)
    assert fit_multi_temperature(logits * temperature, targets) == pytest.approx(
        temperature, rel=0.05
    )


def test_temperature_lowers_the_calibration_error():
    random = np.random.default_rng(4)
    logits = random.normal(size=(5000, 3))
    gold = (random.random((5000, 1)) > softmax(logits).cumsum(axis=1)).sum(axis=1)
    loud = logits * 4

    def error(chances):
        return calibration_error(chances.max(axis=1), chances.argmax(axis=1) == gold)

    assert error(softmax(loud / fit_temperature(loud, gold))) < error(softmax(loud)) / 5


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-30, 30), min_size=2, max_size=8, unique=True), st.floats(0.1, 10))
def test_temperature_never_changes_the_ranking(row, temperature):
    logits = np.round(np.array([row]), 3)
    chances = softmax(logits / temperature)
    assert chances.sum() == pytest.approx(1.0)
    order = np.argsort(-logits[0], kind="stable")
    assert np.all(np.diff(chances[0][order]) <= 0)


def test_extreme_logits_stay_finite():
    assert softmax(np.array([[1e5, -1e5]])).tolist() == [[1.0, 0.0]]
    assert np.all(np.isfinite(np.log(sigmoid(np.array([-1e6, 1e6])))))


def test_calibration_error_by_hand():
    confidence = np.array([0.95, 0.95, 0.55, 0.55])
    correct = np.array([True, False, True, True])
    # two bins of two rows: |0.95 - 0.5| / 2 + |0.55 - 1| / 2
    assert calibration_error(confidence, correct, bins=10) == pytest.approx(0.45)
    assert calibration_error(confidence, correct, bins=1) == pytest.approx(0.0)


def test_full_confidence_falls_into_the_last_bin():
    assert calibration_error(np.array([1.0, 0.97]), np.array([True, False]), bins=10) == (
        pytest.approx(abs(0.985 - 0.5))
    )


@pytest.fixture
def uneven():
    """Label 0: 100 positives at 0.4 above 0.2; label 1: 5 positives at 0.85 above 0.6."""
    chances = np.zeros((200, 2))
    targets = np.zeros((200, 2), np.int8)
    targets[:100, 0] = targets[:5, 1] = 1
    chances[:, 0] = np.where(targets[:, 0], 0.4, 0.2)
    chances[:, 1] = np.where(targets[:, 1], 0.85, 0.6)
    return chances, targets


def test_thresholds_separate_labels_with_many_positives(uneven):
    first, second = label_thresholds(*uneven, full_support=1)
    assert 0.2 < first <= 0.4
    assert 0.6 < second <= 0.85


def test_few_positives_draw_a_threshold_to_the_common_one(uneven):
    common, own = label_thresholds(*uneven, full_support=1)
    first, second = label_thresholds(*uneven, full_support=50)
    assert first == common
    assert second == pytest.approx(0.1 * own + 0.9 * common, abs=2e-3)


def test_a_label_without_positives_takes_the_common_threshold(uneven):
    chances, targets = uneven
    targets[:, 1] = 0
    chances[:, 1] = 0.05
    first, second = label_thresholds(chances, targets)
    assert first == second
