"""Figures that are no plain share, for rows that count several times: what resampling needs.

With every row counted once, each is the number that `metrics` returns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nlp.evaluate.bootstrap import Floats, ratio
from nlp.evaluate.metrics import Bools, Ints

BINS = 15
"""As in `nlp.heads.calibrate.calibration_error`."""


@dataclass(frozen=True, slots=True)
class MacroF1:
    """Mean F1 over the labels that occur in gold; tables are (rows, labels)."""

    gold: Bools
    said: Bools

    def __call__(self, weights: Floats) -> Floats:
        hits, said, gold = (
            weights @ table.astype(float) for table in (self.gold & self.said, self.said, self.gold)
        )
        total = said + gold
        each = np.divide(2 * hits, total, out=np.zeros(total.shape), where=total > 0)
        return ratio(np.where(gold > 0, each, 0.0).sum(axis=1), (gold > 0).sum(axis=1))


def macro_f1_of(gold: Ints, said: Ints, counted: Bools) -> MacroF1:
    """Return the measure for one label a row, given as codes; other rows don't count."""
    codes = np.unique(np.concatenate([gold[counted], said[counted]]))
    inside = counted[:, None]
    return MacroF1(inside & (gold[:, None] == codes), inside & (said[:, None] == codes))


@dataclass(frozen=True, slots=True)
class CalibrationError:
    """Expected calibration error over equal-width bins (Naeini et al. 2015)."""

    confidence: Floats
    right: Bools
    counted: Bools

    def __call__(self, weights: Floats) -> Floats:
        which = np.minimum((self.confidence * BINS).astype(int), BINS - 1)
        inside = self.counted[:, None] & (which[:, None] == np.arange(BINS))
        gaps = np.abs(weights @ (inside * (self.confidence - self.right)[:, None])).sum(axis=1)
        return ratio(gaps, weights @ self.counted.astype(float))


@dataclass(frozen=True, slots=True)
class RiskArea:
    """Area under the risk-coverage curve (Geifman & El-Yaniv 2017, arXiv 1705.08500).

    Weights are whole numbers, how often a row counts. Where `m` rows of one confidence, `e` of
    them wrong, follow `n` surer ones with `w` wrong, they add the sum over j = 1 … m of
    (w + j·e/m) / (n + j), which is e + (w - n·e/m) · (H(n + m) - H(n)), H the harmonic numbers.
    """

    confidence: Floats
    right: Bools
    counted: Bools

    def __call__(self, weights: Floats) -> Floats:
        levels, group = np.unique(-self.confidence[self.counted], return_inverse=True)
        order = np.argsort(group, kind="stable")
        drawn = weights[:, np.flatnonzero(self.counted)[order]]
        wrong = ~self.right[self.counted][order]
        starts = np.searchsorted(group[order], np.arange(len(levels)))
        if not len(starts):
            return np.full(len(weights), np.nan)
        rows = np.add.reduceat(drawn, starts, axis=1)
        errors = np.add.reduceat(drawn * wrong, starts, axis=1)
        share = np.divide(errors, rows, out=np.zeros(rows.shape), where=rows > 0)
        seen = np.cumsum(rows, axis=1)
        before, met = seen - rows, np.cumsum(errors, axis=1) - errors
        harmonic = np.concatenate([[0.0], np.cumsum(1.0 / np.arange(1, seen.max() + 1))])
        steps = harmonic[seen.astype(int)] - harmonic[before.astype(int)]
        area = errors + (met - before * share) * steps
        return ratio(area.sum(axis=1), seen[:, -1])
