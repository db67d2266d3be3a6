"""Answers written down, for the looks at errors that need no model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nlp.corpus.rows import Row
from nlp.evaluate.answers import Answers, AnswerTask

LABELS = ("water", "roads", "schools")
NAMES = {"water": "水利", "roads": "道路"}


def answers(
    gold: Sequence[int],
    said: Sequence[int],
    *,
    sure: Sequence[float] = (),
    rows: Sequence[Row] = (),
    labels: Sequence[str] = LABELS,
) -> Answers:
    """Make answers: column numbers of gold (-1 for none) and of what is said, how surely."""
    chances = np.full((len(said), len(labels)), 0.0)
    for i, column in enumerate(said):
        best = sure[i] if sure else 0.8
        chances[i] = (1 - best) / (len(labels) - 1)
        chances[i, column] = best
    made = tuple(rows) or tuple(Row(str(i), f"第{i}件") for i in range(len(said)))
    return Answers(AnswerTask.LEAD, tuple(labels), NAMES, made, np.array(gold, np.int64), chances)
