"""What a terminal shows: results as a table, and how far a run has come."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from nlp.batch.records import decision_name, percent, topic_names
from nlp.batch.workbook import reasons
from nlp.types import Suggestion

HEADS = ("编号", "标题", "主题", "主办单位", "把握", "会办单位", "处理", "理由")
WIDTHS = (4, 26, 8, 14, 4, 14, 10, 30)
"""Narrowest widths of the columns; two for a Chinese character."""
NARROWEST = 140
"""Columns a table needs to be readable; a pipe has no width of its own."""


def print_table(heads: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[str]]) -> None:
    """Print rows of text as a table; `widths` are the narrowest that can be read."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True)
    for head, width in zip(heads, widths, strict=True):
        table.add_column(head, min_width=width, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console()
    Console(width=max(console.width, NARROWEST)).print(table)


def cells(item: Suggestion) -> tuple[str, ...]:
    """Return a suggestion's cells under HEADS; long texts are for the table to wrap."""
    return (
        item.id,
        item.title,
        "\n".join(topic_names(item)),
        item.lead[0].unit if item.lead else "",
        percent(item.lead[0].probability) if item.lead else "",
        "\n".join(u.unit for u in item.co),
        decision_name(item),
        item.error or reasons(item),
    )


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[int], None]]:
    """Draw a counter on a terminal's stderr; nothing when piped or quiet."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("已处理 {task.completed} 件"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done: bar.update(task, completed=done)
