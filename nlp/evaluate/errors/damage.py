"""How damaged a text is: the share of its characters that cleaning had to change or drop."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from nlp.text.clean import clean

if TYPE_CHECKING:
    from nlp.corpus.rows import Row


@cache
def damage(row: Row) -> float:
    """Return a share of title and body together.

    Remembered: several tasks and models are sliced on the same rows.
    """
    size = len(row.title) + len(row.body)
    return (mended(row.title) + mended(row.body)) / size if size else 0.0


def mended(text: str) -> int:
    """Return how many characters of a text cleaning changes or drops."""
    result = clean(text)
    if result.offsets is None:
        return sum(one != other for one, other in zip(text, result.text, strict=True))
    pairs = zip(result.offsets, result.text, strict=True)
    return len(text) - len({at for at, char in pairs if text[at] == char})
