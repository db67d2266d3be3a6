"""Sheets and columns that every workbook of results has: own columns, 出错, 说明."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic

from nlp.batch.result import R, Result, Results
from nlp.batch.tally import Counts
from nlp.io.write import Sheet

ERROR_HEAD = ("编号", "标题", "原因", "文件", "表", "行")
ERROR_WIDTHS = (10, 44, 60, 24, 14, 8)
FACTS_HEAD, FACTS_WIDTHS = ("项目", "内容"), (26, 90)
SEPARATOR = "、"
MANY_ROWS = 50_000
"""Beyond this many rows memory counts for more than speed."""


@dataclass(frozen=True, slots=True)
class Layout(Generic[R]):
    """The columns of a list of results, and one result's cells under them."""

    head: tuple[str, ...]
    cells: Callable[[R], list[str]]
    widths: tuple[int, ...] = ()

    def header(self, heads: Sequence[str]) -> tuple[str, ...]:
        return (*self.head, *own_names(heads, self.head))

    def rows(self, items: Iterable[R], heads: Sequence[str]) -> Iterator[list[str]]:
        """Yield results with their original columns behind; nothing is dropped."""
        for item in items:
            yield self.cells(item) + [item.given.get(head, "") for head in heads]

    def sheet(self, name: str, results: Results[R]) -> Sheet:
        heads = results.heads()
        return Sheet(name, self.header(heads), self.rows(results, heads), self.widths)


def own_names(heads: Sequence[str], results: Sequence[str]) -> list[str]:
    """Name the original columns behind the results: 原标题 where 标题 is taken."""
    taken = set(results)
    names = []
    for head in heads:
        name = head
        while name in taken:
            name = f"原{name}"
        taken.add(name)
        names.append(name)
    return names


def error_sheet(items: Iterable[Result]) -> Sheet:
    rows = (_error_row(item) for item in items if item.error)
    return Sheet("出错", ERROR_HEAD, rows, ERROR_WIDTHS)


def _error_row(item: Result) -> list[str]:
    source = item.source
    row = str(source.row) if source.row is not None else ""
    return [item.id, item.title, item.error or "", source.file, source.sheet or "", row]


def facts_sheet(rows: Iterable[list[str]]) -> Sheet:
    return Sheet("说明", FACTS_HEAD, rows, FACTS_WIDTHS)


def count_rows(tally: Counts[R]) -> Iterator[list[str]]:
    yield ["总件数", str(tally.rows)]
    yield ["完成", str(tally.done)]
    yield ["出错", str(tally.failed)]


def reading_rows(columns: Iterable[str], notes: Iterable[str]) -> Iterator[list[str]]:
    """Tell which columns were recognised and what was noted while reading."""
    for line in columns:
        yield ["识别的列", line]
    for note in notes:
        yield ["提示", note]
