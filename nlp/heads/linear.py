"""Linear heads over encoded text: fitted once by scikit-learn, kept as plain arrays.

Weights are stored as 8-bit integers with one scale a label: a quarter of the size of
float32, and small differences in floating point between machines vanish in the rounding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = npt.NDArray[np.float32]
MACHINE_SHARE = 3.0
"""Weight of the support vector machine's scores beside logistic regression's, which are
about three times as large."""
MACHINE_PENALTY = 40.0
"""How much more strongly the machine is regularised: its loss counts far fewer rows."""


@dataclass(frozen=True)
class LinearHead:
    """`decision` = x @ weights + bias; weights are (features, labels)."""

    classes_: tuple[str, ...]
    weights: Floats
    bias: Floats

    def decision(self, matrix: csr_array) -> Floats:
        """Return logits, (texts, labels)."""
        return np.asarray(matrix @ self.weights + self.bias, np.float32)

    @cached_property
    def _average(self) -> Floats:
        return np.asarray(self.weights.mean(axis=1), np.float32)

    def contrast(self, columns: npt.NDArray[np.int32], label: int) -> Floats:
        """Return how far each column's weight for a label is above its mean over all labels."""
        result: Floats = self.weights[columns, label] - self._average[columns]
        return result

    def quantised(self) -> LinearHead:
        """Return the head as it will be after storing: what is tuned must be what is shipped."""
        return from_arrays(self.classes_, self.arrays(""), "")

    def arrays(self, name: str) -> dict[str, npt.NDArray[Any]]:
        """Return the arrays to store, their names beginning with `name`."""
        scale = np.abs(self.weights).max(axis=0, initial=0.0) / 127.0
        scale = np.where(scale > 0, scale, 1.0).astype(np.float32)
        integers = np.round(self.weights / scale).astype(np.int8)
        return {
            f"{name}weights": np.ascontiguousarray(integers),
            f"{name}scale": scale,
            f"{name}bias": np.round(self.bias, 4).astype(np.float32),
        }


def from_arrays(
    classes: Sequence[str], arrays: Mapping[str, npt.NDArray[Any]], name: str
) -> LinearHead:
    """Build a head from what `arrays` gave.

    Raises ValueError if the number of labels and the shapes differ, KeyError if one is missing.
    """
    integers, scale = arrays[f"{name}weights"], arrays[f"{name}scale"]
    bias = arrays[f"{name}bias"]
    if not integers.shape[1] == len(scale) == len(bias) == len(classes):
        raise ValueError(f"{name}: {integers.shape[1]} columns for {len(classes)} labels")
    return LinearHead(tuple(classes), integers.astype(np.float32) * scale, bias)


def fit_single(
    matrix: csr_array,
    labels: Sequence[str],
    classes: Sequence[str],
    sample_weight: npt.NDArray[np.float64],
    *,
    inverse_penalty: float,
    seed: int = 0,
) -> LinearHead:
    """Fit a blend of multinomial logistic regression and a linear support vector machine.

    Both are linear over the same features, so their weighted sum is one head and costs
    nothing more to use; on dev rows it ranks the right label first more often than either
    alone, with logistic regression's smooth scores. A class without any row gets zero
    weights and a bias below every other, so that it can still win on duties or precedents
    but never on nothing.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=inverse_penalty, max_iter=200, tol=1e-4)
    model.fit(matrix, np.asarray(labels), sample_weight=sample_weight)
    weights, bias = _spread(model, classes)
    sharp = fit_machine(
        matrix,
        labels,
        classes,
        sample_weight,
        inverse_penalty=inverse_penalty / MACHINE_PENALTY,
        seed=seed,
    )
    blended = weights + MACHINE_SHARE * sharp.weights
    return LinearHead(tuple(classes), blended, bias + MACHINE_SHARE * sharp.bias)


def fit_machine(
    matrix: csr_array,
    labels: Sequence[str],
    classes: Sequence[str],
    sample_weight: npt.NDArray[np.float64],
    *,
    inverse_penalty: float,
    seed: int = 0,
) -> LinearHead:
    """Fit a linear support vector machine, one label against the rest.

    A class without any row gets zero weights and a bias below every other.
    Raises ValueError if all rows have the same label.
    """
    from sklearn.svm import LinearSVC

    model = LinearSVC(C=inverse_penalty, random_state=seed)
    model.fit(matrix, np.asarray(labels), sample_weight=sample_weight)
    return LinearHead(tuple(classes), *_spread(model, classes))


def _spread(model: Any, classes: Sequence[str]) -> tuple[Floats, Floats]:  # noqa: ANN401 - sklearn
    coefficients, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one row for two classes
        coefficients = np.vstack([-coefficients, coefficients]) / 2
        intercepts = np.concatenate([-intercepts, intercepts]) / 2
    weights = np.zeros((coefficients.shape[1], len(classes)), np.float32)
    bias = np.full(len(classes), intercepts.min() - 3.0, np.float32)
    for row, label in enumerate(model.classes_):
        weights[:, classes.index(label)] = coefficients[row]
        bias[classes.index(label)] = intercepts[row]
    return weights, bias


def fit_multi(
    matrix: csr_array,
    targets: npt.NDArray[np.int8],
    classes: Sequence[str],
    sample_weight: npt.NDArray[np.float64],
    *,
    inverse_penalty: float,
) -> LinearHead:
    """Fit one logistic regression a label: any number of labels a text.

    `targets` is (texts, labels) of 0 and 1. A label with no positive row gets bias -8.
    """
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((matrix.shape[1], len(classes)), np.float32)
    bias = np.full(len(classes), -8.0, np.float32)
    for column in range(len(classes)):
        target = targets[:, column]
        if not 0 < target.sum() < len(target):
            bias[column] = 8.0 if target.any() else -8.0
            continue
        model = LogisticRegression(C=inverse_penalty, max_iter=200, tol=1e-4, solver="liblinear")
        model.fit(matrix, target, sample_weight=sample_weight)
        weights[:, column], bias[column] = model.coef_[0], model.intercept_[0]
    return LinearHead(tuple(classes), weights, bias)
