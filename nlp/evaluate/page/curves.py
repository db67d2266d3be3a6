"""The points of the two curves that show how far a confidence may be trusted.

Risk-coverage: the share of errors among the n surest rows (Geifman & El-Yaniv 2017,
arXiv 1705.08500). Reliability: how often rows of a confidence are right (DeGroot & Fienberg
1983), over the same bins as the calibration error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.evaluate.measures import BINS
from nlp.evaluate.metrics import Bools, Floats, Ints
from nlp.evaluate.predict import Routed

POINTS = 200
"""More than can be told apart on paper."""


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """Of all rows, the share that is at least as sure as `confidence`, and its share of errors."""

    coverage: float
    risk: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Bin:
    """`rows` of about one confidence: its mean, and the share that is right."""

    confidence: float
    right: float
    rows: int


def risk_points(confidence: Floats, right: Bools, most: int = POINTS) -> tuple[RiskPoint, ...]:
    """Return at most `most` points of the curve from sure to unsure, the last of all rows.

    Rows of one confidence enter together, so their order changes nothing.
    """
    if not len(confidence):
        return ()
    order = np.argsort(-confidence, kind="stable")
    falling, wrong = confidence[order], np.cumsum(~right[order])
    ends = np.append(np.flatnonzero(np.diff(falling)), len(falling) - 1)
    kept = ends[_spread(len(ends), most)]
    return tuple(
        RiskPoint(float(end + 1) / len(falling), float(wrong[end]) / (end + 1), float(falling[end]))
        for end in kept.tolist()
    )


def routed_risk(routed: Sequence[Routed], most: int = POINTS) -> tuple[RiskPoint, ...]:
    """Return the curve of decisions on rows with gold; texts unlike any proposal come last."""
    judged = [one for one in routed if one.right is not None]
    sureness = np.array([one.confidence if one.known else -1.0 for one in judged])
    return risk_points(sureness, np.array([bool(one.right) for one in judged], bool), most)


def reliability(confidence: Floats, right: Bools) -> tuple[Bin, ...]:
    """Return the bins of equal width that hold any row, from unsure to sure."""
    which = np.minimum((confidence * BINS).astype(int), BINS - 1)
    found = []
    for number in np.unique(which):
        own = which == number
        found.append(Bin(float(confidence[own].mean()), float(right[own].mean()), int(own.sum())))
    return tuple(found)


def _spread(size: int, most: int) -> Ints:
    """Return at most `most` of the places 0 to size - 1, evenly, the first and last included."""
    return np.unique(np.linspace(0, size - 1, min(size, most)).round().astype(np.int64))
