"""Linear heads fitted to a teacher's chances instead of labels (distillation).

Hinton, Vinyals & Dean 2015 (arXiv 1503.02531): what a teacher holds possible besides its first
choice says more about a text than the choice alone. A linear student has a convex loss, so
plain L-BFGS finds its one optimum; no learning rate, no passes to choose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from nlp.heads.calibrate import sigmoid, softmax
from nlp.heads.linear import LinearHead

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = npt.NDArray[np.floating]
ROUNDS = 120
"""Rounds of L-BFGS; after about a hundred the loss moves in the fourth place only."""


def fit_soft_single(
    matrix: csr_array,
    targets: Floats,
    classes: Sequence[str],
    sample_weight: Floats,
    *,
    inverse_penalty: float,
) -> LinearHead:
    """Fit multinomial logistic regression to chances (texts, labels) whose rows sum to 1."""

    def loss(logits: Floats) -> tuple[Floats, Floats]:
        chances = softmax(logits)
        return -(targets * np.log(np.maximum(chances, 1e-12))).sum(axis=1), chances - targets

    return _fit(matrix, loss, classes, sample_weight, inverse_penalty)


def fit_soft_multi(
    matrix: csr_array,
    targets: Floats,
    classes: Sequence[str],
    sample_weight: Floats,
    *,
    inverse_penalty: float,
) -> LinearHead:
    """Fit one logistic regression a label to chances (texts, labels), each by itself."""

    def loss(logits: Floats) -> tuple[Floats, Floats]:
        chances = sigmoid(logits)
        surprise = targets * np.log(np.maximum(chances, 1e-12))
        surprise = surprise + (1 - targets) * np.log(np.maximum(1 - chances, 1e-12))
        return -surprise.sum(axis=1), chances - targets

    return _fit(matrix, loss, classes, sample_weight, inverse_penalty)


def _fit(
    matrix: csr_array,
    loss: Callable[[Floats], tuple[Floats, Floats]],
    classes: Sequence[str],
    sample_weight: Floats,
    inverse_penalty: float,
) -> LinearHead:
    """Minimise the weighted loss plus |W|²/2C; the bias is not penalised."""
    from scipy.optimize import minimize
    from scipy.sparse import csr_array

    features, labels = matrix.shape[1], len(classes)
    turned = csr_array(matrix.T)
    weight = np.asarray(sample_weight, np.float32)

    def objective(flat: Floats) -> tuple[float, Floats]:
        weights = flat[labels:].reshape(features, labels).astype(np.float32)
        logits = matrix @ weights + flat[:labels].astype(np.float32)
        surprise, slope = loss(logits)
        slope = (slope * weight[:, None]).astype(np.float32)
        steps = np.concatenate([slope.sum(axis=0), (turned @ slope).ravel()]).astype(np.float64)
        steps[labels:] += flat[labels:] / inverse_penalty
        penalty = float(flat[labels:] @ flat[labels:]) / (2 * inverse_penalty)
        return float(surprise @ weight) + penalty, steps

    start = np.zeros(labels * (features + 1))
    options = {"maxiter": ROUNDS, "maxcor": 8, "maxfun": 2 * ROUNDS}
    run: Any = minimize  # its stubs want one exact shape of array
    found = run(objective, start, jac=True, method="L-BFGS-B", options=options).x
    weights = found[labels:].reshape(features, labels).astype(np.float32)
    return LinearHead(tuple(classes), weights, found[:labels].astype(np.float32))
