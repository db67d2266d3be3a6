"""Shares that follow from counts: rounded, truncated, forced to total 100; nothing else."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.bulletin.checks.rounding import Share, as_printed, follows, forced, printed_decimals

COUNTS = st.lists(st.integers(1, 900), min_size=2, max_size=7)


def rounded(count: int, base: int, decimals: int) -> float:
    return floor(Fraction(count * 100 * 10**decimals, base) + Fraction(1, 2)) / 10**decimals


def largest_remainder(counts: list[int], decimals: int) -> list[float]:
    """Shares in units of the last place, topped up where the remainders are largest."""
    scale = 100 * 10**decimals
    exact = [Fraction(count * scale, sum(counts)) for count in counts]
    units = [floor(each) for each in exact]
    order = sorted(range(len(counts)), key=lambda at: units[at] - exact[at])
    for at in order[: scale - sum(units)]:
        units[at] += 1
    return [each / 10**decimals for each in units]


@pytest.mark.parametrize(
    ("written", "decimals"),
    [
        ("67.6%", 1),
        ("30%", 0),
        ("24.68％", 2),
        ("24．7%", 1),
        ("百分之三十", 0),
        ("百分之八十七点七", 1),
        ("百分之百", 0),
    ],
)
def test_decimals_are_those_printed(written, decimals):
    assert printed_decimals(written) == decimals


@given(st.integers(1, 2000), st.integers(0, 2), st.data())
def test_rounded_and_truncated_follow(base, decimals, data):
    count = data.draw(st.integers(1, base))
    cut = floor(Fraction(count * 100 * 10**decimals, base)) / 10**decimals
    for value in (rounded(count, base, decimals), cut):
        assert follows(Share(count, value, decimals), base)


@given(st.integers(1, 2000), st.integers(0, 2), st.booleans(), st.data())
def test_off_by_more_than_a_unit_does_not_follow(base, decimals, up, data):
    count = data.draw(st.integers(1, base))
    unit = 10**-decimals
    value = 100 * count / base + (1.01 if up else -1.01) * unit
    printed = round(value, decimals)
    if abs(printed - 100 * count / base) >= unit:
        assert not follows(Share(count, printed, decimals), base)


@given(COUNTS, st.integers(0, 2))
def test_largest_remainders_are_accepted(counts, decimals):
    values = largest_remainder(counts, decimals)
    shares = [Share(c, v, decimals) for c, v in zip(counts, values, strict=True)]
    assert forced(shares, sum(counts))


@given(COUNTS, st.integers(0, 2), st.data())
def test_two_units_moved_are_not_forced(counts, decimals, data):
    """Moving two units from one share to another keeps the total, and is wrong."""
    values = [round(v * 10**decimals) for v in largest_remainder(counts, decimals)]
    at, to = data.draw(st.permutations(range(len(counts))))[:2]
    values[at] += 2
    values[to] -= 2
    shares = [Share(c, v / 10**decimals, decimals) for c, v in zip(counts, values, strict=True)]
    assert not forced(shares, sum(counts))


def test_rounded_total_of_99_9_may_be_topped_up_anywhere():
    """28.96, 28.96 and 42.08 round to 99.9+0.1: one unit may go to the largest."""
    counts = (97, 97, 141)
    values = [round(100 * c / 335, 1) for c in counts]
    assert sum(values) == pytest.approx(100.1)
    shares = [Share(97, 29.0, 1), Share(97, 29.0, 1), Share(141, 42.0, 1)]
    assert forced(shares, 335)


def test_shares_of_a_part_are_not_forced():
    """Only classes that add up to the base can be made to total 100."""
    assert not forced([Share(50, 60.0, 1), Share(30, 40.0, 1)], 81)


def test_one_share_is_never_forced():
    assert not forced([Share(7, 100.0, 1)], 7)


def test_rough_shares_have_leeway():
    assert follows(Share(352, 90, 0, rough=True), 391)
    assert follows(Share(270, 70, 0, rough=True), 391)
    assert not follows(Share(240, 70, 0, rough=True), 391)


@pytest.mark.parametrize(
    ("count", "base", "decimals", "text"),
    [(118, 174, 1, "67.8%"), (1, 3, 2, "33.33%"), (1, 2, 0, "50%"), (2, 3, 0, "66.7%")],
)
def test_true_shares_are_written_with_a_decimal(count, base, decimals, text):
    assert as_printed(count, base, decimals) == text
