"""Topics: one ranking over the scheme's labels, and which of them to accept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.classify.products import row_product
from nlp.heads.calibrate import softmax
from nlp.heads.linear import LinearHead
from nlp.types import TopicScore

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]
FLOOR = 0.005
"""Added to a function's chance before its logarithm is a feature: below it, all are alike."""


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Ranks topics by the chance that each is the primary one.

    `by_function` is P(topic | function), (functions, topics): what the likely units say
    about the topic enters with `function_weight`. `thresholds` tell from which chance on a
    second topic is accepted; None where the labels are exclusive and none has a meaning.
    `function_logits` (functions, labels) is what an office's own categories make of the
    logarithms of the functions' chances; None in a model that was not adapted.
    """

    labels: tuple[str, ...]
    names: tuple[str, ...]
    head: LinearHead
    temperature: float = 1.0
    thresholds: tuple[float, ...] | None = None
    by_function: Floats | None = None
    function_weight: float = 0.0
    function_logits: Floats | None = None

    def logits(self, matrix: csr_array, functions: Floats | None) -> Floats:
        """Return uncalibrated scores (texts, topics); `functions` are P(function | text)."""
        scores = self.head.decision(matrix).astype(np.float64)
        if functions is not None and self.by_function is not None:
            implied = np.log(row_product(functions, self.by_function) + 1e-3)
            scores = scores + self.function_weight * implied
        if functions is not None and self.function_logits is not None:
            scores = scores + row_product(floored_logs(functions), self.function_logits)
        return scores

    def probabilities(self, matrix: csr_array, functions: Floats | None) -> Floats:
        """Return calibrated chances, rows sum to 1."""
        return softmax(self.logits(matrix, functions) / self.temperature)

    def ranked(self, row: Floats) -> tuple[TopicScore, ...]:
        chances = row.tolist()
        return tuple(
            TopicScore(self.labels[i], self.names[i], round(chances[i], 4)) for i in falling(row)
        )

    def accepted(self, row: Floats) -> tuple[str, ...]:
        """Return the primary topic and every other one whose chance reaches its threshold."""
        first, *others = falling(row)
        if self.thresholds is None:
            return (self.labels[first],)
        chances = row.tolist()
        rest = (i for i in others if chances[i] >= self.thresholds[i])
        return tuple(self.labels[i] for i in (first, *rest))


def falling(row: Floats) -> list[int]:
    """Return the numbers of chances from the largest on, the first of equal ones first."""
    order: list[int] = (-row).argsort(kind="stable").tolist()
    return order


def floored_logs(functions: Floats) -> Floats:
    """Return the logarithms of chances (texts, functions), hardly below that of FLOOR."""
    return np.asarray(np.log(functions + FLOOR), np.float64)


def topic_given_function(
    leads: Sequence[str | None],
    topics: Sequence[str | None],
    functions: Sequence[str],
    labels: Sequence[str],
    weights: Sequence[float],
) -> Floats:
    """Count P(primary topic | lead function) over training rows, smoothed by one row a topic."""
    counts = np.ones((len(functions), len(labels)))
    rows = {key: i for i, key in enumerate(functions)}
    columns = {key: i for i, key in enumerate(labels)}
    for lead, topic, weight in zip(leads, topics, weights, strict=True):
        if lead in rows and topic in columns:
            counts[rows[lead], columns[topic]] += weight
    result: Floats = counts / counts.sum(axis=1, keepdims=True)
    return np.round(result, 4)
