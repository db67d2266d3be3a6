"""Figures of systems as one Markdown table, and the line that says what they were measured on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.shared.cache import Kept
from benchmarks.shared.figure import Figure
from benchmarks.shared.machine import versions

GAP = "—"


@dataclass(frozen=True, slots=True)
class Column:
    """A figure's name in the results, its head, and how it is written."""

    figure: str
    head: str
    shown: Callable[[Figure], str]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A system's name and its figures by name."""

    name: str
    figures: Mapping[str, Figure]


def percent(figure: Figure) -> str:
    """Write a share in per cent with its standard error, which says how far it may be off."""
    error = "" if figure.error is None else f" ± {figure.error * 100:.1f}"
    return f"{figure.value * 100:.1f}{error}"


def plain(figure: Figure) -> str:
    """Write a number with about three digits."""
    return f"{figure.value:,.0f}" if figure.value >= 100 else f"{figure.value:.3g}"


def figure_table(rows: Sequence[TableRow], columns: Sequence[Column]) -> str:
    """Return the table; a column that no system has a figure for is left out."""
    sizes = {c.figure: _usual(rows, c.figure) for c in columns}
    columns = [c for c in columns if any(c.figure in row.figures for row in rows)]
    heads = [f"{c.head} (n = {n:,})" if (n := sizes[c.figure]) else c.head for c in columns]
    lines = [_joined(["system", *heads]), _joined(["---"] * (len(heads) + 1))]
    for row in rows:
        cells = [_cell(c, row.figures.get(c.figure), sizes[c.figure]) for c in columns]
        lines.append(_joined([f"`{row.name}`", *cells]))
    return "\n".join(lines)


def _usual(rows: Sequence[TableRow], name: str) -> int | None:
    """Return the number of rows that most systems were measured on."""
    found = Counter(row.figures[name].rows for row in rows if name in row.figures)
    return found.most_common(1)[0][0] if found else None


def _cell(column: Column, figure: Figure | None, usual: int | None) -> str:
    if figure is None:
        return GAP
    other = f" (n = {figure.rows:,})" if figure.rows != usual else ""
    return column.shown(figure) + other


def _joined(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def measured_on(command: str, kept: Sequence[Kept], packages: Iterable[str]) -> str:
    """Return the command, the days, the machines and the versions of packages."""
    machines = "; ".join(dict.fromkeys(one.machine for one in kept)) or GAP
    days = sorted({one.day for one in kept})
    when = " to ".join(dict.fromkeys((days[0], days[-1]))) if days else GAP
    return f"`{command}`, {when}, {machines}; {versions(packages)}."
