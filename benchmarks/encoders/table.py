"""One Markdown table of all systems, and the page that keeps it."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.encoders.run import Line, Table
from benchmarks.shared.figure import Figure
from benchmarks.shared.table import Column, TableRow, figure_table, measured_on, percent, plain

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
    return figure_table([TableRow(line.entry.name, figures(line)) for line in table.lines], COLUMNS)


def figures(line: Line) -> dict[str, Figure]:
    return {name: one for kept in line.kept for name, one in kept.result.figures.items()}


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
    packages = {name for line in table.lines for name in line.entry.packages}
    parts = [
        "# Benchmarks",
        "Written by a program; don't edit. All systems learn from the same rows and are asked "
        "the same questions. Shares are in per cent, ± one standard error over the rows: "
        "differences of less than about two of them are the rows' chance.",
        markdown(table),
        measured_on(command, kept, packages),
        "## Questions",
        "\n".join(f"- `{task.name}`: {task.about}" for task in table.tasks),
        "## Systems",
        notes(table),
        rest,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"
