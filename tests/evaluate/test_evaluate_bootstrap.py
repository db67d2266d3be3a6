from __future__ import annotations

import numpy as np
import pytest

from nlp.evaluate.bootstrap import Estimate, Sample, compare, estimate


def test_a_figure_lies_in_its_interval():
    random = np.random.default_rng(0)
    hits = (random.random(200) < 0.7).astype(float).tolist()
    found = estimate(Sample(hits, [1.0] * 200))
    assert found is not None
    assert found.value == pytest.approx(np.mean(hits))
    spread = 1.96 * np.sqrt(found.value * (1 - found.value) / 200)
    assert found.low == pytest.approx(found.value - spread, abs=0.015)
    assert found.high == pytest.approx(found.value + spread, abs=0.015)


def test_shares_are_micro():
    found = estimate(Sample([1, 0], [1, 3]))
    assert found is not None
    assert (found.value, found.low, found.high) == (0.25, 0.0, 1.0)


def test_certain_figures_have_no_width():
    assert estimate(Sample([2, 3], [2, 3])) == Estimate(1.0, 1.0, 1.0)


def test_rows_without_labels():
    assert estimate(Sample([0, 0], [0, 0])) is None
    assert estimate(Sample([], [])) is None
    assert estimate(Sample([1, 0], [1, 0])) == Estimate(1.0, 1.0, 1.0)
    assert compare(Sample([0], [0]), Sample([1], [1])) is None


def test_pairs_are_drawn_together():
    """One system is better by a tenth on every row: no chance about it."""
    base = np.random.default_rng(1).random(50)
    one, other = Sample((base + 0.1).tolist(), [1.0] * 50), Sample(base.tolist(), [1.0] * 50)
    found = compare(one, other)
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((0.1, 0.1, 0.1))


def test_the_same_rows_give_the_same_interval():
    sample = Sample([0, 1, 2, 1], [2, 2, 2, 1])
    assert estimate(sample) == estimate(sample)
