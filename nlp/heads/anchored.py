"""Logistic regression that starts from what is known and moves only as far as rows call for.

The logits are an anchor's (a model trained elsewhere; zero where there is none) plus a linear
correction; the penalty is on the correction, so few rows change little (biased regularisation,
Chelba & Acero 2004, "Adaptation of Maximum Entropy Capitalizer").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nlp.heads.calibrate import softmax

Floats = npt.NDArray[np.floating]
ROUNDS = 60
"""Rounds of L-BFGS at most; on 50 to 5,000 rows more of them moved no held-out loss."""
CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Correction:
    """What is added to an anchor's logits: features @ weights + bias."""

    weights: npt.NDArray[np.float64]
    bias: npt.NDArray[np.float64]

    def applied(self, features: Floats, anchor: Floats) -> npt.NDArray[np.float64]:
        return np.asarray(anchor + features @ self.weights + self.bias, np.float64)


def fit_anchored(
    features: Floats,
    anchor: Floats,
    gold: npt.NDArray[np.int64],
    sample_weight: Floats,
    *,
    inverse_penalty: float,
    bias_penalty: Floats,
) -> Correction:
    """Minimise the weighted log loss plus |W|²/2C plus the biases' own penalties (labels)."""
    from scipy.optimize import minimize

    columns, labels = features.shape[1], anchor.shape[1]
    rows = np.arange(len(gold))
    known = np.asarray(features, np.float32)
    turned = np.ascontiguousarray(known.T)
    penalty = np.vstack([np.full((columns, labels), 1.0 / inverse_penalty), bias_penalty[None]])

    def objective(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        table = flat.reshape(columns + 1, labels)
        moved = known @ table[:-1].astype(np.float32)
        slope = softmax(anchor + moved + table[-1])
        surprise = -np.log(np.maximum(slope[rows, gold], 1e-12))
        slope[rows, gold] -= 1.0
        slope *= sample_weight[:, None]
        steps = np.vstack([turned @ slope.astype(np.float32), slope.sum(axis=0)[None]])
        loss = float(surprise @ sample_weight) + float((penalty * table * table).sum()) / 2
        return loss, (steps + penalty * table).ravel()

    options: Any = {"maxiter": ROUNDS, "ftol": CLOSE}
    start = np.zeros((columns + 1) * labels)
    found = minimize(objective, start, jac=True, method="L-BFGS-B", options=options).x
    table = found.reshape(columns + 1, labels)
    return Correction(table[:-1], table[-1])
