"""Suggestions as a table on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from nlp.batch.records import decision_name, percent, topic_names
from nlp.batch.workbook import reasons
from nlp.types import Suggestion

HEADS = ("编号", "标题", "主题", "主办单位", "把握", "会办单位", "处理", "理由")


WIDTHS = (4, 26, 8, 14, 4, 14, 10, 30)
"""Narrowest widths of the columns; two for a Chinese character."""
NARROWEST = 140
"""Columns a table needs to be readable; a pipe has no width of its own."""


def print_table(items: Iterable[Suggestion]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True)
    for head, width in zip(HEADS, WIDTHS, strict=True):
        table.add_column(head, min_width=width, overflow="fold")
    for item in items:
        table.add_row(*(Text(cell) for cell in cells(item)))
    console = Console()
    Console(width=max(console.width, NARROWEST)).print(table)


def cells(item: Suggestion) -> tuple[str, ...]:
    """Return one cell a head; long texts are for the table to wrap."""
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
