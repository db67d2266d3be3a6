"""Rows and documents become proposals; what cannot keeps its place as a RowError."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from nlp.io.cells import TableRow
from nlp.io.columns import ColumnMap
from nlp.io.documents import Document
from nlp.io.fields import parse_fields
from nlp.io.shape import TITLE_LIKE, Table
from nlp.types import Proposal, RowError, RowRef

Item = Proposal | RowError

_BULLET = re.compile(
    r"^\s*(?:第?\s*\d{1,4}\s*(?:号|[、.．,:：)）])|[一二三四五六七八九十百]{1,4}、|[（(]\d{1,4}[)）]|[-•·●■]|\d{1,4}\s+)\s*"
)
_TOTAL = re.compile(r"^\s*(?:合\s*计|总\s*计|小\s*计|共\s*\d+\s*件)")
_TITLE_MAX, _FEW = 80, 3


@dataclass(slots=True)
class Tally:
    """Remarks gathered while reading, said once at the end."""

    seen: set[str] = field(default_factory=set)
    repeated: dict[str, int] = field(default_factory=dict)
    cleaned: int = 0
    cleaned_rows: int = 0
    wide: list[str] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)

    def count(self, item: Item) -> Item:
        """Note an item's id and pass it on."""
        if item.id in self.seen:
            self.repeated[item.id] = self.repeated.get(item.id, 1) + 1
        self.seen.add(item.id)
        return item

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
    table: Table, columns: ColumnMap, tally: Tally, *, prefix: str = ""
) -> Iterator[Item]:
    """Yield a proposal or an error for every row, in order.

    :param prefix: put before made-up ids (r12) where several tables would share them.
    """
    named = _named_width(table.header)
    for row in table.rows:
        if row.cleaned:
            tally.cleaned += row.cleaned
            tally.cleaned_rows += 1
        source = RowRef(table.file, table.sheet, row.number)
        if not row.fault and any(cell.strip() for cell in row.cells[named:]):
            tally.wide.append(str(source))
        item = _row_item(row, columns, source, prefix)
        if isinstance(item, RowError) and not row.fault and _is_total(row):
            tally.totals.append(str(source))
            continue
        yield tally.count(item)


def document_items(document: Document, tally: Tally, notes: list[str]) -> Iterator[Item]:
    """Yield the proposals of a document: one a line in a list of titles, else one in all."""
    stem = PurePath(document.file).stem
    lines = [(n, s.strip()) for n, s in enumerate(document.text.split("\n"), 1) if s.strip()]
    titled = [(number, title) for number, line in lines if (title := _listed_title(line))]
    if len(titled) >= _FEW and len(titled) >= 0.6 * len(lines):
        skipped = len(lines) - len(titled)
        notes.append(
            f"“{document.file}”是提案目录，按每行一件读出 {len(titled)} 件"
            + (f"，另有 {skipped} 行不像标题，没有读。" if skipped else "。")
        )
        for number, title in titled:
            source = RowRef(document.file, None, number)
            yield tally.count(Proposal(f"{stem}-r{number}", title, "", source))
        return
    yield tally.count(single_item(document.text, stem, RowRef(document.file)))


def single_item(text: str, stem: str, source: RowRef) -> Item:
    """Read a text as one proposal with its header fields."""
    fields = parse_fields(text, stem)
    number = fields.id or stem
    if not fields.body and fields.title == stem and not TITLE_LIKE.search(stem):
        return RowError(number, "", "没有读到标题和正文。", source, fields.given)
    return Proposal(number, fields.title, fields.body, source, fields.given)


def _row_item(row: TableRow, columns: ColumnMap, source: RowRef, prefix: str) -> Item:
    number = _cell(row, columns, "id").strip() or f"{prefix}r{row.number}"
    title = _cell(row, columns, "title").strip()
    body = _body(row, columns)
    given = _given(row, columns.header)
    if row.fault:
        return RowError(number, title[:200], row.fault, source, given)
    if not title and not body:
        named = "和".join(f"“{h}”" for r in ("title", "body") if (h := columns.head(r)))
        message = f"标题和正文都是空的（{named}列没有内容），没有处理；请补上后再试。"
        return RowError(number, "", message, source, given)
    return Proposal(number, title, body, source, given)


def _cell(row: TableRow, columns: ColumnMap, role: str) -> str:
    position = columns.roles.get(role, (len(row.cells),))[0]
    return row.cells[position] if position < len(row.cells) else ""


def _body(row: TableRow, columns: ColumnMap) -> str:
    """Join the body columns by a blank line; a part that another repeats is left out."""
    parts: list[str] = []
    for position in columns.roles.get("body", ()):
        text = row.cells[position].strip() if position < len(row.cells) else ""
        if text and not any(text in part for part in parts):
            parts = [part for part in parts if part not in text] + [text]
    return "\n\n".join(parts)


def _given(row: TableRow, header: tuple[str, ...]) -> dict[str, str]:
    """Keep the cells under their heads; unnamed columns only where they hold something."""
    given: dict[str, str] = {}
    for position, cell in enumerate(row.cells):
        head = header[position] if position < len(header) else f"列{position + 1}"
        if cell or head != f"列{position + 1}":
            given[head] = cell
    return given


def _named_width(header: tuple[str, ...]) -> int:
    """Tell how far the file's own heads reach; the whole width of a headerless table."""
    named = [n for n, head in enumerate(header, 1) if head != f"列{n}"]
    return named[-1] if named else len(header)


def _is_total(row: TableRow) -> bool:
    filled = [cell for cell in row.cells if cell.strip()]
    return bool(filled) and bool(_TOTAL.match(filled[0]))


def _listed_title(line: str) -> str:
    """Strip a list's numbering; "" when the line is no title."""
    title = _BULLET.sub("", line, count=1).strip().rstrip("；;")
    fits = 6 <= len(title) <= _TITLE_MAX and not title.endswith(("。", "：", ":"))
    return title if fits and TITLE_LIKE.search(title) else ""
