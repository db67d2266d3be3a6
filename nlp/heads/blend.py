"""Adding two models' scores: how much each counts, fitted on rows that neither learned from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.heads.calibrate import log_loss, multi_log_loss

Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Blend:
    """`first` times one model's logits plus `second` times the other's."""

    first: float
    second: float


def best_blend(first: Floats, second: Floats, gold: npt.NDArray[np.integer]) -> Blend:
    """Return the blend with the least log loss.

    `first` and `second` are logits (texts, labels); `gold` is a label's number a text, or a
    table (texts, labels) of 0 and 1 where any number of labels may be right. Without texts
    both count the same.
    """
    if not len(gold):
        return Blend(0.5, 0.5)
    loss: Callable[..., float] = log_loss if gold.ndim == 1 else multi_log_loss
    from scipy.optimize import minimize

    def surprise(logs: Floats) -> float:
        weights = np.exp(logs)
        return loss(weights[0] * first + weights[1] * second, gold)

    start = np.log([0.5, 0.5])
    found = minimize(surprise, start, method="Nelder-Mead", options={"xatol": 1e-3}).x
    return Blend(*(round(float(weight), 4) for weight in np.exp(found)))
