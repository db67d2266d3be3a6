from __future__ import annotations

import numpy as np
import pytest

from nlp.evaluate.bootstrap import (
    RESAMPLES,
    Drawn,
    Estimate,
    Sample,
    compare,
    estimate,
    resample,
    totals,
)


def test_a_figure_lies_in_its_interval():
    random = np.random.default_rng(0)
    hits = (random.random(200) < 0.7).astype(float).tolist()
    found = estimate(Sample(hits, [1.0] * 200), range(200))
    assert found is not None
    assert found.value == pytest.approx(np.mean(hits))
    spread = 1.96 * np.sqrt(found.value * (1 - found.value) / 200)
    assert found.low == pytest.approx(found.value - spread, abs=0.015)
    assert found.high == pytest.approx(found.value + spread, abs=0.015)


def test_rows_of_one_group_count_for_one():
    """Every row twice: drawn one by one they would make the interval narrower by √2."""
    random = np.random.default_rng(0)
    hits = (random.random(100) < 0.7).astype(float)
    single = estimate(Sample(hits, np.ones(100)), range(100))
    twice = Sample(np.tile(hits, 2), np.ones(200))
    grouped = estimate(twice, [*range(100), *range(100)])
    alone = estimate(twice, range(200))
    assert grouped == single
    assert grouped is not None
    assert alone is not None
    widths = (grouped.high - grouped.low) / (alone.high - alone.low)
    assert widths == pytest.approx(np.sqrt(2), abs=0.15)


def test_groups_are_drawn_whole():
    drawn = resample({"share": Sample([1, 1, 0], [1, 1, 1])}, [7, 7, 3])["share"]
    assert drawn.value == pytest.approx(2 / 3)
    # two groups, drawn with repetition: the pair twice, both, or the single one twice
    assert np.unique(drawn.resamples.round(6)).tolist() == pytest.approx([0.0, 2 / 3, 1.0])


def test_a_single_group_has_no_width():
    found = estimate(Sample([1, 0], [1, 1]), [0, 0])
    assert found == Estimate(0.5, 0.5, 0.5)


def test_shares_are_micro():
    found = estimate(Sample([1, 0], [1, 3]), range(2))
    assert found is not None
    assert (found.value, found.low, found.high) == (0.25, 0.0, 1.0)


def test_certain_figures_have_no_width():
    assert estimate(Sample([2, 3], [2, 3]), range(2)) == Estimate(1.0, 1.0, 1.0)


def test_rows_without_labels():
    assert estimate(Sample([0, 0], [0, 0]), range(2)) is None
    assert estimate(Sample([], []), ()) is None
    assert estimate(Sample([1, 0], [1, 0]), range(2)) == Estimate(1.0, 1.0, 1.0)
    assert compare(Sample([0], [0]), Sample([1], [1]), [0]) is None


def test_pairs_are_drawn_together():
    """One system is better by a tenth on every row: no chance about it."""
    base = np.random.default_rng(1).random(50)
    one, other = Sample((base + 0.1).tolist(), [1.0] * 50), Sample(base.tolist(), [1.0] * 50)
    found = compare(one, other, range(50))
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((0.1, 0.1, 0.1))


def test_the_same_rows_give_the_same_interval():
    sample = Sample([0, 1, 2, 1], [2, 2, 2, 1])
    assert estimate(sample, [0, 1, 1, 2]) == estimate(sample, [5, 8, 8, 9])


def test_figures_of_one_call_share_their_draws():
    random = np.random.default_rng(2)
    parts, whole = random.random(30), np.ones(30)
    found = resample({"one": Sample(parts, whole), "none": Sample(whole * 0, whole * 0)}, range(30))
    assert set(found) == {"one"}
    alone = resample({"two": Sample(1 - parts, whole)}, range(30))
    assert len(found["one"].resamples) == RESAMPLES
    np.testing.assert_allclose(found["one"].resamples + alone["two"].resamples, 1.0)


def test_totals_are_the_sums_of_the_same_draws():
    random = np.random.default_rng(3)
    parts, groups = random.random(20), random.integers(0, 12, 20)
    sums = totals(np.stack([parts, np.ones(20)], axis=1), groups)
    drawn = resample({"": Sample(parts, np.ones(20))}, groups)[""]
    assert sums.shape == (RESAMPLES, 2)
    np.testing.assert_allclose(sums[:, 0] / sums[:, 1], drawn.resamples)


def test_how_much_higher_a_figure_is():
    steps = np.linspace(0.0, 1.0, 101)
    one, other = Drawn(0.9, 0.4 + steps), Drawn(0.5, np.full(101, 0.4))
    margin = one.above(other)
    assert (margin.value, margin.low, margin.high) == pytest.approx((0.4, 0.025, 0.975))
    wider = one.above(other, level=0.99)
    assert (wider.low, wider.high) == pytest.approx((0.005, 0.995))
    assert one.estimate == Estimate(0.9, pytest.approx(0.425), pytest.approx(1.375))


def test_resamples_without_labelled_rows_are_left_out():
    some = Drawn(0.5, np.array([np.nan, 0.0, 1.0]))
    assert (some.estimate.low, some.estimate.high) == pytest.approx((0.025, 0.975))
    assert Drawn(0.5, np.array([np.nan])).estimate == Estimate(0.5, 0.5, 0.5)
