"""HTML pages, and the HTML or XML that office systems call .xls: text and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from nlp.errors import InputError
from nlp.io.cells import TableRow, clean_text, make_row, whole_number
from nlp.io.encoding import Decoded, decode, known_charset
from nlp.io.fields import form_lines, is_form
from nlp.io.guard import Filler
from nlp.io.tags import check_tags

_META = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030"}
_DROPPED = (
    "//script|//style|//nav|//noscript|//template|//svg|//footer|//aside|//select|//button|//iframe"
)
_BLOCKS = frozenset(
    "p div br li ul ol tr table h1 h2 h3 h4 h5 h6 section article header main "
    "blockquote pre dt dd dl form hr caption thead tbody title body".split()
)
_SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MAX_SPAN, _MAX_DOWN = 1000, 1_048_576

Element = Any
"""An lxml element; lxml carries no types."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A grid of text; a cell that spans rows is repeated, one that spans columns is not."""

    name: str | None
    lines: tuple[tuple[str, ...], ...]

    def rows(self) -> Iterator[TableRow]:
        for number, line in enumerate(self.lines, start=1):
            yield make_row(number, line)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's title, its visible text (tables included) and its data tables."""

    title: str
    text: str
    tables: tuple[RawTable, ...]


def decode_page(data: bytes, *, name: str, encoding: str | None = None) -> Decoded:
    """Decode by mark, then by the charset that the page declares, then by our rule."""
    declared = _META.search(data[:4096])
    if encoding is None and declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = declared[1].decode("ascii").lower()
        with suppress(UnicodeError, LookupError):
            text = data.decode(known_charset(_WIDER.get(charset, charset)) or "?")
            return Decoded(text.removeprefix("\ufeff"), charset)
    return decode(data, name=name, encoding=encoding)


def parse_page(text: str, name: str = "HTML") -> Page:
    """Parse decoded HTML, however broken; nothing that it refers to is fetched.

    :raises InputError: nested or spanned so that a reader would choke on it.
    """
    from lxml import etree, html  # type: ignore[import-untyped]

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    source = clean_text(text).text.encode("utf-8")
    if not source.strip():
        return Page("", "", ())
    check_tags(source, name)
    try:
        root = html.document_fromstring(source, parser=parser)
    except etree.ParserError:
        return Page("", "", ())
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise InputError(
            f"“{name}”的标签套得太深，后面的内容读不出来。", "请用浏览器打开，复制到 docx 或 txt。"
        )
    title = " ".join(root.xpath("string(//title)").split())
    for element in root.xpath(f"{_DROPPED}|//head|//comment()"):
        if element.getparent() is not None:
            element.drop_tree()
    tables = []
    filler = Filler(name)
    for element in root.xpath("//table[not(.//table)]"):
        raw = RawTable(None, tuple(_grid(element, filler)))
        if len(raw.lines) > 1 and max(map(len, raw.lines)) > 1:
            if is_form(raw.lines):
                _replace(element, form_lines(raw.lines))
            else:
                tables.append(raw)
    return Page(title, _text(root), tuple(tables))


def parse_sheetml(data: bytes, name: str) -> tuple[RawTable, ...]:
    """Read an "XML Spreadsheet 2003", which many systems export as .xls.

    :raises InputError: the XML is broken.
    """
    from lxml import etree

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise InputError(
            f"“{name}”是 XML 表格，但内容损坏：{str(fault)[:80]}。", "请重新导出，或另存为 xlsx。"
        ) from fault
    filler = Filler(name)
    return tuple(
        RawTable(sheet.get(f"{_SHEET}Name"), tuple(_sheet_lines(sheet, filler)))
        for sheet in root.iter(f"{_SHEET}Worksheet")
    )


def _sheet_lines(sheet: Element, filler: Filler) -> Iterator[tuple[str, ...]]:
    down: dict[int, tuple[int, str]] = {}
    for row in sheet.iter(f"{_SHEET}Row"):
        cells: list[str] = []
        for cell in row.iter(f"{_SHEET}Cell"):
            at = whole_number(cell.get(f"{_SHEET}Index"), 0, _MAX_SPAN) - 1
            while len(cells) < at or (at < 0 and len(cells) in down):
                cells.append(_carried(down, len(cells), filler))
            text = "".join(t for data in cell.iter(f"{_SHEET}Data") for t in data.itertext())
            if span := whole_number(cell.get(f"{_SHEET}MergeDown"), 0, _MAX_DOWN):
                down[len(cells)] = (span, text)
            cells.append(text)
            blank = whole_number(cell.get(f"{_SHEET}MergeAcross"), 0, _MAX_SPAN)
            filler.take(blank)
            cells.extend([""] * blank)
        yield tuple(cells)


def _grid(table: Element, filler: Filler) -> Iterator[tuple[str, ...]]:
    """Lay out the rows of an HTML table; rowspan repeats its text, colspan leaves blanks."""
    down: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in row.iter("td", "th"):
            while len(cells) in down:
                cells.append(_carried(down, len(cells), filler))
            text = _text(cell)
            if (span := _span(cell, "rowspan")) > 1:
                down[len(cells)] = (span - 1, text)
            cells.append(text)
            blank = _span(cell, "colspan") - 1
            filler.take(blank)
            cells.extend([""] * blank)
        while len(cells) in down:
            cells.append(_carried(down, len(cells), filler))
        yield tuple(cells)


def _carried(down: dict[int, tuple[int, str]], column: int, filler: Filler) -> str:
    """Take the text that a cell above lends to this column."""
    if column not in down:
        filler.take(1)
        return ""
    left, text = down.pop(column)
    filler.take(1, len(text))
    if left > 1:
        down[column] = (left - 1, text)
    return text


def _replace(table: Element, lines: list[str]) -> None:
    """Put a filled form's lines where its table stood."""
    for child in list(table):
        table.remove(child)
    for line in "\n".join(lines).split("\n"):
        paragraph = table.makeelement("p")
        paragraph.text = line
        table.append(paragraph)


def _span(cell: Element, attribute: str) -> int:
    return max(whole_number(cell.get(attribute), 1, _MAX_SPAN), 1)


def _text(element: Element) -> str:
    """Collect visible text: block elements break lines, other white space collapses."""
    if not len(element):  # most cells of a large table
        return " ".join((element.text or "").split())
    pieces: list[str] = []
    _collect(element, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\x00"))
    return "\n".join(line for line in lines if line)


def _collect(root: Element, pieces: list[str]) -> None:
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end")):
        block = element.tag in _BLOCKS
        if event == "start":
            pieces.append("\x00" if block else "")
            pieces.append(element.text or "")
            continue
        pieces.append("\x00" if block else " " if element.tag in ("td", "th") else "")
        if element is not root:
            pieces.append(element.tail or "")
