"""Rows and documents become replies; what cannot keeps its place as a RowError."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from nlp.io.columns import BY_CONTENT, REPLY_ROLES, ColumnMap
from nlp.io.documents import Document
from nlp.io.names import matches
from nlp.io.rows import RowView
from nlp.io.shape import Table
from nlp.io.target import Target
from nlp.types import Reply, RowError, RowRef

Item = Reply | RowError

_FILLS = 0.8
"""A table that holds this share of a document's characters is what the document is."""


def _row(row: RowView) -> Item:
    """Take the reply as given: a digest's spans count its characters from the first."""
    text = row.aligned("reply")
    if not text.strip():
        head = row.columns.head("reply")
        return row.error(f"答复是空的（“{head}”列没有内容），没有处理；请补上后再试。")
    return Reply(row.id, text, row.title, row.body, row.source, row.given)


def _piped(text: str, source: RowRef) -> Item:
    return Reply("r1", text, source=source)


def _document(document: Document, _: list[str]) -> Iterator[Item]:
    """Yield the document as one reply, whatever its lines look like."""
    stem = PurePath(document.file).stem
    yield Reply(stem, document.text, source=RowRef(document.file))


def _form(lines: str, stem: str, source: RowRef) -> Item:
    """Read a filled form (案由：…, 答复内容：…); the reply goes on to the form's end."""
    fields: dict[str, str] = {}
    given: dict[str, str] = {}
    for line in lines.split("\n"):
        name, colon, value = line.partition("：")
        found = matches(name) if colon and "reply" not in fields else ()
        if found and found[0].exact:
            fields.setdefault(found[0].role, value)
            given[name] = value
        elif fields:
            last = next(reversed(fields))
            fields[last] = f"{fields[last]}\n{line}"
    title, number = fields.get("title", "").strip(), fields.get("id", "").strip() or stem
    text = fields.get("reply", "")
    if not text.strip():
        message = "表里没有填答复（没有“答复”这一项，或者是空的），没有处理；请补上后再试。"
        return RowError(number, title, message, source, given)
    return Reply(number, text, title, fields.get("body", "").strip(), source, given)


def _listed(document: Document, table: Table, columns: ColumnMap) -> bool:
    """Tell an exported list of replies from a table that a letter encloses."""
    if "reply" not in columns.roles or columns.reasons["reply"] == BY_CONTENT:
        return False
    heads = sum(map(_size, table.header))
    inside = heads + sum(_size(cell) for row in table.rows for cell in row.cells)
    return inside >= _FILLS * _size(document.text)


def _size(text: str) -> int:
    return len("".join(text.split()))


REPLIES: Target[Reply] = Target(
    roles=REPLY_ROLES,
    missing="答复列",
    hint="请用 --reply 指定列名、列字母或列号，如 --reply D。",
    example="例：fenban summarize - < 答复.txt",
    row=_row,
    form=_form,
    piped=_piped,
    document=_document,
    listed=_listed,
)
