"""Rows and documents become proposals; what cannot keeps its place as a RowError."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from nlp.io.columns import BY_CONTENT, PROPOSAL_ROLES, ColumnMap
from nlp.io.documents import Document
from nlp.io.fields import parse_fields
from nlp.io.names import TOO_PLAIN, normalise
from nlp.io.rows import RowView
from nlp.io.shape import TITLE_LIKE, Table
from nlp.io.target import Target
from nlp.types import Proposal, RowError, RowRef

Item = Proposal | RowError

_BULLET = re.compile(
    r"^\s*(?:第?\s*\d{1,4}\s*(?:号|[、.．,:：)）])|[一二三四五六七八九十百]{1,4}、|[（(]\d{1,4}[)）]|[-•·●■]|\d{1,4}\s+)\s*"
)
_TITLE_MAX, _FEW = 80, 3
_STDIN_TITLE = 60


def single_item(text: str, stem: str, source: RowRef) -> Item:
    """Read a text as one proposal with its header fields."""
    fields = parse_fields(text, stem)
    number = fields.id or stem
    if not fields.body and fields.title == stem and not TITLE_LIKE.search(stem):
        return RowError(number, "", "没有读到标题和正文。", source, fields.given)
    return Proposal(number, fields.title, fields.body, source, fields.given)


def _row(row: RowView) -> Item:
    title, body = row.title, row.body
    if not title and not body:
        named = "和".join(f"“{h}”" for r in ("title", "body") if (h := row.columns.head(r)))
        return row.error(f"标题和正文都是空的（{named}列没有内容），没有处理；请补上后再试。")
    return Proposal(row.id, title, body, row.source, row.given)


def _piped(text: str, source: RowRef) -> Item:
    lines = text.strip().split("\n")
    first = lines[0].strip()
    titled = len(first) <= _STDIN_TITLE
    body = "\n".join(lines[titled:]).strip()
    return Proposal("r1", first if titled else "", body, source)


def _document(document: Document, notes: list[str]) -> Iterator[Item]:
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
            yield Proposal(f"{stem}-r{number}", title, "", source)
        return
    yield single_item(document.text, stem, RowRef(document.file))


def _listed_title(line: str) -> str:
    """Strip a list's numbering; "" when the line is no title."""
    title = _BULLET.sub("", line, count=1).strip().rstrip("；;")
    fits = 6 <= len(title) <= _TITLE_MAX and not title.endswith(("。", "：", ":"))
    return title if fits and TITLE_LIKE.search(title) else ""


def _listed(_: Document, __: Table, columns: ColumnMap) -> bool:
    """Tell a list of proposals inside a document from a table of figures."""
    head = columns.head("title")
    if head is None or normalise(head) in TOO_PLAIN:
        return False
    return columns.reasons["title"] != BY_CONTENT or "body" in columns.roles


PROPOSALS: Target[Proposal] = Target(
    roles=PROPOSAL_ROLES,
    missing="标题列和正文列",
    hint="请把列名改成“标题”“正文”；check、classify 也可用 --title、--body 指定，如 --title C。",
    example="例：echo 关于…的建议 | python classify.py -",
    row=_row,
    form=single_item,
    piped=_piped,
    document=_document,
    listed=_listed,
)
