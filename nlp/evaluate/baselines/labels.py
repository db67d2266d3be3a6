"""The labels that baselines answer in: those of the model they stand beside, or the shipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nlp.evaluate.metrics import Floats, Ints

if TYPE_CHECKING:
    from nlp.classify.router import Router
    from nlp.taxonomy import Function

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Labels:
    """Topics with their Chinese names, functions that may lead, functions with duties to read by.

    Either of the first two is empty where the model that is compared knows no such labels.
    """

    topics: Mapping[str, str]
    functions: tuple[Function, ...]
    spoken: tuple[Function, ...]


def labels_of(router: Router) -> Labels:
    """Return a router's labels; duties are the shipped ones if it has no functions."""
    from nlp.taxonomy import load_functions

    topics = router.topics
    return Labels(
        topics=dict(zip(topics.labels, topics.names, strict=True)) if topics else {},
        functions=router.functions if router.units else (),
        spoken=router.functions or load_functions(),
    )


def shipped_labels() -> Labels:
    """Return the topics and functions of the shipped taxonomy."""
    from nlp.taxonomy import load_functions, load_scheme

    functions = load_functions()
    topics = {topic.key: topic.name for topic in load_scheme().topics}
    return Labels(topics, functions, functions)


def coded(given: Sequence[str | None], labels: Sequence[str]) -> Ints:
    """Return each label's column, UNKNOWN for none and for a label that has no column."""
    number = {label: column for column, label in enumerate(labels)}
    return np.array([number.get(label or "", UNKNOWN) for label in given], np.int64)


def shares(scores: Floats) -> Floats:
    """Make chances of non-negative scores, a row each; rows of nothing are even."""
    total = scores.sum(axis=1, keepdims=True)
    even = np.full(scores.shape, 1.0 / max(1, scores.shape[1]))
    return np.asarray(np.divide(scores, total, out=even, where=total > 0), np.float64)
