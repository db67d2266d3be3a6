"""TF-IDF and a linear support vector machine: what scikit-learn's users reach for first."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.shared.figure import Floats
from nlp.classify.features import Text
from nlp.heads.calibrate import softmax

SHARPNESS = 10.0
"""Margins say an order, not how sure it is. So sharp, the sum of functions that are folded
together hardly exceeds the largest of them, and the order stays."""


class TfidfSvm:
    """Sublinear TF-IDF of whatever `vectoriser` counts, below a `LinearSVC` of its defaults."""

    def __init__(self, vectoriser: Any) -> None:  # noqa: ANN401 - scikit-learn is untyped
        from sklearn.svm import LinearSVC

        self.remark = ""
        self._vectoriser = vectoriser
        self._machine = LinearSVC(random_state=0)

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(map(str, self._machine.classes_))

    def fit(self, texts: Sequence[Text], labels: Sequence[str], weights: Floats) -> None:
        matrix = self._vectoriser.fit_transform([text.whole for text in texts])
        self._machine.fit(matrix, np.asarray(labels), sample_weight=weights)

    def predict_scores(self, texts: Sequence[Text]) -> Floats:
        """Return sharp softmax of the margins: no probabilities, but in their order."""
        matrix = self._vectoriser.transform([text.whole for text in texts])
        margins = np.asarray(self._machine.decision_function(matrix), np.float64)
        if margins.ndim == 1:  # scikit-learn keeps one column for two classes
            margins = np.stack([-margins, margins], axis=1)
        return np.asarray(softmax(margins * SHARPNESS), np.float64)

    def size(self) -> int:
        """Return the length of the pickle, in which scikit-learn's users keep models."""
        return len(pickle.dumps((self._vectoriser, self._machine)))
