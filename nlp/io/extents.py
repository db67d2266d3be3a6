"""How far the sheets of a zipped workbook reach, whatever its parts are called.

calamine allocates rows x columns at once: one stray cell in the last corner of a sheet would
abort the process. It finds parts by rules of its own (any letter case, any suffix), so every
part is looked at, not only those that the workbook names as we would read it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import ZipFile

from nlp.errors import InputError

MAX_CELLS = 30_000_000
_STEP = 2**22
_LONGEST = 16 * _STEP
_MEDIA = re.compile(r"\.(?:png|jpe?g|gif|emf|wmf|bmp|tiff?)$", re.I)
_ANY_ROW = re.compile(rb"""r=["'][A-Za-z]{0,8}(\d{1,10})["']""")
_EXTREME = re.compile(rb"""r=["'](?:([A-Za-z]{2,})\d+["'][^>]*[^/]>|[A-Za-z]*(\d{7,})["'])""")
"""Filled cells right of column Z, and rows past a million; both start with a literal,
which keeps the search over hundreds of megabytes cheap."""
_SHEET = b"sheetData"
"""Only a part with this element can be read as a sheet."""
_UNUSUAL = re.compile(rb"[<:](?:c|row)(?! r=[\"'])[\s>/]")
"""A row or cell that does not begin with its place, as every office program writes it."""
_TAG = re.compile(
    rb"<(?:[\w.-]+:)?(row|c)(?=[\s/>])((?:[^>\"']|\"[^\"]*+\"|'[^']*+')*+)>", re.DOTALL
)
_PLACE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']\s*([A-Za-z]*)(\d*)")
_NARROW = 25
"""Sheets within columns A to Z are never too wide; their cells need no look."""
_BEYOND = 10**12
_ROW_HEAD, _LAST_CELL = 0, 11
"""Record types of xlsb: a row's head, and 1 to 11 for cells."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The last row and column of one part that may be a sheet; both counted from 1."""

    part: str
    rows: int
    columns: int

    @property
    def cells(self) -> int:
        return self.rows * self.columns


def check_extents(archive: ZipFile, name: str) -> None:
    """Refuse a workbook with a sheet that spans more cells than any office table has.

    :raises InputError: names the part and how far it reaches.
    """
    binary = any(part.lower() == "xl/workbook.bin" for part in archive.namelist())
    for part in archive.namelist():
        if part.endswith("/") or _MEDIA.search(part):
            continue
        extent = _binary_extent(archive, part) if binary else _extent(archive, part)
        if extent.cells > MAX_CELLS:
            rows, columns = (min(n, 2**32) for n in (extent.rows, extent.columns))
            raise InputError(
                f"“{name}”的工作表（{part[:60]}）占了 {rows} 行 × {columns} 列，"
                f"超过能读的范围（{MAX_CELLS} 格）。",
                "多半是表格最右或最下方有误输入的字符：请删除多余的行列后另存再试。",
            )


def pieces(archive: ZipFile, part: str) -> Iterator[bytes]:
    """Cut a part's XML between cells, a few megabytes at a time."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_STEP):
            rest += chunk
            cut = max(rest.rfind(b"<c "), rest.rfind(b":c "))
            if cut < 0 and len(rest) > _LONGEST:  # no cells for so long: not a sheet of ours
                cut = len(rest)
            if cut > 0:
                cut = rest.rfind(b"<", 0, cut + 1) if cut < len(rest) else cut
                yield rest[:cut]
                rest = rest[cut:]
    yield rest


def _extent(archive: ZipFile, part: str) -> Extent:
    rows, last, started = 0, _NARROW, False
    for piece in pieces(archive, part):
        started = started or _SHEET in piece
        if not started:
            continue
        if _UNUSUAL.search(piece):
            return _counted(archive, part)
        for match in _EXTREME.finditer(piece):
            if not piece[match.start() - 1 : match.start()].isspace():  # the end of dir=, say
                continue
            if match[1]:
                last = max(last, column_number(match[1]))
            else:
                rows = max(rows, _number(match[2]))
    if last > _NARROW:
        deepest = (_deepest(piece) for piece in pieces(archive, part))
        rows = max(rows, *deepest)
    return Extent(part, rows, last + 1)


def _deepest(piece: bytes) -> int:
    return max((int(match[1]) for match in _ANY_ROW.finditer(piece)), default=0)


def _counted(archive: ZipFile, part: str) -> Extent:
    """Follow rows and cells one by one, as a reader does that counts where no place is told."""
    row = column = 0
    rows, columns = 0, 1
    for piece in pieces(archive, part):
        for match in _TAG.finditer(piece):
            place = _PLACE.search(match[2])
            if match[1] == b"row":
                row = _number(place[2]) if place and place[2] else row + 1
                column = 0
            else:
                column = column_number(place[1]) + 1 if place and place[1] else column + 1
                row = max(row, _number(place[2]) if place and place[2] else 0)
            rows, columns = max(rows, row), max(columns, column)
    return Extent(part, rows, columns)


def _binary_extent(archive: ZipFile, part: str) -> Extent:
    """Walk the records of an xlsb part; what is no sheet soon stops to make sense."""
    with archive.open(part) as stream:
        data = stream.read()
    row = rows = columns = at = 0
    while at + 2 <= len(data):
        kind, at = data[at], at + (2 if data[at] & 0x80 else 1)
        length, at = _length(data, at)
        if kind <= _LAST_CELL and at + 4 <= len(data):
            place = struct.unpack_from("<I", data, at)[0] + 1
            row = place if kind == _ROW_HEAD else row
            if kind != _ROW_HEAD:
                rows, columns = max(rows, row), max(columns, place)
        at += length
    return Extent(part, rows, columns)


def _length(data: bytes, at: int) -> tuple[int, int]:
    length = 0
    for shift in (0, 7, 14, 21):
        if at >= len(data):
            break
        length |= (data[at] & 0x7F) << shift
        at += 1
        if not data[at - 1] & 0x80:
            break
    return length, at


def _number(digits: bytes) -> int:
    """Read a number of any length; Python refuses to convert very long ones."""
    return int(digits) if len(digits) <= 12 else _BEYOND


def column_number(letters: bytes) -> int:
    """Turn b"C" into 2."""
    if len(letters) > 8:
        return _BEYOND
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
