"""What a network learns at the same time, in values that need no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Kind(StrEnum):
    """How many labels of a task are right: just one, or any number."""

    SINGLE = "single"
    MULTI = "multi"


@dataclass(frozen=True, slots=True)
class Task:
    """A set of labels; `share` is what its loss counts, `smoothing` goes to all labels."""

    name: str
    kind: Kind
    labels: tuple[str, ...]
    share: float = 1.0
    smoothing: float = 0.0


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text, and what its vector counts in the text's."""

    text: str
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """A text in segments with its targets: a row of chances or of 0 and 1 for every task.

    A target of -1 everywhere means "not labelled".
    """

    segments: tuple[Segment, ...]
    targets: Mapping[str, Floats]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class TaskHead:
    """A task's linear layer over unit vectors: weights (hidden, labels), bias (labels,)."""

    task: Task
    weights: Floats
    bias: Floats
