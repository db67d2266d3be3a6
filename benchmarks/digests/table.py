"""One Markdown table of all systems, and the page that keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.digests.measure import ROUNDS, Question
from benchmarks.digests.run import Line
from benchmarks.shared.table import Column, TableRow, figure_table, measured_on, percent, plain

COLUMNS = (
    Column("facts", "facts kept", percent),
    Column("rouge1", "ROUGE-1", percent),
    Column("rouge2", "ROUGE-2", percent),
    Column("rougeL", "ROUGE-L", percent),
    Column("claims", "faithful claims", percent),
    Column("chars", "characters", plain),
    Column("over", "too long, %", percent),
    Column("speed", "replies a second", plain),
)


def markdown(lines: Sequence[Line]) -> str:
    """Return the table; a column that no system has a figure for is left out."""
    rows = [
        TableRow(line.entry.name, line.kept.result.figures if line.kept else {}) for line in lines
    ]
    return figure_table(rows, COLUMNS)


def notes(lines: Sequence[Line]) -> str:
    """Return what the systems are, and what is missing."""
    return "\n".join(_notes(lines))


def _notes(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        yield f"- `{line.entry.name}`: {line.entry.about}."
        if line.fault:
            yield f"  - not measured: {line.fault}"


def page(lines: Sequence[Line], question: Question, command: str) -> str:
    """Return the page that `--out` writes."""
    kept = [line.kept for line in lines if line.kept]
    packages = {name for line in lines for name in line.entry.packages}
    parts = [
        "# Benchmarks of digests",
        "Written by a program; don't edit. All systems digest the same "
        f"{len(question.rows):,} replies in at most {question.max_chars} characters; those that "
        "rank sentences fill the room in the same way. Shares are in per cent, ± one standard "
        "error over the rows: differences of less than about two of them are the rows' chance.",
        markdown(lines),
        measured_on(command, kept, packages),
        "## Columns",
        ABOUT,
        "## Systems",
        notes(lines),
    ]
    return "\n\n".join(parts) + "\n"


ABOUT = f"""\
- facts kept: of all labelled facts, those of which every deciding piece stands in the digest.
- ROUGE: F1 of characters, of pairs, of the longest common subsequence with the digest written \
by hand, mean over replies.
- faithful claims: figures, dates and units of the digest that stand in the reply, character for \
character.
- characters: mean length without white space; too long: share of digests beyond the limit.
- replies a second: letters in memory to digests, one process, median of {ROUNDS} runs."""
