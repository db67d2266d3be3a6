"""What an input is read for — proposals or replies — and how rows become items of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic

from nlp.io.columns import ColumnMap
from nlp.io.documents import Document
from nlp.io.rows import RowView, is_total, named_width
from nlp.io.seen import Seen
from nlp.io.shape import Table, rows_beyond
from nlp.io.source import T
from nlp.types import RowError, RowRef

SHOWN = 3
_COUNTED = ("cleaned", "cleaned_rows", "wide", "totals")
_LISTED = ("wide_shown", "totals_shown")


@dataclass(frozen=True, slots=True)
class Target(Generic[T]):
    """The part of reading that differs; the rest of the reader is the same for all.

    A table with a column for any of `roles` is usable; otherwise `missing` and `hint` say
    in Chinese what was looked for and how to name it. `row`, `form` and `piped` make one
    item: of a table's row, of a sheet that is one filled form (lines, name, source), of a
    text on standard input; `document` makes one or more and may add notes, and `listed`
    tells a table inside a document that lists items from one that belongs to its text.
    """

    roles: tuple[str, ...]
    missing: str
    hint: str
    example: str
    row: Callable[[RowView], T | RowError]
    form: Callable[[str, str, RowRef], T | RowError]
    piped: Callable[[str, RowRef], T | RowError]
    document: Callable[[Document, list[str]], Iterator[T | RowError]]
    listed: Callable[[Document, Table, ColumnMap], bool]


@dataclass(slots=True)
class Tally:
    """Remarks gathered while reading, said once at the end; as large for any number of rows.

    Of wide and of total rows `wide_shown` and `totals_shown` are the first few.
    """

    seen: Seen = field(default_factory=Seen)
    cleaned: int = 0
    cleaned_rows: int = 0
    wide: int = 0
    wide_shown: tuple[str, ...] = ()
    totals: int = 0
    totals_shown: tuple[str, ...] = ()

    def count(self, item: T | RowError) -> T | RowError:
        """Note an item's id and pass it on."""
        self.seen.add(item.id)
        return item

    def state(self) -> dict[str, Any]:
        """Return all that was gathered but for ids, as JSON holds it."""
        return {name: getattr(self, name) for name in (*_COUNTED, *_LISTED)}

    def replace(self, state: Mapping[str, Any]) -> None:
        """Take over what `state` returned."""
        for name in _COUNTED:
            setattr(self, name, state[name])
        for name in _LISTED:
            setattr(self, name, tuple(state[name]))

    def absorb(self, state: Mapping[str, Any]) -> None:
        """Add what was gathered over the rows that follow, but for ids: they come in order."""
        for name in _COUNTED:
            setattr(self, name, getattr(self, name) + state[name])
        for name in _LISTED:
            setattr(self, name, (*getattr(self, name), *state[name])[:SHOWN])

    def too_wide(self, source: RowRef) -> None:
        self.wide += 1
        if self.wide <= SHOWN:
            self.wide_shown += (str(source),)

    def total(self, source: RowRef) -> None:
        self.totals += 1
        if self.totals <= SHOWN:
            self.totals_shown += (str(source),)

    def notes(self) -> Iterator[str]:
        """Yield the Chinese remarks."""
        if repeated := len(self.seen):
            yield f"有 {repeated} 个编号重复（如 {'、'.join(self.seen.shown())}），都按原样保留。"
        if self.cleaned:
            yield f"{self.cleaned_rows} 行里共去掉了 {self.cleaned} 个看不见的控制字符。"
        if self.wide:
            yield (
                f"有 {self.wide} 行的格数比表头多（如 {self.wide_shown[0]}），"
                "可能是正文里的分隔符没有加引号，请核对。"
            )
        if self.totals:
            yield f"跳过了 {self.totals} 个合计行（{'、'.join(self.totals_shown)}）。"


def table_items(
    table: Table,
    target: Target[T],
    columns: ColumnMap,
    tally: Tally,
    *,
    prefix: str = "",
    after: int = 0,
) -> Iterator[T | RowError]:
    """Yield an item or an error for every row, in order.

    :param prefix: put before made-up ids (r12) where several tables would share them.
    :param after: number of the last row that is left out.
    """
    named = named_width(table.header)
    for row in rows_beyond(table.rows, after):
        if row.cleaned:
            tally.cleaned += row.cleaned
            tally.cleaned_rows += 1
        source = RowRef(table.file, table.sheet, row.number)
        if not row.fault and any(cell.strip() for cell in row.cells[named:]):
            tally.too_wide(source)
        view = RowView(row, columns, source, prefix)
        item = view.error(row.fault) if row.fault else target.row(view)
        if isinstance(item, RowError) and not row.fault and is_total(row):
            tally.total(source)
            continue
        yield tally.count(item)
