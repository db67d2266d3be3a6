"""Word, PDF, HTML and text files as text with tables, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.errors import InputError
from nlp.io.cells import clean_text, whole_number
from nlp.io.encoding import decode
from nlp.io.fields import form_lines, is_form
from nlp.io.guard import Filler, check_file, check_zip
from nlp.io.kinds import KIND_NAMES, Kind, sniff
from nlp.io.markup import RawTable, decode_page, parse_page
from nlp.io.shape import Table
from nlp.io.tables import shape_raw

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", _FALLBACK})
_SCANNED = 8
"""Fewer characters a page than this, and the PDF is pictures of pages."""

Element = Any
"""An lxml element; lxml carries no types."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document's text in reading order; data tables stand in `tables` as well.

    Filled forms are written out as lines (案由：关于…), not as tables.
    """

    file: str
    title: str
    text: str
    tables: tuple[Table, ...] = ()


def read_document(path: Path, *, name: str | None = None, encoding: str | None = None) -> Document:
    """Read a docx, pdf, html or text file.

    :param name: what to call it in messages; its file name by default.
    :param encoding: overrides the rule for text and html.
    :raises InputError: damaged, protected, scanned, empty, or of another kind.
    """
    name = name or path.name
    check_file(path, name)
    kind = sniff(path, name)
    if kind is Kind.DOCX:
        document = _read_docx(path, name)
    elif kind is Kind.PDF:
        document = _read_pdf(path, name)
    elif kind is Kind.HTML:
        page = parse_page(decode_page(path.read_bytes(), name=name, encoding=encoding).text, name)
        document = Document(name, page.title, page.text, tuple(shape_raw(name, page.tables)))
    elif kind is Kind.TXT:
        document = _read_text(path, name, encoding)
    else:
        raise InputError(
            f"“{name}”是{KIND_NAMES[kind]}，不是文档。",
            "这里要 docx、pdf、html 或 txt；用登记表起草通报，请用 fenban bulletin write。",
        )
    if not document.text.strip():
        raise InputError(f"“{name}”里没有文字。", "如果是图片或扫描件，请先做文字识别（OCR）。")
    return document


def _read_text(path: Path, name: str, encoding: str | None) -> Document:
    from nlp.io.delimited import looks_tabular, read_delimited

    text = clean_text(decode(path.read_bytes(), name=name, encoding=encoding).text).text
    tables = (read_delimited(text, name, "\t"),) if looks_tabular(text) else ()
    return Document(name, "", text, tables)


def _read_docx(path: Path, name: str) -> Document:
    check_zip(path, name)
    import docx

    try:
        opened = docx.Document(str(path))
        blocks = list(_blocks(opened.element.body))
    except Exception as fault:  # python-docx raises KeyError, ValueError, XMLSyntaxError…
        raise InputError(
            f"“{name}”不是完好的 Word 文档，读不出来。",
            "请用 Word/WPS 打开后另存为 docx 再试。",
        ) from fault
    lines: list[str] = []
    raws: list[RawTable] = []
    filler = Filler(name)
    for block in blocks:
        if block.tag == f"{_W}p":
            lines.extend(_paragraph(block).split("\n"))
            continue
        grid = tuple(_docx_grid(block, filler))
        if is_form(grid):
            lines.extend("\n".join(form_lines(grid)).split("\n"))
            continue
        lines.extend("\t".join(cell for cell in line if cell) for line in grid)
        if len(grid) > 1 and max(map(len, grid)) > 1:
            raws.append(RawTable(None, grid))
    text = re.sub(r"\n{3,}", "\n\n", clean_text("\n".join(lines)).text).strip()
    return Document(name, _docx_title(opened), text, tuple(shape_raw(name, raws)))


def _docx_title(opened: Any) -> str:  # noqa: ANN401 - python-docx's document
    """Return the title among the properties; a damaged part of them loses no document."""
    try:
        return clean_text(opened.core_properties.title or "").text
    except Exception:  # whatever python-docx stumbles over
        return ""


def _blocks(parent: Element) -> Iterator[Element]:
    """Yield paragraphs and tables in order, also those inside content controls."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _blocks(child)


def _paragraph(element: Element) -> str:
    """Collect a paragraph's text, tracked insertions included and deletions left out."""
    pieces: list[str] = []
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            pieces.append(child.text or "")
        elif tag == f"{_W}tab":
            pieces.append("\t")
        elif tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif tag in (f"{_W}noBreakHyphen",):
            pieces.append("-")
        elif tag not in _SKIPPED and len(child):
            inner = _paragraph(child)
            pieces.append(f"\n{inner}\n" if tag == f"{_W}txbxContent" else inner)
    return "".join(pieces)


def _docx_grid(table: Element, filler: Filler) -> Iterator[tuple[str, ...]]:
    """Lay out a table's rows; vertical merges repeat, horizontal ones leave blanks."""
    above: list[str] = []
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table:
            continue
        cells: list[str] = []
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr")) is not row:
                continue
            texts = (_paragraph(p).strip() for p in cell.iter(f"{_W}p"))
            text = "\n".join(filter(None, texts))
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val") != "restart":
                text = text or (above[len(cells)] if len(cells) < len(above) else "")
                filler.take(1, len(text))
            cells.append(text)
            blank = _blank_cells(cell)
            filler.take(blank)
            cells.extend([""] * blank)
        above = cells
        yield tuple(cells)


def _blank_cells(cell: Element) -> int:
    """Count the columns that a cell spans beside its own."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    width = span.get(f"{_W}val") if span is not None else None
    return max(whole_number(width, 1, 1000), 1) - 1


def _read_pdf(path: Path, name: str) -> Document:
    from nlp.io.pdf import page_texts

    pages = [clean_text(text).text for text in page_texts(path, name)]
    text = "\n".join(pages).strip()
    if len("".join(text.split())) < _SCANNED * min(len(pages), 3):
        raise InputError(
            f"“{name}”是扫描件（{len(pages)} 页，没有文字层）。",
            "请先做文字识别（OCR），存成 docx、txt 或带文字层的 PDF 再试。",
        )
    return Document(name, "", text)
