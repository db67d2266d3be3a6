"""Turning scores into probabilities that can be believed, and into decisions.

One scalar (a temperature) is fitted on rows that training never saw: it leaves the ranking
alone and removes most of the calibration error (Guo et al. 2017, arXiv 1706.04599; in
scikit-learn since PR 31068, there for single-label models only).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]


def softmax(logits: Floats) -> npt.NDArray[np.float64]:
    shifted = np.asarray(logits, np.float64) - np.max(logits, axis=1, keepdims=True)
    powers = np.exp(shifted)
    result: npt.NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return result


def sigmoid(logits: Floats) -> npt.NDArray[np.float64]:
    result: npt.NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(logits, -40, 40)))
    return result


def log_loss(logits: Floats, gold: npt.NDArray[np.int64]) -> float:
    """Return the mean surprise at the right label, one a text."""
    chances = softmax(logits)[np.arange(len(gold)), gold]
    return -float(np.mean(np.log(np.maximum(chances, 1e-12))))


def multi_log_loss(logits: Floats, targets: npt.NDArray[np.int8]) -> float:
    """Return the mean surprise at each label's being there or not."""
    chances = np.clip(sigmoid(logits), 1e-9, 1 - 1e-9)
    return -float(np.mean(np.where(targets > 0, np.log(chances), np.log1p(-chances))))


def fit_temperature(logits: Floats, gold: npt.NDArray[np.int64]) -> float:
    """Return the temperature that minimises the log loss of softmax(logits / t)."""
    from scipy.optimize import minimize_scalar

    def loss(log_t: float) -> float:
        return log_loss(logits / np.exp(log_t), gold)

    return round(float(np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded").x)), 4)


def fit_multi_temperature(logits: Floats, targets: npt.NDArray[np.int8]) -> float:
    """Return the temperature that minimises the log loss of sigmoid(logits / t)."""
    from scipy.optimize import minimize_scalar

    def loss(log_t: float) -> float:
        return multi_log_loss(logits / np.exp(log_t), targets)

    return round(float(np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded").x)), 4)


def calibration_error(confidence: Floats, correct: npt.NDArray[np.bool_], bins: int = 15) -> float:
    """Return the expected calibration error over equal-width bins (Naeini et al. 2015)."""
    which = np.minimum((np.asarray(confidence) * bins).astype(int), bins - 1)
    error = 0.0
    for number in range(bins):
        inside = which == number
        if inside.any():
            gap = abs(float(np.mean(confidence[inside])) - float(np.mean(correct[inside])))
            error += gap * float(np.mean(inside))
    return error


def label_thresholds(
    probabilities: Floats, targets: npt.NDArray[np.int8], *, full_support: int = 50
) -> list[float]:
    """Return one threshold a label that maximises its F1, drawn towards the common one.

    Thresholds tuned on few positives don't carry over (wellcometrust/grants_tagger#157),
    so a label with fewer than `full_support` positives keeps only that share of its own.
    """
    grid = np.round(np.arange(0.10, 0.91, 0.02), 2)
    common = _best(grid, [_f1(probabilities >= t, targets) for t in grid])
    chosen = []
    for column in range(targets.shape[1]):
        positives = int(targets[:, column].sum())
        share = min(1.0, positives / full_support)
        scores = [_f1(probabilities[:, column] >= t, targets[:, column]) for t in grid]
        own = _best(grid, scores) if positives else common
        chosen.append(round(share * own + (1 - share) * common, 3))
    return chosen


def _best(grid: Floats, scores: Sequence[float]) -> float:
    """Return the middle of the thresholds that share the best score: the most stable one."""
    values = np.asarray(scores)
    best = np.flatnonzero(values >= values.max() - 1e-9)
    return float(grid[best[len(best) // 2]])


def _f1(predicted: npt.NDArray[np.bool_], targets: npt.NDArray[np.int8]) -> float:
    hits = float(np.sum(predicted & (targets > 0)))
    total = float(predicted.sum() + targets.sum())
    return 2 * hits / total if total else 0.0
