"""One Markdown table of all systems, and the page that keeps it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.encoders.figure import Figure
from benchmarks.encoders.machine import versions
from benchmarks.encoders.run import Line, Table

GAP = "—"


@dataclass(frozen=True, slots=True)
class Column:
    """A figure's name in the results, its head, and how it is written."""

    figure: str
    head: str
    shown: Callable[[Figure], str]


def percent(figure: Figure) -> str:
    """Write a share in per cent with its standard error, which says how far it may be off."""
    error = "" if figure.error is None else f" ± {figure.error * 100:.1f}"
    return f"{figure.value * 100:.1f}{error}"


def plain(figure: Figure) -> str:
    """Write a number with about three digits."""
    return f"{figure.value:,.0f}" if figure.value >= 100 else f"{figure.value:.3g}"


COLUMNS = (
    Column("topic", "topic, real titles", percent),
    Column("real1", "lead @1, real titles", percent),
    Column("real3", "lead @3, real titles", percent),
    Column("test1", "lead @1, own test", percent),
    Column("test3", "lead @3, own test", percent),
    Column("messages", "messages, macro F1", percent),
    Column("provincial", "provincial, accuracy", percent),
    Column("speed", "texts a second", plain),
    Column("size", "size, MB", plain),
    Column("seconds", "training, s", plain),
)


def markdown(table: Table) -> str:
    """Return the table; a column that no system has a figure for is left out."""
    rows = [figures(line) for line in table.lines]
    sizes = {c.figure: _usual(rows, c.figure) for c in COLUMNS}
    columns = [c for c in COLUMNS if any(c.figure in row for row in rows)]
    heads = [f"{c.head} (n = {n:,})" if (n := sizes[c.figure]) else c.head for c in columns]
    lines = [_joined(["system", *heads]), _joined(["---"] * (len(heads) + 1))]
    for line, row in zip(table.lines, rows, strict=True):
        cells = [_cell(c, row.get(c.figure), sizes[c.figure]) for c in columns]
        lines.append(_joined([f"`{line.entry.name}`", *cells]))
    return "\n".join(lines)


def figures(line: Line) -> dict[str, Figure]:
    return {name: one for kept in line.kept for name, one in kept.result.figures.items()}


def _usual(rows: Sequence[dict[str, Figure]], name: str) -> int | None:
    """Return the number of rows that most systems were measured on."""
    found = Counter(row[name].rows for row in rows if name in row)
    return found.most_common(1)[0][0] if found else None


def _cell(column: Column, figure: Figure | None, usual: int | None) -> str:
    if figure is None:
        return GAP
    other = f" (n = {figure.rows:,})" if figure.rows != usual else ""
    return column.shown(figure) + other


def _joined(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def notes(table: Table) -> str:
    """Return what the systems are, what they said, and what is missing."""
    return "\n".join(_notes(table))


def _notes(table: Table) -> Iterator[str]:
    for line in table.lines:
        remarks = dict.fromkeys(text for kept in line.kept for text in kept.result.remarks)
        said = f" {'; '.join(remarks)}." if remarks else ""
        yield f"- `{line.entry.name}`: {line.entry.about}.{said}"
        for fault in line.faults:
            yield f"  - not measured: {fault}"
    yield from (f"- {fault}" for fault in table.skipped)


def page(table: Table, command: str, rest: str = "") -> str:
    """Return the page that `--out` writes; `rest` is what it held behind the table."""
    kept = [one for line in table.lines for one in line.kept]
    machines = "; ".join(dict.fromkeys(one.machine for one in kept)) or GAP
    days = sorted({one.day for one in kept})
    packages = versions(name for line in table.lines for name in line.entry.packages)
    when = " to ".join(dict.fromkeys((days[0], days[-1]))) if days else GAP
    parts = [
        "# Benchmarks",
        "Written by a program; don't edit. All systems learn from the same rows and are asked "
        "the same questions. Shares are in per cent, ± one standard error over the rows: "
        "differences of less than about two of them are the rows' chance.",
        markdown(table),
        f"`{command}`, {when}, {machines}; {packages}.",
        "## Questions",
        "\n".join(f"- `{task.name}`: {task.about}" for task in table.tasks),
        "## Systems",
        notes(table),
        rest,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"
