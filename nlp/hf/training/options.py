"""How a run of fine-tuning goes; no import, since the command line reads the defaults."""

from __future__ import annotations

from dataclasses import dataclass


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
