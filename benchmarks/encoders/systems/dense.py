"""Logistic regression on dense vectors of a fixed encoder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from benchmarks.shared.figure import Floats
from nlp.classify.features import Text

INVERSE_PENALTY = 100.0
"""Vectors of unit length need little: 100 was best on real titles, the frozen e5 encoder."""


class Reader(Protocol):
    """A fixed encoder; `remembered` may keep what it read, for folds that share rows."""

    def remembered(self, texts: Sequence[Text]) -> npt.NDArray[np.float32]: ...

    def encode(self, texts: Sequence[Text]) -> npt.NDArray[np.float32]: ...


class DenseRegression:
    """Multinomial logistic regression; the encoder's files count for the size."""

    def __init__(self, reader: Reader, files: Sequence[Path]) -> None:
        from sklearn.linear_model import LogisticRegression

        self.remark = ""
        self._reader = reader
        self._files = files
        self._model = LogisticRegression(C=INVERSE_PENALTY, max_iter=1000)

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(map(str, self._model.classes_))

    def fit(self, texts: Sequence[Text], labels: Sequence[str], weights: Floats) -> None:
        vectors = self._reader.remembered(texts)
        self._model.fit(vectors, np.asarray(labels), sample_weight=weights)

    def predict_scores(self, texts: Sequence[Text]) -> Floats:
        return np.asarray(self._model.predict_proba(self._reader.encode(texts)), np.float64)

    def size(self) -> int:
        head = self._model.coef_.nbytes + self._model.intercept_.nbytes
        return files_size(self._files) + int(head)


def files_size(files: Iterable[Path]) -> int:
    """Return the bytes of files; folders and files that are missing count nothing."""
    return sum(file.stat().st_size for file in files if file.is_file())
