"""Tables of a report before they are markup: columns, cells, and what each is sorted by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from nlp.evaluate.bootstrap import Estimate
from nlp.evaluate.lines import NONE, number, percent
from nlp.evaluate.words import span, written

SHOWN = 200
"""Rows of a table: more would not be read, and the file would grow past what mail takes."""
LONGEST = 80
"""Characters of a text in a cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: a text, a bar of `width` per cent, small lines below.

    `by` is what its column sorts by; `mark` (good, open or bad) is the colour of the last thing
    said, a `verdict` below everything else or, without one, the text.
    """

    text: str
    by: float | str
    mark: str = ""
    width: float | None = None
    below: tuple[str, ...] = ()
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A head; figures stand on the right."""

    head: str
    figures: bool = False


class Shape(StrEnum):
    """Tables of figures scroll in a box, rows of texts fold (each cell under its head).

    A small one fits as it is, and has nothing to sort.
    """

    SCROLLS = "wide"
    FOLDS = "folding"
    FITS = "fits"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; `label` is read to people who can't see it.

    `shape` says what becomes of it on a telephone. `left` counts the rows that were cut.
    """

    label: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shape: Shape = Shape.SCROLLS
    left: int = 0


def sheet(
    label: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...]],
    *,
    shape: Shape = Shape.SCROLLS,
) -> Sheet:
    """Cut rows to what is useful. ValueError if a row does not fit the columns."""
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"{len(row)} cells under {len(columns)} columns in {label}")
    cut = max(0, len(rows) - SHOWN)
    return Sheet(label, tuple(columns), tuple(rows[:SHOWN]), shape, cut)


def words(text: str, *below: str, mark: str = "") -> Cell:
    """Return a cell of text, which sorts by its characters."""
    return Cell(shortened(text) or NONE, shortened(text), mark, None, below)


def count(value: int) -> Cell:
    """Return a cell with a number of rows."""
    return Cell(str(value), value)


def share(value: float | None, *below: str, bar: bool = False) -> Cell:
    """Return a cell with a share as per cent, drawn as a bar if wanted."""
    width = round(100 * value, 1) if bar and value is not None else None
    return Cell(percent(value), _by(value), "", width, below)


def measure(value: float | None, *, bar: bool = False) -> Cell:
    """Return a cell with a measure between 0 and 1, such as F1."""
    width = round(100 * value, 1) if bar and value is not None else None
    return Cell(number(value), _by(value), "", width)


def estimated(key: str, found: Estimate | None, verdict: str = "", mark: str = "") -> Cell:
    """Return a cell with a figure, its interval, and what the rows say of it."""
    if found is None:
        return Cell(NONE, _by(None))
    text, below = written(key, found.value), (span(key, found),)
    return Cell(text, _by(found.value), mark, None, below, verdict)


def shortened(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _by(value: float | None) -> float:
    """Sort what is not known below everything that is."""
    return -1.0 if value is None else round(value, 4)
