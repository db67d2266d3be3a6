"""Gold rows that the model has learned from, in these or nearly these words.

A model that is asked what it was told looks better than it is (Kapoor & Narayanan 2023,
"Leakage and the reproducibility crisis in machine-learning-based science").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nlp.corpus.duplicates import Twin, nearest_duplicates
from nlp.evaluate.errors.training import CorpusState, TrainingRows

if TYPE_CHECKING:
    from nlp.corpus.rows import Row


@dataclass(frozen=True, slots=True)
class Leak:
    """A gold row and the most similar training row; `similarity` is 85 to 100.

    `position` is the row's number among the rows that were checked, from 0: ids may occur twice.
    """

    position: int
    id: str
    title: str
    training_id: str
    training_title: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Leakage:
    """What was held against which corpus, and every gold row that was found there."""

    corpus: str
    state: CorpusState
    training_rows: int
    checked_rows: int
    pairs: tuple[Leak, ...]


def find_leaks(rows: Sequence[Row], training: TrainingRows) -> Leakage:
    """Compare titles, or the beginnings of bodies without one, as splitting a corpus does."""
    learned = training.rows
    twins = _twins(tuple(map(_text, rows)), tuple(map(_text, learned)))
    pairs = tuple(
        Leak(
            i,
            row.id,
            _text(row),
            learned[twin.number].id,
            _text(learned[twin.number]),
            round(twin.similarity, 1),
        )
        for i, (row, twin) in enumerate(zip(rows, twins, strict=True))
        if twin
    )
    return Leakage(training.name, training.state, len(learned), len(rows), pairs)


@lru_cache(maxsize=2)
def _twins(texts: tuple[str, ...], others: tuple[str, ...]) -> tuple[Twin | None, ...]:
    """Look for each text's twin; remembered, for models compared often share their corpus."""
    return tuple(nearest_duplicates(texts, others))


def without_leaks(rows: Sequence[Row], found: Leakage) -> list[Row]:
    """Return the rows that the model has not learned from; `rows` are those that were checked."""
    leaked = {leak.position for leak in found.pairs}
    return [row for i, row in enumerate(rows) if i not in leaked]


def _text(row: Row) -> str:
    return row.title or row.body[:60]
