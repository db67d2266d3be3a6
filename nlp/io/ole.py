"""The container of old Office files (OLE, .xls/.doc): which streams, and is it sound.

calamine follows a circular sector chain for ever, so chains are walked here first.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0"
_ENTRY = 128
_SPECIAL = 0xFFFFFFFA
BOOKS = frozenset({"Workbook", "Book"})
_MULRK = 0xBD
_CELLS = frozenset({0x06, 0x203, 0x204, 0x205, 0x27E, 0xD6, 0xFD, _MULRK})
_BOF, _BOUNDSHEET, _DIMENSIONS = 0x809, 0x85, 0x200
_ROWS, _COLUMNS = 65_536, 256
MAX_SHEETS = 255
MAX_XLS_CELLS = 2 * _ROWS * _COLUMNS
"""Cells of all sheets together, as far as they reach: two sheets full to the last corner."""
_OVERLAP = 4
"""How often a sector may be read in all; by the rules it belongs to one stream only."""
_STORAGE, _STREAM, _ROOT = 1, 2, 5


class CircularError(Exception):
    """A chain of sectors leads back into itself, or too many streams share one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A directory entry; `left`, `right` and `child` are entry numbers."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Container:
    """A parsed container: its top-level names and the bytes of its large streams."""

    names: frozenset[str]
    book: bytes = b""


def open_container(data: bytes) -> Container:
    """List the top-level entries and walk every chain; as far as a torn file allows.

    `book` is the workbook's stream where there is one of 4 KB or more.

    :raises CircularError: some chain has no end.
    """
    shift = struct.unpack_from("<H", data, 30)[0] if len(data) >= 512 else 0
    if shift not in (9, 12):
        return Container(frozenset())
    first_directory = struct.unpack_from("<I", data, 48)[0]
    cutoff, mini_start = struct.unpack_from("<II", data, 56)
    size = 1 << shift
    table = _numbers(data, size, _table_sectors(data, size))
    entries = list(_entries(data, size, chain(table, first_directory)))
    mini = _numbers(data, size, chain(table, mini_start))
    book = b""
    left = _OVERLAP * (len(table) + len(mini) + 1)
    for entry in entries:
        if entry.kind in (_STREAM, _ROOT) and entry.size:
            small = entry.kind == _STREAM and entry.size < cutoff
            sectors = chain(mini if small else table, entry.start)
            left -= len(sectors)
            if left < 0:
                raise CircularError
            if entry.name in BOOKS and not small:
                pieces = (data[(n + 1) * size : (n + 2) * size] for n in sectors)
                book = b"".join(pieces)[: entry.size]
    return Container(frozenset(_siblings(entries)), book)


def too_wide(book: bytes) -> bool:
    """Tell a workbook stream with sheets wider, larger or more than Excel can write.

    calamine would allocate every cell up to the last one at once, and read a sheet as often
    as it is listed.
    """
    listed: list[int] = []
    reach: dict[int, _Reach] = {0: _Reach()}
    start = at = 0
    while at + 4 <= len(book):
        record, length = struct.unpack_from("<HH", book, at)
        end = at + 4 + length
        if record == _BOF:
            start = at
            reach[start] = _Reach()
        elif record == _BOUNDSHEET and length >= 4:
            listed.append(struct.unpack_from("<I", book, at + 4)[0])
        elif record == _DIMENSIONS and length >= 14 and end <= len(book):
            _, rows, _, columns = struct.unpack_from("<IIHH", book, at + 4)
            if rows > _ROWS or columns > _COLUMNS:
                return True
        elif record in _CELLS and length >= 4 and at + 8 <= len(book):
            reach[start].take(book, at, record, end)
        at = end
    return _too_much(listed, reach)


@dataclass(slots=True)
class _Reach:
    """How many rows and columns the cells of a substream need."""

    rows: int = 0
    columns: int = 0

    def take(self, book: bytes, at: int, record: int, end: int) -> None:
        row, column = struct.unpack_from("<HH", book, at + 4)
        if record == _MULRK and end - at >= 10 and end <= len(book):
            column = max(column, struct.unpack_from("<H", book, end - 2)[0])
        if row >= self.rows:
            self.rows = row + 1
        if column >= self.columns:
            self.columns = column + 1


def _too_much(listed: Sequence[int], reach: Mapping[int, _Reach]) -> bool:
    """Judge the sheets that a workbook lists by where they begin and how far they reach."""
    if len(listed) > MAX_SHEETS or len(set(listed)) < len(listed):
        return True
    cells = sum(reach[start].rows * reach[start].columns for start in listed if start in reach)
    wide = any(each.columns > _COLUMNS for each in reach.values())
    return wide or cells > MAX_XLS_CELLS or any(start not in reach for start in listed)


def chain(table: Sequence[int], start: int) -> list[int]:
    """Follow a chain of sectors until its end or the file's.

    :raises CircularError: it has no end.
    """
    found: list[int] = []
    while start < min(len(table), _SPECIAL):
        found.append(start)
        if len(found) > len(table):
            raise CircularError
        start = table[start]
    return found


def _table_sectors(data: bytes, size: int) -> list[int]:
    """List the sectors that hold the allocation table (109 in the header, then linked)."""
    listed = list(struct.unpack_from("<109I", data, 76))
    following = struct.unpack_from("<I", data, 68)[0]
    seen: set[int] = set()
    while following < _SPECIAL and (following + 2) * size <= len(data):
        if following in seen:
            raise CircularError
        seen.add(following)
        numbers = _numbers(data, size, [following])
        listed.extend(numbers[:-1])
        following = numbers[-1]
    return [sector for sector in listed if sector < _SPECIAL]


def _numbers(data: bytes, size: int, sectors: Sequence[int]) -> list[int]:
    numbers: list[int] = []
    for sector in sectors:
        piece = data[(sector + 1) * size : (sector + 2) * size]
        numbers.extend(struct.unpack(f"<{len(piece) // 4}I", piece[: len(piece) // 4 * 4]))
    return numbers


def _entries(data: bytes, size: int, sectors: Sequence[int]) -> Iterator[Entry]:
    for sector in sectors:
        for at in range((sector + 1) * size, (sector + 2) * size, _ENTRY):
            if at + _ENTRY > len(data):
                return
            length = min(struct.unpack_from("<H", data, at + 64)[0], 64)
            name = data[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            links = struct.unpack_from("<3I", data, at + 68)
            start, extent = struct.unpack_from("<II", data, at + 116)
            kind = data[at + 66]
            yield Entry(name, kind, links[0], links[1], links[2], start, extent)


def _siblings(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield the names right below the root."""
    waiting = [entry.child for entry in entries[:1]]
    seen: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number < len(entries) and number not in seen:
            seen.add(number)
            entry = entries[number]
            waiting += [entry.left, entry.right]
            if entry.kind in (_STORAGE, _STREAM):
                yield entry.name
