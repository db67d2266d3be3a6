"""How far a figure would move if other rows had been measured (Efron 1979, percentile method).

Whole groups are drawn, not rows (Field & Welsh 2007, the cluster bootstrap): near-duplicates
are right or wrong together, so rows drawn one by one would make intervals too narrow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

RESAMPLES = 2000
SEED = 20040701
_CHUNK = 100
"""Resamples drawn at once, so that many rows don't need a table of RESAMPLES times as many."""
LEVEL = 0.95
"""The share of resamples that an interval holds."""


class Measure(Protocol):
    """A figure of rows that may count several times or not at all."""

    def __call__(self, weights: Floats) -> Floats:
        """Return the figure for each line of weights (draws, rows); nan where it has none."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured value with its interval, of 95 % unless said otherwise."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Sample:
    """One number a row, as share of another: the figure is Σ parts / Σ wholes.

    A mean over rows has wholes of 1; rows that are not labelled have 0 in both.
    """

    parts: Sequence[float] | Floats
    wholes: Sequence[float] | Floats

    def __call__(self, weights: Floats) -> Floats:
        return ratio(
            weights @ np.asarray(self.parts, float), weights @ np.asarray(self.wholes, float)
        )


def ratio(parts: Floats, wholes: Floats) -> Floats:
    """Divide element by element; nan where there is nothing to divide by."""
    out = np.full(np.shape(wholes), np.nan)
    return np.asarray(np.divide(parts, wholes, out=out, where=wholes != 0), np.float64)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure, and what it was in each resample; figures of the same rows are paired."""

    value: float
    resamples: Floats

    @property
    def estimate(self) -> Estimate:
        return _estimate(self.value, self.resamples)

    def above(self, other: Drawn, level: float = LEVEL) -> Estimate:
        """Return how much higher this figure is than another of the same resamples.

        An interval that excludes 0 says that the difference is not one of the rows' chance.
        Who looks at many differences asks for a higher `level`.
        """
        return _estimate(self.value - other.value, self.resamples - other.resamples, level)


def resample(measures: Mapping[str, Measure], groups: Sequence[int]) -> dict[str, Drawn]:
    """Measure all rows, then RESAMPLES draws of groups; measures without any value are left out.

    :param groups: a number a row, equal for rows that are drawn together.

    The same groups give the same draws, so figures of several models can be compared.
    """
    whole = np.ones((1, len(groups)))
    values = {name: float(measure(whole)[0]) for name, measure in measures.items()}
    known = {name: measures[name] for name, value in values.items() if not np.isnan(value)}
    parts: dict[str, list[Floats]] = {name: [] for name in known}
    for weights in _draws(groups) if known else ():
        for name, measure in known.items():
            parts[name].append(measure(weights))
    return {name: Drawn(values[name], np.concatenate(found)) for name, found in parts.items()}


def estimate(sample: Measure, groups: Sequence[int]) -> Estimate | None:
    """Return a figure and its interval over rows; None where no row is labelled."""
    found = resample({"": sample}, groups)
    return found[""].estimate if found else None


def compare(one: Measure, other: Measure, groups: Sequence[int]) -> Estimate | None:
    """Return how much higher `one` is, the same rows drawn for both (paired)."""
    found = resample({"one": one, "other": other}, groups)
    return found["one"].above(found["other"]) if len(found) == 2 else None


def totals(columns: Floats, groups: Sequence[int]) -> Floats:
    """Return the sums of columns (rows, columns) in each resample: (RESAMPLES, columns).

    For many shares at once; the draws are those of `resample`.
    """
    return np.concatenate([weights @ columns for weights in _draws(groups)])


def _estimate(value: float, drawn: Floats, level: float = LEVEL) -> Estimate:
    if np.isnan(drawn).all():  # no resample had a labelled row
        return Estimate(value, value, value)
    outside = (1.0 - level) / 2
    low, high = np.nanquantile(drawn, [outside, 1.0 - outside])
    return Estimate(value, float(low), float(high))


def _draws(groups: Sequence[int]) -> Iterator[Floats]:
    """Yield weights (_CHUNK, rows): how often each row's group was drawn."""
    names, group = np.unique(np.asarray(groups), return_inverse=True)
    size = len(names)
    random = np.random.default_rng(SEED)
    shift = np.arange(_CHUNK)[:, None] * size
    for _ in range(0, RESAMPLES, _CHUNK):
        drawn = random.integers(size, size=(_CHUNK, size)) + shift
        counts = np.bincount(drawn.ravel(), minlength=_CHUNK * size).reshape(_CHUNK, size)
        yield counts[:, group].astype(float)
