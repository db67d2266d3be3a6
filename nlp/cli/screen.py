"""What a terminal shows: results as a table, and how far a run has come."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nlp.batch.records import decision_name, percent, topic_names
from nlp.batch.workbook import reasons
from nlp.types import Suggestion

if TYPE_CHECKING:
    from nlp.batch.stream.run import Advance

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
def progress(
    quiet: bool, expected: Callable[[], int | None] = lambda: None
) -> Iterator[Callable[[Advance], None]]:
    """Draw how far a run is on a terminal's stderr; nothing when piped or quiet.

    :param expected: returns how many rows will come, about; None if that is not known yet.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    started = time.monotonic()  # a clock that is set back does not disturb it
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        shown = bar.add_task("正在打开…", total=None)
        yield lambda now: bar.update(
            shown, description=pace(now, time.monotonic() - started, expected())
        )


def pace(now: Advance, seconds: float, expected: int | None = None) -> str:
    """Say how much is done, how fast, and how long the rest of `expected` rows may take.

    Rows that an earlier run had done took no time.
    """
    said = f"已处理 {now.done + now.before} 件"
    if not now.done or seconds <= 0:
        return said
    rate = now.done / seconds
    said += f"，每秒 {rate:,.0f} 件" if rate >= 1 else f"，每分钟 {60 * rate:,.0f} 件"
    rest = (expected or 0) - now.done - now.before
    if rest <= 0:
        return said
    minutes = math.ceil(rest / rate / 60)
    return said + (f"，约剩 {minutes} 分钟" if minutes > 1 else "，剩下不到 1 分钟")
