"""Boosted regression trees as plain arrays: fitted once by scikit-learn, read by anyone.

A tree is five columns of numbers; walking all trees for all rows is array arithmetic, so
that using them needs neither scikit-learn nor a pickle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
CHUNK = 1024
"""Rows walked at a time: the positions of all trees for them stay in the cache."""


@dataclass(frozen=True)
class Trees:
    """`predict` = base + the sum of one leaf a tree.

    Node arrays have shape (trees, nodes): `feature` (-1 in a leaf), `threshold`, `left`,
    `right` (positions in the same row), `value`.
    """

    base: float
    feature: npt.NDArray[np.int16]
    threshold: Floats
    left: npt.NDArray[np.int16]
    right: npt.NDArray[np.int16]
    value: Floats

    def predict(self, rows: Floats) -> Floats:
        """Return one number a row; rows is (rows, features)."""
        parts = [self._walk(rows[at : at + CHUNK]) for at in range(0, len(rows), CHUNK)]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    @cached_property
    def _flat(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Return each tree's first node, and left and right as positions over all trees.

        Looking up in one dimension takes half the time.
        """
        first = np.arange(len(self.feature), dtype=np.int32) * self.feature.shape[1]
        left, right = (one.astype(np.int32) + first[:, None] for one in (self.left, self.right))
        return first, left.ravel(), right.ravel()

    def _walk(self, rows: Floats) -> Floats:
        first, left, right = self._flat
        features, thresholds = self.feature.ravel(), self.threshold.ravel()
        here = np.broadcast_to(first, (len(rows), len(first))).copy()
        base = (np.arange(len(rows)) * rows.shape[1])[:, None]
        values = np.ascontiguousarray(rows).ravel()
        while True:
            feature = features.take(here)
            inner = feature >= 0
            if not inner.any():
                break
            smaller = values.take(base + np.maximum(feature, 0)) <= thresholds.take(here)
            onward = np.where(smaller, left.take(here), right.take(here))
            here = np.where(inner, onward, here)
        result: Floats = self.base + self.value.ravel().take(here).sum(axis=1, dtype=np.float32)
        return result

    def arrays(self, name: str) -> dict[str, npt.NDArray[Any]]:
        """Return the arrays to store, their names beginning with `name`."""
        return {
            f"{name}base": np.array([self.base], np.float32),
            f"{name}feature": self.feature,
            f"{name}threshold": self.threshold,
            f"{name}left": self.left,
            f"{name}right": self.right,
            f"{name}value": self.value,
        }


def trees_from_arrays(arrays: Mapping[str, npt.NDArray[Any]], name: str, features: int) -> Trees:
    """Build trees from what `arrays` gave.

    Raises KeyError if one is missing, ValueError for other shapes or kinds of numbers, where
    a node points outside its tree or to an earlier one (walking would never end), or to a
    feature that rows don't have.
    """
    base, feature, threshold, left, right, value = (
        arrays[f"{name}{part}"]
        for part in ("base", "feature", "threshold", "left", "right", "value")
    )
    if not feature.shape == threshold.shape == left.shape == right.shape == value.shape:
        raise ValueError(f"{name}: arrays of different shapes")
    if feature.ndim != 2 or not feature.size or base.shape != (1,):
        raise ValueError(f"{name}: no trees")
    if any(each.dtype != np.int16 for each in (feature, left, right)):
        raise ValueError(f"{name}: nodes are no whole numbers")
    inner = feature >= 0
    own = np.broadcast_to(np.arange(feature.shape[1]), feature.shape)
    for onward in (left, right):
        if np.any(inner & ((onward <= own) | (onward >= feature.shape[1]))):
            raise ValueError(f"{name}: a node points outside its tree")
    if np.any(feature >= features):
        raise ValueError(f"{name}: a node asks for a feature beyond {features}")
    return Trees(float(base[0]), feature, threshold, left, right, value)


def fit_trees(rows: Floats, target: npt.NDArray[np.floating], *, seed: int) -> Trees:
    """Fit gradient-boosted trees (Friedman 2001, histogram variant) by squared error."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    model = HistGradientBoostingRegressor(
        max_iter=150,
        learning_rate=0.06,
        max_depth=4,
        min_samples_leaf=60,
        l2_regularization=1.0,
        max_features=0.5,
        early_stopping=False,
        random_state=seed,
    )
    model.fit(rows, target)
    grown = [one[0].nodes for one in model._predictors]  # no public way to the nodes
    size = max(map(len, grown))
    feature = np.full((len(grown), size), -1, np.int16)
    left, right = np.zeros((2, len(grown), size), np.int16)
    threshold, value = np.zeros((2, len(grown), size), np.float32)
    for at, nodes in enumerate(grown):
        here = slice(0, len(nodes))
        leaf = nodes["is_leaf"].astype(bool)
        feature[at, here] = np.where(leaf, -1, nodes["feature_idx"])
        threshold[at, here] = _rounded_down(nodes["num_threshold"])
        left[at, here], right[at, here] = nodes["left"], nodes["right"]
        value[at, here] = np.where(leaf, nodes["value"], 0.0)
    base = float(np.asarray(model._baseline_prediction).ravel()[0])
    return Trees(base, feature, threshold, left, right, value)


def _rounded_down(thresholds: npt.NDArray[np.float64]) -> Floats:
    """Return the float32 next below: a float32 is at most this where it is at most the float64."""
    near = thresholds.astype(np.float32)
    below = np.nextafter(near, np.float32(-np.inf))
    result: Floats = np.where(near > thresholds, below, near)
    return result
