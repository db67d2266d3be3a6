"""How far a figure would move if other rows had been measured (Efron 1979, percentile method)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

RESAMPLES = 2000
SEED = 20040701
_CHUNK = 100
"""Resamples drawn at once, so that many rows don't need a table of RESAMPLES times as many."""
_LIMITS = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured value with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sample:
    """One number a row, as share of another: the figure is Σ parts / Σ wholes.

    A mean over rows has wholes of 1; rows that are not labelled have 0 in both.
    """

    parts: Sequence[float]
    wholes: Sequence[float]


def estimate(sample: Sample) -> Estimate | None:
    """Return the figure and its interval over rows; None where no row is labelled.

    The same rows give the same interval: the random draws are seeded.
    """
    if not sum(sample.wholes):
        return None
    return _estimate(_figure(sample), _figures(sample))


def compare(one: Sample, other: Sample) -> Estimate | None:
    """Return how much higher `one` is, the same rows drawn for both (paired).

    An interval that excludes 0 says that the difference is not one of the rows' chance.
    """
    if not sum(one.wholes) or not sum(other.wholes):
        return None
    difference = _figure(one) - _figure(other)
    return _estimate(difference, _figures(one) - _figures(other))


def _figure(sample: Sample) -> float:
    return float(sum(sample.parts) / sum(sample.wholes))


def _estimate(value: float, drawn: Floats) -> Estimate:
    low, high = np.nanpercentile(drawn, _LIMITS)
    return Estimate(value, float(low), float(high))


def _figures(sample: Sample) -> Floats:
    """Return the figure of each resample; nan where it has no labelled row."""
    parts, wholes = np.array(sample.parts, float), np.array(sample.wholes, float)
    with np.errstate(invalid="ignore"):
        return np.concatenate(
            [parts[rows].sum(axis=1) / wholes[rows].sum(axis=1) for rows in _draws(len(parts))]
        )


def _draws(size: int) -> Iterator[npt.NDArray[np.int64]]:
    random = np.random.default_rng(SEED)
    for _ in range(0, RESAMPLES, _CHUNK):
        yield random.integers(size, size=(_CHUNK, size))
