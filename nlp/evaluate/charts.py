"""What every report draws: bars with 95 % intervals, and the shaded cells of a confusion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nlp.evaluate.bootstrap import Estimate

_RIGHT, _WRONG = "26, 127, 75", "179, 38, 30"
"""Colours (red, green, blue) of the confusion's diagonal and of the rest."""
_STRONGEST = 0.55
"""The strongest shade still leaves black figures a contrast above 4.5."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One system's value; `width`, `low` and `high` are per cent of the chart's width."""

    name: str
    text: str
    width: float
    low: float
    high: float
    ours: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one figure; `note` says what it is."""

    title: str
    note: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of rows on a coloured ground; `shade` is its opacity."""

    count: int
    colour: str
    shade: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A confusion: gold labels by name, each with its cells under `heads`."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def bar(name: str, found: Estimate, write: Callable[[float], str], *, ours: bool) -> Bar:
    """Draw a share (0 to 1) over the chart's whole width."""
    width, low, high = (round(100 * v, 2) for v in (found.value, found.low, found.high))
    return Bar(name, write(found.value), width, low, high, ours)


def shaded(count: int, total: int, *, right: bool) -> Cell:
    """Shade a count by its share of the gold label's `total` rows.

    By the root of the share: a tenth of the rows taken for another label must be seen.
    """
    shade = round(_STRONGEST * (count / (total or 1)) ** 0.5, 2)
    return Cell(count, _RIGHT if right else _WRONG, shade)


def plain(count: int) -> Cell:
    """Leave a count without shade, where it holds right and wrong answers."""
    return Cell(count, _RIGHT, 0.0)
