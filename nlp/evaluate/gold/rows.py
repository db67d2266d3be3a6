"""Gold rows with the place in a file that each one is from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from nlp.corpus.rows import Row


@dataclass(frozen=True, slots=True)
class Gold:
    """Labelled rows, and Chinese notes on what of the input could not be used.

    `where` says of each row which file, sheet and line it is from: 分办表.xlsx 表“2023” 第4行.
    `unread` rows could not be read and are not among them.
    """

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    unread: int = 0

    @property
    def labelled(self) -> bool:
        """Tell whether any row says anything that a model could be held against."""
        return any(row.topics or row.lead or row.co for row in self.rows)


def joined(parts: Iterable[Gold]) -> Gold:
    """Put the rows of several inputs one after another, with all notes."""
    each = tuple(parts)
    return Gold(
        tuple(chain.from_iterable(part.rows for part in each)),
        tuple(chain.from_iterable(part.notes for part in each)),
        tuple(chain.from_iterable(part.where for part in each)),
        sum(part.unread for part in each),
    )
