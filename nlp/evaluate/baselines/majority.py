"""The answer that is right most often if nothing is read."""

from __future__ import annotations

import numpy as np

from nlp.evaluate.baselines.labels import shares
from nlp.evaluate.baselines.lessons import FOLDS, Lessons
from nlp.evaluate.metrics import Floats, Ints


def majority(lessons: Lessons, codes: Ints, size: int) -> Floats:
    """Return how frequent each label is among the examples that a row may learn from.

    :param codes: each example's label, UNKNOWN if it has none.
    :param size: how many labels there are.

    Returns (rows, size); even chances where no example is labelled.
    """
    counts = np.zeros((FOLDS, size))
    known = codes >= 0
    np.add.at(counts, (lessons.example_fold[known], codes[known]), lessons.weights[known])
    others = (1.0 - np.eye(FOLDS)) @ counts
    return shares(others)[lessons.fold]
