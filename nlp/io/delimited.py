"""csv, tsv and their relatives: the delimiter is what the header uses most."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.errors import InputError
from nlp.io.cells import TableRow, make_row
from nlp.io.names import matches
from nlp.io.shape import Table, shape_table

_DELIMITERS = ",\t;|"
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.I)
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SHOWN_LINES = 15


@dataclass(frozen=True, slots=True)
class Lines:
    """Delimited text, iterable anew as rows."""

    text: str
    delimiter: str

    def rows(self) -> Iterator[TableRow]:
        # The limit is one setting for the process; ours is checked in make_row.
        csv.field_size_limit(max(csv.field_size_limit(), 2**31 - 1))
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter)
        unclosed = self._unclosed_from()
        start = 1
        for number, cells in enumerate(reader, start=1):
            if not cells:  # a blank line
                start = reader.line_num + 1
                continue
            row = make_row(number, cells)
            if unclosed and start <= unclosed <= reader.line_num:
                row = TableRow(number, tuple(c[:200] for c in row.cells), _quote_fault(unclosed))
            yield row
            start = reader.line_num + 1

    def _unclosed_from(self) -> int:
        """Tell the line where a quote opens that nothing closes; 0 when all are closed."""
        if self.text.count('"') % 2 == 0:
            return 0
        strict = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter)
        last = ends = 0
        for cells in strict:
            start, ends = ends + 1, strict.line_num
            last = start if cells else last
        spans = ends - last
        return last if spans > 0 or not _closed(self.text, last) else 0


def _closed(text: str, line: int) -> bool:
    """Tell whether the last record, on one line, parses strictly."""
    record = text.splitlines(keepends=True)[line - 1 :]
    try:
        list(csv.reader(record, strict=True))
    except csv.Error:
        return False
    return True


def _quote_fault(line: int) -> str:
    return (
        f"从第 {line} 行起有一个引号没有成对，后面的内容都连成了一格，没有处理；"
        "请用文本编辑器补上或删去这个引号，或从 Excel 另存为 xlsx 再试。"
    )


def read_delimited(text: str, name: str, default: str = ",") -> Table:
    """Read decoded text as a table.

    :raises InputError: no line has any text.
    """
    told = _SEP_LINE.match(text)
    if told:  # Excel's own marker for the delimiter; kept as an empty row 1
        text = "\n" + text[told.end() :]
    delimiter = told[1] if told else sniff_delimiter(text, default)
    table = shape_table(name, None, Lines(text, delimiter).rows)
    if table is None:
        raise InputError(f"“{name}”里没有任何内容。", "请确认导出的文件里有数据。")
    return table


def looks_tabular(text: str) -> bool:
    """Tell a table saved as .txt (Excel's "Unicode text") by tabs between known names."""
    for line in text[: 64 * 1024].split("\n")[:_SHOWN_LINES]:
        cells = line.split("\t")
        if len(cells) > 1 and sum(bool(matches(cell)) for cell in cells) * 2 >= len(cells):
            return True
    return False


def sniff_delimiter(text: str, default: str) -> str:
    """Choose the delimiter that the first lines use, `default` when they use it at all."""
    shown = text[: 64 * 1024].split("\n", _SHOWN_LINES)[:_SHOWN_LINES]
    for line in shown:
        bare = _QUOTED.sub("", line)
        counts = {mark: bare.count(mark) for mark in _DELIMITERS}
        if counts[default]:
            return default
        if any(counts.values()):
            return max(counts, key=lambda mark: counts[mark])
    return default
