"""What a baseline may learn from: the gold rows of other folds, or training rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nlp.evaluate.metrics import Floats, Ints
from nlp.evaluate.readable import readable
from nlp.evaluate.run import row_groups

if TYPE_CHECKING:
    from nlp.classify.features import Text
    from nlp.corpus.rows import Row
    from nlp.evaluate.readable import Readable

FOLDS = 5
SEED = 20040701
OPENING = 60
"""Characters of a body that stand for a title where there is none."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """Examples with labels, and rows that are asked about.

    A row learns from the examples of another fold than its own.
    """

    examples: tuple[Row, ...]
    example_titles: tuple[str, ...]
    example_fold: Ints
    titles: tuple[str, ...]
    fold: Ints

    @property
    def weights(self) -> Floats:
        return np.array([row.weight for row in self.examples], np.float64)


def lessons_from(asked: Readable, training: Sequence[Row] | None) -> Lessons:
    """Let rows learn from training rows if there are any, else from one another.

    From one another means FOLDS-fold cross-fitting: near-duplicates share a fold, so no row
    learns from itself or its copy.
    """
    titles = tuple(map(_title, asked.texts))
    if training is None:
        fold = deal(row_groups(asked.rows))
        return Lessons(asked.rows, titles, fold, titles, fold)
    known = readable(training)
    return Lessons(
        known.rows,
        tuple(map(_title, known.texts)),
        np.zeros(len(known.rows), np.int64),
        titles,
        np.ones(len(titles), np.int64),
    )


def deal(groups: Sequence[int]) -> Ints:
    """Deal whole groups to FOLDS folds at random; same groups, same folds."""
    names, group = np.unique(np.asarray(groups, np.int64), return_inverse=True)
    places = np.random.default_rng(SEED).permutation(len(names))
    return np.asarray((places % FOLDS)[group], np.int64)


def _title(text: Text) -> str:
    return text.title or text.body[:OPENING]
