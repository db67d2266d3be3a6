"""A year's records: the rows of the register, and what other sheets and files add to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nlp.bulletin.draft.columns import TableRoles, find_roles
from nlp.bulletin.draft.joining import Index, Kept
from nlp.bulletin.draft.status import UNKNOWN, Status
from nlp.bulletin.draft.words import CLOSED, CONFIRMED, ROLE_NAMES, parts
from nlp.errors import InputError
from nlp.io.cells import TableRow
from nlp.io.rows import is_total
from nlp.io.shape import Table
from nlp.io.tables import read_tables
from nlp.io.workbook import LISTS_SHEET
from nlp.types import RowRef

_ABOUT = ("说明", "出错", "待复核", "待核")
_JOINED = ("co",)
"""Roles of which a proposal may have several values, each in a row of its own."""


@dataclass(frozen=True, slots=True)
class Record:
    """One proposal. `cells` maps roles to text; `modelled` are roles that a model filled in."""

    key: str
    title: str
    cells: Mapping[str, str]
    source: RowRef
    given: Mapping[str, str]
    modelled: frozenset[str] = frozenset()

    def cell(self, role: str) -> str:
        return self.cells.get(role, "")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at: what was found where, and what was done."""

    key: str
    about: str
    found: str
    done: str
    where: str


@dataclass(frozen=True, slots=True)
class Records:
    """The year's proposals in the register's order, and how they were read."""

    records: tuple[Record, ...]
    columns: tuple[str, ...]
    notes: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    failed: int

    def has(self, role: str) -> bool:
        """Tell whether the data say anything of a role."""
        return any(record.cell(role) for record in self.records)


@dataclass(slots=True)
class _Year:
    status: Status
    index: Index = field(default_factory=Index)
    notes: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    failed: int = 0
    totals: int = 0


def read_records(paths: Sequence[Path], status: Status, given: Mapping[str, str]) -> Records:
    """Read a year's records.

    The first file is the register: each of its rows is a proposal, a number met again with a
    like title is the same one. Rows of other files only add to the proposals of the register;
    those that match none are listed as doubts.

    :raises InputError: a file is unreadable, or no table has a column of numbers or titles.
    """
    year = _Year(status)
    known: set[str] = set()
    for at, path in enumerate(paths):
        opened = list(_open(path, given, year))
        known.update(head for each in opened for head in each.table.header)
        for table in opened:
            _take_table(year, table, register=at == 0)
    missing = [head for head in given.values() if head not in known]
    if missing:
        raise InputError(
            f"找不到“{missing[0]}”这一列（--column）。", f"表头有：{'、'.join(sorted(known))}。"
        )
    if not year.index.records:
        raise InputError(f"“{paths[0].name}”里没有一行提案。", "请确认给的是全年的提案登记表。")
    if year.totals:
        year.notes.append(f"跳过了 {year.totals} 个合计行。")
    made = tuple(map(_record, year.index.records))
    return Records(made, tuple(year.columns), tuple(year.notes), tuple(year.doubts), year.failed)


def _open(path: Path, given: Mapping[str, str], year: _Year) -> Iterator[TableRoles]:
    """Yield a file's usable tables. Raises InputError when it has none."""
    if path.is_dir():
        example = "例：fenban bulletin write 登记表.xlsx 答复.xlsx --out 通报.docx。"
        raise InputError(f"“{path}”是文件夹，请把要读的文件一个一个写出来。", example)
    unread, usable = [], []
    for table in read_tables(path):
        found = find_roles(table, year.status, given)
        if found.usable and next(iter(table.rows), None):
            usable.append(found)
        else:
            unread.append(table)
    if not usable:
        raise _unusable(path, unread)
    if any(each.judged for each in usable):  # our own results: for people, or without rows
        unread = [each for each in unread if each.sheet not in _ABOUT]
    if unread:
        names = "、".join(str(RowRef(each.file, each.sheet)) for each in unread)
        year.notes.append(f"没有编号或标题列、或没有数据行，没有读：{names}。")
    for each in usable:
        year.columns.append(each.describe())
        year.notes.extend(note for note in each.table.notes if f"：{LISTS_SHEET}；" not in note)
        year.notes.extend(each.notes)
        yield each


def _unusable(path: Path, tables: Sequence[Table]) -> InputError:
    heads = "、".join(dict.fromkeys(head for table in tables for head in table.header))
    return InputError(
        f"“{path.name}”里没有可用的表：要有编号列或标题（案由）列，并且有数据行。表头有：{heads}。",
        "请改列名，或用 --column 编号=列名 指定。",
    )


def _take_table(year: _Year, table: TableRoles, *, register: bool) -> None:
    for row in table.table.rows:
        where = RowRef(table.table.file, table.table.sheet, row.number)
        kept = _kept(table, row, where)
        if row.fault:
            year.failed += 1
            year.doubts.append(Doubt(kept.id, "读不出的行", row.fault, "没有计入", str(where)))
        elif is_total(row):
            year.totals += 1
        elif kept.id or kept.title:
            _take_row(year, kept, register=register)
        elif any(map(str.strip, row.cells)):
            year.failed += 1
            found = "、".join(filter(None, map(str.strip, row.cells)))
            year.doubts.append(Doubt("", "没有编号也没有标题", found[:100], "没有计入", str(where)))


def _kept(table: TableRoles, row: TableRow, where: RowRef) -> Kept:
    cells = {
        role: row.cells[column].strip()
        for role, column in table.roles.items()
        if column < len(row.cells) and row.cells[column].strip()
    }
    given = {head: cell for head, cell in zip(table.table.header, row.cells, strict=False) if cell}
    made_up = table.judged
    return Kept(cells, where, given, {r for r in table.modelled if r in cells}, made_up=made_up)


def _take_row(year: _Year, kept: Kept, *, register: bool) -> None:
    same = year.index.find(kept, register=register)
    if same is None and register:
        twin = year.index.add(kept)
        if twin:
            found = f"与“{twin.title}”同号（{twin.source}）"
            year.doubts.append(
                Doubt(kept.id, "编号重复", found, "标题不同，各算一件", str(kept.source))
            )
        return
    if same is None:
        found = f"{kept.id} {kept.title}".strip()
        where = str(kept.source)
        year.doubts.append(Doubt(kept.id, "登记表里没有", found, "没有计入", where))
        return
    if (same.source.file, same.source.sheet) == (kept.source.file, kept.source.sheet):
        found = f"与第{same.source.row}行同一编号、标题相同"
        year.doubts.append(Doubt(kept.id, "编号重复", found, "算一件", str(kept.source)))
    for role, cell in kept.cells.items():
        _merge(year, same, kept, role, cell)


def _merge(year: _Year, same: Kept, kept: Kept, role: str, cell: str) -> None:
    """Keep the first value of a cell; another one is a contradiction that staff should see."""
    held = same.cells.get(role, "")
    if not held:
        same.cells[role] = cell
        same.modelled |= {role} & kept.modelled
    elif role in _JOINED and cell not in held:
        same.cells[role] = f"{held}、{cell}"
    elif role not in ("id", *_JOINED) and not _same(year.status, role, held, cell):
        if role in same.modelled and role not in kept.modelled:  # the office knows better
            same.cells[role], held, cell = cell, cell, held
            same.modelled.discard(role)
        about = f"{ROLE_NAMES[role]}不一致"
        done = f"按“{held}”计"
        year.doubts.append(Doubt(same.key, about, cell, done, str(kept.source)))


def _same(status: Status, role: str, one: str, other: str) -> bool:
    if role in CLOSED:
        return status.read(role, one) == status.read(role, other) != UNKNOWN or one == other
    return one.split() == other.split()


def _record(kept: Kept) -> Record:
    cells, modelled = dict(kept.cells), set(kept.modelled)
    for confirmed, role in CONFIRMED.items():
        if confirmed in cells:
            if (
                cells[confirmed] not in parts(cells.get(role, ""))[:1]
            ):  # else nobody may have looked at it
                modelled.discard(role)
            cells[role] = cells[confirmed]
    return Record(kept.key, kept.title, cells, kept.source, kept.given, frozenset(modelled))
