"""What an input is read for — proposals or replies — and how rows become items of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic

from nlp.io.columns import ColumnMap
from nlp.io.documents import Document
from nlp.io.rows import RowView, is_total, named_width
from nlp.io.shape import Table
from nlp.io.source import T
from nlp.types import RowError, RowRef


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
    """Remarks gathered while reading, said once at the end."""

    seen: set[str] = field(default_factory=set)
    repeated: dict[str, int] = field(default_factory=dict)
    cleaned: int = 0
    cleaned_rows: int = 0
    wide: list[str] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)

    def count(self, item: T | RowError) -> T | RowError:
        """Note an item's id and pass it on."""
        self.count_id(item.id)
        return item

    def count_id(self, id: str) -> None:
        if id in self.seen:
            self.repeated[id] = self.repeated.get(id, 1) + 1
        self.seen.add(id)

    def absorb(self, other: Tally) -> None:
        """Add what was gathered over the files that follow, but for ids: they come in order."""
        self.cleaned += other.cleaned
        self.cleaned_rows += other.cleaned_rows
        self.wide.extend(other.wide)
        self.totals.extend(other.totals)

    def notes(self) -> Iterator[str]:
        """Yield the Chinese remarks."""
        if self.repeated:
            shown = "、".join(list(self.repeated)[:5])
            yield f"有 {len(self.repeated)} 个编号重复（如 {shown}），都按原样保留。"
        if self.cleaned:
            yield f"{self.cleaned_rows} 行里共去掉了 {self.cleaned} 个看不见的控制字符。"
        if self.wide:
            yield (
                f"有 {len(self.wide)} 行的格数比表头多（如 {self.wide[0]}），"
                "可能是正文里的分隔符没有加引号，请核对。"
            )
        if self.totals:
            yield f"跳过了 {len(self.totals)} 个合计行（{'、'.join(self.totals[:3])}）。"


def table_items(
    table: Table, target: Target[T], columns: ColumnMap, tally: Tally, *, prefix: str = ""
) -> Iterator[T | RowError]:
    """Yield an item or an error for every row, in order.

    :param prefix: put before made-up ids (r12) where several tables would share them.
    """
    named = named_width(table.header)
    for row in table.rows:
        if row.cleaned:
            tally.cleaned += row.cleaned
            tally.cleaned_rows += 1
        source = RowRef(table.file, table.sheet, row.number)
        if not row.fault and any(cell.strip() for cell in row.cells[named:]):
            tally.wide.append(str(source))
        view = RowView(row, columns, source, prefix)
        item = view.error(row.fault) if row.fault else target.row(view)
        if isinstance(item, RowError) and not row.fault and is_total(row):
            tally.totals.append(str(source))
            continue
        yield tally.count(item)
