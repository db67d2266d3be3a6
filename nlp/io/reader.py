"""One reading of an input: which files it has, what is in them, and what is told of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Generic

from nlp.errors import FenbanError, InputError, UsageError
from nlp.io.bookmark import Bookmark, FileFacts
from nlp.io.cells import aligned_text
from nlp.io.columns import ColumnMap, guess_columns
from nlp.io.documents import Document, read_document
from nlp.io.encoding import decode
from nlp.io.fields import form_lines, is_form
from nlp.io.guard import MAX_FILE, check_file
from nlp.io.kinds import sniff
from nlp.io.outlook import Outlook
from nlp.io.shape import Rows, Table
from nlp.io.source import ReadOptions, T, TableColumns
from nlp.io.system import file_size, visible
from nlp.io.tables import TABULAR, read_tables, surprise
from nlp.io.target import Tally, Target, table_items
from nlp.types import RowError, RowRef

_SAMPLE = 200
_FORM_ROWS = 60
STDIN_NAME = "标准输入"
_OBJECTS = re.compile(r"\s*(?:\[\s*)?\{")
"""How JSONL and a JSON list begin."""


@dataclass(slots=True)
class Reader(Generic[T]):
    target: Target[T]
    options: ReadOptions
    notes: list[str] = field(default_factory=list)
    maps: list[TableColumns] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    outlook: Outlook = field(default_factory=Outlook)
    bookmark: Bookmark | None = None
    facts: FileFacts | None = None

    def finish(self, items: Iterator[T | RowError], name: str) -> Iterator[T | RowError]:
        """Pass items on; remarks follow the end."""
        yield from self.guarded(items, name)
        self.notes.extend(self.tally.notes())

    def guarded(self, items: Iterator[T | RowError], name: str) -> Iterator[T | RowError]:
        """Pass items on; a fault halfway becomes the last one."""
        try:
            yield from items
        except FenbanError as fault:
            yield RowError(Path(name).stem, "", str(fault), RowRef(name))

    def folder(self, root: Path, names: Sequence[str]) -> Iterator[T | RowError]:
        sizes = [file_size(root / file) for file in names]
        self.outlook.size = sum(sizes)
        for file, size in zip(names, sizes, strict=True):
            yield from self.outlook.file(size, self._file_of(root / file, visible(file)))

    def _file_of(self, path: Path, name: str) -> Iterator[T | RowError]:
        try:
            yield from self.open_file(path, name, shared=True)
        except FenbanError as fault:
            yield RowError(Path(name).stem, "", str(fault), RowRef(name))
        except Exception as fault:  # one odd file must not stop a folder
            message = f"程序没能读懂“{name}”（{type(fault).__name__}：{fault}），请另存后再试。"
            yield RowError(Path(name).stem, "", message[:300], RowRef(name))

    def open_file(self, path: Path, name: str, *, shared: bool = False) -> Iterator[T | RowError]:
        """Open eagerly, so that faults are raised here; rows come lazily."""
        check_file(path, name)
        self.facts = FileFacts.of(path)
        kind = sniff(path, name)
        encoding = self.options.encoding
        if kind in TABULAR:
            sheet = self.options.sheet
            tables = read_tables(path, name=name, encoding=encoding, sheet=sheet)
            return self._open_tables(name, tables, shared)
        document = read_document(path, name=name, encoding=encoding)
        if note := surprise(path, name, kind):
            self.notes.append(note)
        listed = [table for table in document.tables if self._is_list(document, table)]
        if listed:
            return self._open_tables(name, listed, shared)
        return map(self.tally.count, self.target.document(document, self.notes))

    def open_stdin(self, stream: BinaryIO) -> Iterator[T | RowError]:
        data = stream.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            raise InputError(
                f"标准输入超过 {MAX_FILE // 2**20} MB 的上限。",
                "请拆成几个文件，放在一个文件夹里。",
            )
        if not data.strip():
            raise InputError("标准输入里没有内容。", self.target.example)
        text = decode(data, name=STDIN_NAME, encoding=self.options.encoding).text
        if _OBJECTS.match(text):
            from nlp.io.jsonlines import read_json, read_jsonl

            read = read_jsonl if text.lstrip().startswith("{") else read_json
            return self._open_tables(STDIN_NAME, [read(text, STDIN_NAME)], False)
        return iter([self.tally.count(self.target.piped(aligned_text(text), RowRef(STDIN_NAME)))])

    def _open_tables(
        self, name: str, tables: Sequence[Table], shared: bool
    ) -> Iterator[T | RowError]:
        opened: list[Callable[[], Iterator[T | RowError]]] = []
        missed: list[FenbanError] = []
        expected: list[int | None] = []
        prefixed = shared or len(tables) > 1
        for table in tables:
            try:
                opened.append(self._open_table(table, prefixed))
                expected.append(table.expected)
            except FenbanError as fault:
                missed.append(fault)
        if not opened:
            raise missed[0]
        self.notes.extend(f"没有读：{fault.message}" for fault in missed)
        if not shared and None not in expected:
            self.outlook.whole = sum(count or 0 for count in expected)
        return (item for items in opened for item in items())

    def _open_table(self, table: Table, prefixed: bool) -> Callable[[], Iterator[T | RowError]]:
        where = f"“{table.file}”" + (f"的表“{table.sheet}”" if table.sheet else "")
        form = _form_text(table)
        if form:
            stem = table.sheet or Path(table.file).stem
            source = RowRef(table.file, table.sheet)
            return lambda: iter([self.tally.count(self.target.form(form, stem, source))])
        columns = self._map(table)
        if not next(iter(table.rows), None):
            heads = "、".join(table.header)
            raise InputError(f"{where}只有表头（{heads}），没有数据行。", "请重新导出后再试。")
        if not columns.usable:
            raise InputError(
                f"{where}里认不出{self.target.missing}。表头有：{'、'.join(table.header)}。",
                self.target.hint,
            )
        self.maps.append(TableColumns(table.file, table.sheet, columns))
        self.notes.extend(f"{where}：{note}" if prefixed else note for note in table.notes)
        place = table.sheet or Path(table.file).stem
        if prefixed and table.sheet:
            place = f"{Path(table.file).stem}-{table.sheet}"
        prefix = f"{place}-" if prefixed else ""
        mark = Bookmark(self.tally, self.facts)
        self.bookmark = None if prefixed else mark
        read = partial(table_items, table, self.target, columns, self.tally, prefix=prefix)
        return lambda: read(after=mark.after)

    def _is_list(self, document: Document, table: Table) -> bool:
        """Tell a list of items inside a document from a table that is part of its text."""
        try:
            columns = self._map(table)
        except UsageError:
            return False
        return self.target.listed(document, table, columns)

    def _map(self, table: Table) -> ColumnMap:
        samples = [row.cells for row in islice(table.rows, _SAMPLE)]
        needed = self.target.roles
        return guess_columns(table.header, samples, self.options.overrides, needed=needed)


def _form_text(table: Table) -> str:
    """Write a sheet that is one filled form as lines; "" for lists."""
    if not isinstance(table.rows, Rows):
        return ""
    raw = [row.cells for row in islice(table.rows.factory(), _FORM_ROWS + 1)]
    return "\n".join(form_lines(raw)) if len(raw) <= _FORM_ROWS and is_form(raw) else ""
