"""INPUT as the user gives it — a file, a folder, `-` — becomes a stream of proposals."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from nlp.errors import FenbanError, InputError, UsageError
from nlp.io.columns import BY_CONTENT, ColumnMap, guess_columns
from nlp.io.documents import read_document
from nlp.io.encoding import decode
from nlp.io.fields import form_lines, is_form
from nlp.io.folders import list_files
from nlp.io.guard import check_file
from nlp.io.kinds import sniff
from nlp.io.names import TOO_PLAIN, normalise
from nlp.io.proposals import Item, Tally, document_items, single_item, table_items
from nlp.io.shape import Rows, Table
from nlp.io.tables import TABULAR, read_tables, surprise
from nlp.types import Proposal, RowError, RowRef

_SAMPLE = 200
_FORM_ROWS = 60
STDIN_NAME = "标准输入"
_OBJECTS = re.compile(r"\s*(?:\[\s*)?\{")
"""How JSONL and a JSON list begin."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user says about the input.

    `overrides` maps roles (title, body, id…) to a head, a letter or a number; `skip` is a
    file not to read in a folder: what an earlier run wrote there.
    """

    overrides: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    sheet: str | None = None
    skip: Path | None = None


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The columns recognised in one table."""

    file: str
    sheet: str | None
    columns: ColumnMap


@dataclass(frozen=True, slots=True)
class Source:
    """The proposals of an input, read as `items` is consumed.

    `notes` and `maps` grow while reading; for a single file `maps` is complete at once.
    """

    items: Iterator[Item]
    files: tuple[str, ...]
    notes: list[str] = field(default_factory=list)
    maps: list[TableColumns] = field(default_factory=list)

    @property
    def columns(self) -> tuple[str, ...]:
        """Say in Chinese what was recognised so far, tables with the same columns once."""
        said: dict[tuple[str, ...], list[TableColumns]] = {}
        for table in self.maps:
            said.setdefault(table.columns.describe(), []).append(table)
        lines: list[str] = []
        for description, tables in said.items():
            if len(said) > 1:
                more = f" 等 {len(tables)} 个表" if len(tables) > 1 else ""
                lines.append(f"{RowRef(tables[0].file, tables[0].sheet)}{more}：")
            lines.extend(description)
        return tuple(lines)

    def map_for(self, item: Item) -> ColumnMap | None:
        """Find the columns of the table an item came from; None for documents."""
        for table in self.maps:
            if (table.file, table.sheet) == (item.source.file, item.source.sheet):
                return table.columns
        return None


def read_proposals(
    path: str | Path, options: ReadOptions | None = None, *, stdin: BinaryIO | None = None
) -> Source:
    """Open an input.

    :param path: a file, a folder (recursive) or "-" for standard input.
    :param stdin: read instead of the process's standard input.
    :raises InputError: a single file or the whole folder is unusable.
    :raises UsageError: an override, sheet or encoding does not exist.
    """
    if not str(path).strip():  # Path("") would be the whole current folder
        raise UsageError("没有给出输入：文件名是空的。", "请给出文件、文件夹，或 -。")
    reader = _Reader(options or ReadOptions())
    files: tuple[str, ...]
    if str(path) == "-":
        items, files = reader.open_stdin(stdin or _standard_input()), (STDIN_NAME,)
    elif os.path.isdir(path):  # noqa: PTH112 - Path's raises for a long text given as a name
        found = list_files(Path(path), reader.notes, reader.options.skip)
        items, files = reader.folder(Path(path), found), tuple(found)
    else:
        items, files = reader.open_file(Path(path), Path(path).name), (Path(path).name,)
    return Source(reader.finish(items, files[0]), files, reader.notes, reader.maps)


@dataclass(slots=True)
class _Reader:
    options: ReadOptions
    notes: list[str] = field(default_factory=list)
    maps: list[TableColumns] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    def finish(self, items: Iterator[Item], name: str) -> Iterator[Item]:
        """Pass items on; a fault halfway becomes the last item, remarks follow the end."""
        try:
            yield from items
        except FenbanError as fault:
            yield RowError(Path(name).stem, "", str(fault), RowRef(name))
        self.notes.extend(self.tally.notes())

    def folder(self, root: Path, names: Sequence[str]) -> Iterator[Item]:
        for name in names:
            try:
                yield from self.open_file(root / name, name, shared=True)
            except FenbanError as fault:
                yield RowError(Path(name).stem, "", str(fault), RowRef(name))
            except Exception as fault:  # one odd file must not stop a folder
                message = f"程序没能读懂“{name}”（{type(fault).__name__}：{fault}），请另存后再试。"
                yield RowError(Path(name).stem, "", message[:300], RowRef(name))

    def open_file(self, path: Path, name: str, *, shared: bool = False) -> Iterator[Item]:
        """Open eagerly, so that faults are raised here; rows come lazily."""
        check_file(path, name)
        kind = sniff(path, name)
        encoding = self.options.encoding
        if kind in TABULAR:
            sheet = self.options.sheet
            tables = read_tables(path, name=name, encoding=encoding, sheet=sheet)
            return self._open_tables(name, tables, shared)
        document = read_document(path, name=name, encoding=encoding)
        if note := surprise(path, name, kind):
            self.notes.append(note)
        listed = [table for table in document.tables if self._lists_proposals(table)]
        if listed:
            return self._open_tables(name, listed, shared)
        return document_items(document, self.tally, self.notes)

    def open_stdin(self, stream: BinaryIO) -> Iterator[Item]:
        data = stream.read()
        if not data.strip():
            raise InputError("标准输入里没有内容。", "例：echo 关于…的建议 | python classify.py -")
        text = decode(data, name=STDIN_NAME, encoding=self.options.encoding).text
        lines = text.strip().split("\n")
        if _OBJECTS.match(text):
            from nlp.io.jsonlines import read_json, read_jsonl

            read = read_jsonl if lines[0].startswith("{") else read_json
            return self._open_tables(STDIN_NAME, [read(text, STDIN_NAME)], False)
        first = lines[0].strip()
        titled = len(first) <= 60
        body = "\n".join(lines[titled:]).strip()
        item = Proposal("r1", first if titled else "", body, RowRef(STDIN_NAME))
        return iter([self.tally.count(item)])

    def _open_tables(self, name: str, tables: Sequence[Table], shared: bool) -> Iterator[Item]:
        opened: list[Callable[[], Iterator[Item]]] = []
        missed: list[FenbanError] = []
        prefixed = shared or len(tables) > 1
        for table in tables:
            try:
                opened.append(self._open_table(table, prefixed))
            except FenbanError as fault:
                missed.append(fault)
        if not opened:
            raise missed[0]
        self.notes.extend(f"没有读：{fault.message}" for fault in missed)
        return (item for items in opened for item in items())

    def _open_table(self, table: Table, prefixed: bool) -> Callable[[], Iterator[Item]]:
        where = f"“{table.file}”" + (f"的表“{table.sheet}”" if table.sheet else "")
        form = _form_text(table)
        if form:
            stem = table.sheet or Path(table.file).stem
            source = RowRef(table.file, table.sheet)
            return lambda: iter([self.tally.count(single_item(form, stem, source))])
        columns = self._map(table)
        if not next(iter(table.rows), None):
            heads = "、".join(table.header)
            raise InputError(f"{where}只有表头（{heads}），没有数据行。", "请重新导出后再试。")
        if not columns.usable:
            raise InputError(
                f"{where}里认不出标题列和正文列。表头有：{'、'.join(table.header)}。",
                "请用 --title、--body 指定列名、列字母或列号，如 --title C。",
            )
        self.maps.append(TableColumns(table.file, table.sheet, columns))
        self.notes.extend(f"{where}：{note}" if prefixed else note for note in table.notes)
        place = table.sheet or Path(table.file).stem
        if prefixed and table.sheet:
            place = f"{Path(table.file).stem}-{table.sheet}"
        prefix = f"{place}-" if prefixed else ""
        return lambda: table_items(table, columns, self.tally, prefix=prefix)

    def _lists_proposals(self, table: Table) -> bool:
        """Tell a list of proposals inside a document from a table of figures."""
        try:
            columns = self._map(table)
        except UsageError:
            return False
        head = columns.head("title")
        if head is None or normalise(head) in TOO_PLAIN:
            return False
        return columns.reasons["title"] != BY_CONTENT or "body" in columns.roles

    def _map(self, table: Table) -> ColumnMap:
        samples = [row.cells for row in islice(table.rows, _SAMPLE)]
        return guess_columns(table.header, samples, self.options.overrides)


def _standard_input() -> BinaryIO:
    """Return the process's standard input; an empty one where there is none."""
    return sys.stdin.buffer if sys.stdin else io.BytesIO()


def _form_text(table: Table) -> str:
    """Write a sheet that is one filled form as lines; "" for lists."""
    if not isinstance(table.rows, Rows):
        return ""
    raw = [row.cells for row in islice(table.rows.factory(), _FORM_ROWS + 1)]
    return "\n".join(form_lines(raw)) if len(raw) <= _FORM_ROWS and is_form(raw) else ""


__all__ = ["ReadOptions", "Source", "TableColumns", "UsageError", "read_proposals"]
