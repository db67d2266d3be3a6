"""Measures over arrays, each the same number as scikit-learn's where it has one.

Written in numpy because an evaluation should not wait a second for scikit-learn's import,
and because nothing here may depend on the order of tied rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.heads.calibrate import calibration_error

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

__all__ = [
    "Bools",
    "Floats",
    "Ints",
    "LabelScore",
    "MultiLabel",
    "Prf",
    "RiskCoverage",
    "calibration_error",
    "macro_f1",
    "multilabel",
    "ndcg",
    "risk_coverage",
    "share",
    "top_k",
]


@dataclass(frozen=True, slots=True)
class Prf:
    """Precision, recall and their harmonic mean; 0 where there is nothing to divide by."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class LabelScore:
    """How one label is found; `support` is how many rows have it in gold."""

    label: str
    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class MultiLabel:
    """Micro pools all decisions; macro averages over the labels that occur in gold."""

    micro: Prf
    macro: Prf
    labels: tuple[LabelScore, ...]


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """What a threshold on the confidence gives; `precision` is None if it passes nothing."""

    aurc: float
    coverage: float
    precision: float | None


def share(right: Bools) -> float | None:
    """Return the share that is true, such as an accuracy; None (not 0) for no rows."""
    return float(np.mean(right)) if len(right) else None


def multilabel(gold: Bools, predicted: Bools, labels: Sequence[str]) -> MultiLabel:
    """Compare two (rows, labels) tables of yes and no.

    Raises ValueError if the shapes differ from each other or from `labels`.
    """
    if gold.shape != predicted.shape or gold.shape[1] != len(labels):
        raise ValueError(f"{gold.shape} gold, {predicted.shape} predicted, {len(labels)} labels")
    hits, said, support = (gold & predicted).sum(0), predicted.sum(0), gold.sum(0)
    each = [_prf(int(h), int(p), int(g)) for h, p, g in zip(hits, said, support, strict=True)]
    scores = tuple(
        LabelScore(label, one.precision, one.recall, one.f1, int(count))
        for label, one, count in zip(labels, each, support, strict=True)
    )
    micro = _prf(int(hits.sum()), int(said.sum()), int(support.sum()))
    return MultiLabel(micro, _mean([s for s in scores if s.support]), scores)


def _prf(hits: int, said: int, support: int) -> Prf:
    total = said + support
    return Prf(
        hits / said if said else 0.0,
        hits / support if support else 0.0,
        2 * hits / total if total else 0.0,
    )


def _mean(scores: Sequence[LabelScore]) -> Prf:
    if not scores:
        return Prf(0.0, 0.0, 0.0)
    table = np.array([(s.precision, s.recall, s.f1) for s in scores]).mean(axis=0)
    return Prf(*map(float, table))


def macro_f1(gold: Ints, predicted: Ints) -> float:
    """Return the mean F1 of single-label codes over the labels that occur in gold."""
    scores = [
        _prf(
            int(np.sum((gold == label) & (predicted == label))),
            int(np.sum(predicted == label)),
            int(np.sum(gold == label)),
        ).f1
        for label in np.unique(gold)
    ]
    return float(np.mean(scores)) if scores else 0.0


def top_k(gold: Ints, scores: Floats, k: int) -> Bools:
    """Tell for each row whether its gold column is among the `k` highest of (rows, labels).

    A negative gold code stands for a label without a column and is never found. Among
    equal scores the earlier column comes first.
    """
    order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return np.asarray((order == gold[:, None]).any(axis=1))


def ndcg(relevant: Bools, scores: Floats, k: int, unreachable: Ints | None = None) -> Floats:
    """Return for each row the discounted gain of its `k` best against the best possible.

    `unreachable` counts, a row, relevant labels that have no column: they raise what
    was possible. Rows without anything relevant get 0, as in scikit-learn.
    """
    discounts = 1.0 / np.log2(np.arange(2, k + 2))
    order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    hits = np.take_along_axis(relevant, order, axis=1)
    gains = hits @ discounts[: hits.shape[1]]
    wanted = relevant.sum(axis=1) + (0 if unreachable is None else unreachable)
    ideal = np.concatenate([[0.0], np.cumsum(discounts)])[np.minimum(wanted, k)]
    return np.asarray(np.divide(gains, ideal, out=np.zeros(len(gains)), where=ideal > 0))


def risk_coverage(confidence: Floats, right: Bools, threshold: float) -> RiskCoverage:
    """Return the area under the risk-coverage curve and the point at a threshold.

    The area is the mean, over n = 1 … rows, of the share of errors among the n surest
    (Geifman & El-Yaniv 2017, arXiv 1705.08500); rows of one confidence share their errors,
    so their order changes nothing. Raises ValueError without rows.
    """
    if not len(confidence):
        raise ValueError("no rows")
    levels, group = np.unique(-confidence, return_inverse=True)
    errors = np.bincount(group, ~right, len(levels)) / np.bincount(group, minlength=len(levels))
    risks = np.cumsum(errors[np.sort(group)]) / np.arange(1, len(group) + 1)
    passed = confidence >= threshold
    return RiskCoverage(float(risks.mean()), float(passed.mean()), share(right[passed]))
