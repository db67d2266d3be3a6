"""A raw grid of rows becomes a table: find the header, give unique names, skip the filler."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from nlp.errors import InputError
from nlp.io.cells import MAX_COLUMNS, TableRow, clean_text
from nlp.io.names import OTHER, matches

HEADER_WITHIN = 15
TITLE_LIKE = re.compile(
    r"^关于.{3,}|^.{4,60}的(?:建议|提案|议案|意见|意见建议|意见和建议|建议案|请求|提议)(?:[（(].{1,20}[)）])?$"
)
"""How titles of proposals look; 关于… need not end in 的建议 when a cell was cut."""
_FIGURE = re.compile(r"^[\d\s./:\-年月日%]+$")
_LONG = 40

RowFactory = Callable[[], Iterator[TableRow]]


@dataclass(frozen=True, slots=True)
class Rows:
    """Data rows, read anew at each iteration so that large tables need no memory.

    `after` is the row number of the header (0: none). Blank rows are filler in a sheet,
    but `keep_blank` where each stands for an object that a program expects back. Where the
    format can begin behind a row without making those before it, `later` does.
    """

    factory: RowFactory
    header: tuple[str, ...]
    after: int
    keep_blank: bool = False
    later: Callable[[int], Iterator[TableRow]] | None = None

    def __iter__(self) -> Iterator[TableRow]:
        return self._kept(self.factory(), self.after)

    def beyond(self, number: int) -> Iterator[TableRow]:
        """Yield the rows behind one."""
        rows = self.later(number) if self.later else self.factory()
        return self._kept(rows, max(number, self.after))

    def _kept(self, rows: Iterator[TableRow], after: int) -> Iterator[TableRow]:
        for row in rows:
            if row.number <= after:
                continue
            if not self.keep_blank and not any(map(str.strip, row.cells)):
                continue
            if not self._repeats_header(row):
                yield row

    def _repeats_header(self, row: TableRow) -> bool:
        """Tell the header's repetitions, which printed lists have on every page."""
        if not self.after or not row.cells[0:1]:
            return False
        same = filled = 0
        for head, cell in zip(self.header, row.cells, strict=False):
            if cell and len(cell) <= len(head) + 4:
                same += cell.strip() == head
            filled += bool(cell)
        return same >= 2 or (same > 0 and same == filled)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet (or the only table of a file).

    `header` has a unique name per column (列3 where the file gives none); `rows` can be
    iterated more than once; `notes` are Chinese remarks for the user. `expected` is how
    many rows there are, about; None if only reading them can tell.
    """

    file: str
    sheet: str | None
    header: tuple[str, ...]
    rows: Iterable[TableRow]
    notes: tuple[str, ...] = ()
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The header row's number (0: headerless) and its cells."""

    number: int
    cells: tuple[str, ...]


def shape_table(
    file: str, sheet: str | None, factory: RowFactory, notes: Sequence[str] = ()
) -> Table | None:
    """Build a table from raw rows; None when there is no row with text.

    :raises InputError: more columns than any spreadsheet has.
    """
    filled = (row for row in factory() if any(map(str.strip, row.cells)))
    first = list(islice(filled, HEADER_WITHIN))
    if not first:
        return None
    found = _with_second_row(find_header(first), first)
    width = max(len(row.cells) for row in first)
    if width > MAX_COLUMNS:
        raise too_wide(file)
    header = unique_names(found.cells, max(width, len(found.cells)))
    remarks = tuple(notes) if found.number else (*notes, "没有找到表头，按内容判断各列的含义。")
    return Table(file, sheet, header, Rows(factory, header, found.number), remarks)


def rows_beyond(rows: Iterable[TableRow], number: int) -> Iterator[TableRow]:
    """Yield the rows of a table behind one; 0 stands for all."""
    if not number:
        return iter(rows)
    if isinstance(rows, Rows):
        return rows.beyond(number)
    return (row for row in rows if row.number > number)


def too_wide(file: str) -> InputError:
    """Say that a table has more columns than can be read."""
    return InputError(
        f"“{file}”的表超过 {MAX_COLUMNS} 列，没有读。", "请检查分隔符；多半不是提案或答复的表格。"
    )


def find_header(rows: Sequence[TableRow]) -> Found:
    """Choose the header among the first filled rows.

    The row whose cells match known names best, else the first row with two filled cells
    unless it already looks like data, else none.
    """
    best = max(rows, key=lambda row: _score(row.cells))
    if _score(best.cells) > 0:
        return Found(best.number, best.cells)
    for row in rows:
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        if len(filled) >= 2:
            return Found(0, ()) if _data_like(filled) else Found(row.number, row.cells)
    return Found(0, ())


def _with_second_row(found: Found, rows: Sequence[TableRow]) -> Found:
    """Join a header whose second row names the columns under one head: 承办单位 → 主办, 会办.

    Merged cells would have been filled; a csv, or a sheet whose cells were split, has blanks.
    """
    below = next((row for row in rows if row.number > found.number > 0), None)
    if below is None:
        return found
    upper = [*found.cells, *[""] * (len(below.cells) - len(found.cells))]
    named = {n: cell for n, cell in enumerate(below.cells) if cell.strip()}
    known = [matches(cell) for cell in named.values()]
    roles = {first.role for first, *_ in known if first.exact} if all(known) else set()
    divides = any(not upper[n].strip() for n in named)
    if not divides or not roles >= {"lead", "co"} or roles & {"title", "body"}:
        return found
    return Found(below.number, tuple(named.get(n, head) for n, head in enumerate(upper)))


def unique_names(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """Name every column: its head on one line, 列3 if empty, 标题（列3） if repeated."""
    names: list[str] = []
    taken: set[str] = set()
    for position in range(width):
        raw = " ".join(clean_text(cells[position]).text.split()) if position < len(cells) else ""
        name = raw[:100] or f"列{position + 1}"
        while name in taken:
            name = f"{name}（列{position + 1}）"
        taken.add(name)
        names.append(name)
    return tuple(names)


def _score(cells: Sequence[str]) -> int:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if any(len(cell) > _LONG or TITLE_LIKE.search(cell) for cell in filled):
        return 0
    score = 0
    for cell in filled:
        found = matches(cell)
        if found:
            exact = found[0].exact and found[0].role != OTHER
            score += 2 if exact else 1
    return score if score >= 2 or (score and len(filled) <= 2) else 0


def _data_like(filled: Sequence[str]) -> bool:
    return any(
        len(cell) > _LONG or TITLE_LIKE.search(cell) or _FIGURE.match(cell) for cell in filled
    )
