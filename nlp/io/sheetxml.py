"""What calamine does not tell of an xlsx sheet, read from its XML.

Formulas without a cached value, numbers shown with leading zeros, and how far the sheet
reaches (calamine allocates rows x columns at once: one stray cell in the last corner of a
sheet would abort the process).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from nlp.errors import InputError

MAX_CELLS = 30_000_000
_STEP = 2**22
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_REF = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_ANY_ROW = re.compile(rb"""r=["'][A-Za-z]{0,8}(\d{1,10})["']""")
_EXTREME = re.compile(
    rb"""r=["'](?:([A-Za-z]{2,8})\d{1,10}["'][^>]*[^/]>|[A-Za-z]?(\d{7,10})["'])"""
)
"""Filled cells right of column Z, and rows past a million; both start with a literal,
which keeps the search over hundreds of megabytes cheap."""
_NARROW = 25
"""Sheets within columns A to Z are never too wide; their cells need no look."""
_VALUE = re.compile(rb"<(?:\w+:)?v>[^<]|<(?:\w+:)?is>")
_ZEROS = re.compile(r"^(0{2,})(?:;.*)?$")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Facts of one sheet; positions are (row, column), 0-based.

    `padded` gives the width to which a number is shown with leading zeros.
    """

    uncached: tuple[tuple[int, int], ...] = ()
    padded: Mapping[tuple[int, int], int] = field(default_factory=dict)


@dataclass(slots=True)
class _Scan:
    widths: Mapping[int, int]
    last_row: int = 0
    last_column: int = _NARROW
    uncached: list[tuple[int, int]] = field(default_factory=list)
    padded: dict[tuple[int, int], int] = field(default_factory=dict)

    def take(self, piece: bytes) -> None:
        for match in _EXTREME.finditer(piece):
            if match[1]:
                self.last_column = max(self.last_column, _column(match[1]))
            else:
                self.last_row = max(self.last_row, int(match[2]))
        if self.widths or b"<f" in piece or b":f" in piece:
            for match in _CELL.finditer(piece):
                self._take_cell(match[1], match[2] or b"")

    def _take_cell(self, head: bytes, inside: bytes) -> None:
        where = _REF.search(head)
        if where is None or not inside:
            return
        position = (int(where[2]) - 1, _column(where[1]))
        if re.search(rb"<(?:\w+:)?f\b", inside) and not _VALUE.search(inside):
            if b't="str"' not in head:
                self.uncached.append(position)
        style = _STYLE.search(head)
        width = self.widths.get(int(style[1])) if style else None
        if width and b"t=" not in head.replace(b't="n"', b""):
            self.padded[position] = width


def scan_sheets(path: Path, name: str) -> dict[str, SheetFacts]:
    """Read the facts of every sheet, by sheet name; {} when the parts are unusual.

    :raises InputError: a sheet spans more cells than any office table has.
    """
    with ZipFile(path) as archive:
        parts = _sheet_parts(archive)
        widths = _padded_styles(archive)
        facts = {}
        for sheet, part in parts.items():
            scan = _Scan(widths)
            for piece in _pieces(archive, part):
                scan.take(piece)
            if scan.last_column > _NARROW:
                scan.last_row = max(map(_deepest, _pieces(archive, part)))
            if scan.last_row * (scan.last_column + 1) > MAX_CELLS:
                raise InputError(
                    f"“{name}”的工作表“{sheet}”占了 {scan.last_row} 行 × "
                    f"{scan.last_column + 1} 列，超过能读的范围（{MAX_CELLS} 格）。",
                    "多半是表格最右或最下方有误输入的字符：请删除多余的行列后另存再试。",
                )
            facts[sheet] = SheetFacts(tuple(scan.uncached), scan.padded)
    return facts


def _deepest(piece: bytes) -> int:
    return max((int(match[1]) for match in _ANY_ROW.finditer(piece)), default=0)


def _pieces(archive: ZipFile, part: str) -> Iterator[bytes]:
    """Cut the XML between cells, a few megabytes at a time."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_STEP):
            rest += chunk
            cut = max(rest.rfind(b"<c "), rest.rfind(b":c "))
            if cut < 0 and len(rest) > 16 * _STEP:  # no cells for so long: not a sheet of ours
                cut = len(rest)
            if cut > 0:
                cut = rest.rfind(b"<", 0, cut + 1)
                yield rest[:cut]
                rest = rest[cut:]
    yield rest


def _sheet_parts(archive: ZipFile) -> dict[str, str]:
    """Map sheet names to the parts inside the archive."""
    members = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= members:
        return {}
    targets = {
        item.get("Id"): item.get("Target", "")
        for item in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    parts = {}
    for item in _elements(archive, "xl/workbook.xml", "sheet"):
        part = posixpath.normpath(posixpath.join("/xl", targets.get(item.get(_RELATION), "")))
        if part.lstrip("/") in members and part.endswith(".xml"):
            parts[str(item.get("name"))] = part.lstrip("/")
    return parts


def _padded_styles(archive: ZipFile) -> dict[int, int]:
    """Map style numbers to the width of their all-zero number format."""
    widths = {}
    for item in _elements(archive, "xl/styles.xml", "numFmt"):
        if match := _ZEROS.match(item.get("formatCode", "")):
            widths[item.get("numFmtId")] = len(match[1])
    styles = [style for xfs in _elements(archive, "xl/styles.xml", "cellXfs") for style in xfs]
    return {
        number: widths[style.get("numFmtId")]
        for number, style in enumerate(styles)
        if style.get("numFmtId") in widths
    }


def _elements(archive: ZipFile, part: str, tag: str) -> list[Any]:
    """List the elements of one local name; [] when the part is missing or broken."""
    from lxml import etree  # type: ignore[import-untyped]

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(archive.read(part), parser)
    except (KeyError, etree.XMLSyntaxError):
        return []
    return list(root.iter(f"{{*}}{tag}"))


def _column(letters: bytes) -> int:
    """Turn b"C" into 2."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
