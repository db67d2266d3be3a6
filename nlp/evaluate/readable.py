"""Rows that can be asked about: the ones that cleaning leaves a text of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.classify.features import Text, clean_pair

if TYPE_CHECKING:
    from nlp.corpus.rows import Row


@dataclass(frozen=True, slots=True)
class Readable:
    """Rows in their order with their cleaned texts; `empty` are ids of rows without any."""

    rows: tuple[Row, ...]
    texts: tuple[Text, ...]
    empty: tuple[str, ...]


def readable(rows: Sequence[Row]) -> Readable:
    """Clean rows and put the blank ones aside: whoever answers is asked about the same rows."""
    read = [(row, clean_pair(row.title, row.body)) for row in rows]
    kept = [(row, text) for row, text in read if text.whole.strip()]
    return Readable(
        tuple(row for row, _ in kept),
        tuple(text for _, text in kept),
        tuple(row.id for row, text in read if not text.whole.strip()),
    )
