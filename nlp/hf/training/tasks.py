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


@dataclass(frozen=True, slots=True)
class FineTuning:
    """Settings of a run; the defaults suit titles and short texts on two cores.

    `frozen` lowest layers and the word embeddings keep their values: they hold what words
    mean, and leaving them alone saves a third of the time. The dev examples are looked at
    LOOKS times a pass; `patience` passes without a better loss end the run.
    """

    passes: int = 3
    learning_rate: float = 5e-5
    head_learning_rate: float = 2e-3
    batch: int = 32
    frozen: int = 4
    dropout: float = 0.1
    warmup: float = 0.06
    patience: int = 1
    window: int = 192
    seed: int = 0


LOOKS = 3
"""How often a pass is interrupted to look at the dev examples and to keep a checkpoint."""
