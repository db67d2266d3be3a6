"""What calamine does not tell of an xlsx sheet, read from its XML.

Formulas without a cached value, and numbers shown with leading zeros.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from nlp.errors import InputError
from nlp.io.extents import check_extents, column_number, pieces

MAX_SHEETS = 1000
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_REF = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d+)"')
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
    uncached: list[tuple[int, int]] = field(default_factory=list)
    padded: dict[tuple[int, int], int] = field(default_factory=dict)

    def take(self, piece: bytes) -> None:
        if self.widths or b"<f" in piece or b":f" in piece:
            for match in _CELL.finditer(piece):
                self._take_cell(match[1], match[2] or b"")

    def _take_cell(self, head: bytes, inside: bytes) -> None:
        where = _REF.search(head)
        if where is None or not inside:
            return
        position = (int(where[2]) - 1, column_number(where[1]))
        if re.search(rb"<(?:\w+:)?f\b", inside) and not _VALUE.search(inside):
            if b't="str"' not in head:
                self.uncached.append(position)
        style = _STYLE.search(head)
        width = self.widths.get(int(style[1])) if style else None
        if width and b"t=" not in head.replace(b't="n"', b""):
            self.padded[position] = width


def scan_sheets(path: Path, name: str) -> dict[str, SheetFacts]:
    """Read the facts of every sheet, by sheet name; {} when the parts are unusual.

    :raises InputError: a sheet spans more cells than any office table has, or sheets share
        one part, which a reader would load as often as it is named.
    """
    with ZipFile(path) as archive:
        check_extents(archive, name)
        parts = _sheet_parts(archive, name)
        widths = _padded_styles(archive)
        facts = {}
        for sheet, part in parts.items():
            scan = _Scan(widths)
            for piece in pieces(archive, part):
                scan.take(piece)
            facts[sheet] = SheetFacts(tuple(scan.uncached), scan.padded)
    return facts


def _sheet_parts(archive: ZipFile, name: str) -> dict[str, str]:
    """Map sheet names to the parts inside the archive. Raises InputError if they share one."""
    members = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= members:
        return {}
    targets = {
        item.get("Id"): item.get("Target", "")
        for item in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    parts: dict[str, str] = {}
    sheets = _elements(archive, "xl/workbook.xml", "sheet")
    used = [targets[key].lower() for item in sheets if (key := item.get(_RELATION)) in targets]
    if len(set(used)) < len(used) or len(sheets) > MAX_SHEETS:
        raise InputError(
            f"“{name}”有 {len(sheets)} 个工作表，其中有的共用一份内容，或者超过 {MAX_SHEETS} 个。",
            "文件可能是伪造的或已损坏；请用 Excel/WPS 打开后另存再试。",
        )
    for item in sheets:
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
