"""Blends: each model's scores count as much as they know."""

import numpy as np
import pytest

from nlp.heads.blend import best_blend
from nlp.heads.calibrate import log_loss, multi_log_loss

GOLD = np.arange(600) % 4
TARGETS = np.random.default_rng(0).integers(0, 2, (600, 4)).astype(np.int8)


def noise(seed, size=1.0):
    return np.random.default_rng(seed).normal(0, size, (600, 4))


def right(seed, height=3.0):
    """Return logits that mostly put the gold label first."""
    return noise(seed) + height * (GOLD[:, None] == np.arange(4))


def half_right(labels, seed):
    """Return logits that tell the given labels from each other, but not the rest."""
    known = np.isin(GOLD, labels)
    return np.where(known[:, None], right(seed), noise(seed))


def loss(blend, first, second):
    return log_loss(blend.first * first + blend.second * second, GOLD)


def test_a_useless_second_model_gets_about_no_weight():
    blend = best_blend(right(1), noise(2), GOLD)
    assert blend.first > 0.5
    assert blend.second < 0.05 * blend.first


def test_a_useless_first_model_gets_about_no_weight():
    blend = best_blend(noise(2), right(1), GOLD)
    assert blend.first < 0.05 * blend.second


def test_a_misleading_model_is_silenced():
    blend = best_blend(right(1), -right(2), GOLD)
    assert blend.second < 0.05 * blend.first


def test_two_half_right_models_beat_each_alone():
    first, second = half_right([0, 1], 3), half_right([2, 3], 4)
    both = best_blend(first, second, GOLD)
    alone = best_blend(first, np.zeros_like(first), GOLD), best_blend(second, second * 0, GOLD)
    least = loss(both, first, second)
    assert least < 0.8 * loss(alone[0], first, first * 0)
    assert least < 0.8 * loss(alone[1], second, second * 0)
    assert both.first == pytest.approx(both.second, rel=0.25)


def test_no_other_blend_near_by_is_better():
    first, second = right(5, 1.5), half_right([0, 2], 6)
    found = best_blend(first, second, GOLD)
    least = loss(found, first, second)
    for one, two in ((0.9, 1), (1.1, 1), (1, 0.9), (1, 1.1)):
        assert log_loss(found.first * one * first + found.second * two * second, GOLD) > least


def test_loud_scores_are_turned_down():
    quiet = best_blend(right(1), half_right([1, 2], 2), GOLD)
    loud = best_blend(right(1) * 20, half_right([1, 2], 2), GOLD)
    assert loud.first == pytest.approx(quiet.first / 20, rel=0.05)
    assert loud.second == pytest.approx(quiet.second, rel=0.05)


def test_any_number_of_labels_may_be_right():
    knows = (TARGETS * 2 - 1) * 2.0 + noise(7)
    blend = best_blend(knows, noise(8), TARGETS)
    assert blend.second < 0.1 * blend.first
    mixed = blend.first * knows + blend.second * noise(8)
    assert multi_log_loss(mixed, TARGETS) < multi_log_loss(noise(8), TARGETS) / 2


def test_without_rows_both_count_the_same():
    for gold in (np.zeros(0, np.int64), np.zeros((0, 4), np.int8)):
        blend = best_blend(np.zeros((0, 4)), np.zeros((0, 4)), gold)
        assert blend.first == blend.second > 0
