"""Any tabular file as tables of text; each form is read in its own file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from nlp.errors import InputError
from nlp.io.cells import MAX_CELL, TableRow
from nlp.io.encoding import decode
from nlp.io.guard import check_file
from nlp.io.kinds import KIND_NAMES, Kind, expected_kind, sniff
from nlp.io.markup import RawTable, decode_page, parse_page, parse_sheetml
from nlp.io.shape import Table, shape_table

TABULAR = frozenset(
    {
        *(Kind.XLSX, Kind.XLS, Kind.CSV, Kind.TSV, Kind.JSONL),
        *(Kind.JSON, Kind.PARQUET, Kind.SHEETML),
    }
)
_TEXTS = frozenset({Kind.JSONL, Kind.JSON, Kind.CSV, Kind.TSV, Kind.TXT})
__all__ = ["MAX_CELL", "TABULAR", "Table", "TableRow", "read_tables", "shape_raw", "surprise"]


def read_tables(
    path: Path,
    *,
    name: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> tuple[Table, ...]:
    """Read every table of a file, whatever its extension claims.

    :param path: the file.
    :param name: what to call it in messages and row references; its file name by default.
    :param encoding: overrides the rule for texts.
    :param sheet: name or 1-based number of the only sheet to read.
    :raises InputError: nothing tabular can be read from it.
    :raises UsageError: there is no such sheet or encoding.
    """
    name = name or path.name
    check_file(path, name)
    kind = sniff(path, name)
    tables = _read(path, name, kind, encoding, sheet)
    note = surprise(path, name, kind)
    if note and tables:
        first = tables[0]
        return (replace(first, notes=(note, *first.notes)), *tables[1:])
    return tuple(tables)


def surprise(path: Path, name: str, kind: Kind) -> str:
    """Say that a file is not what its extension claims; "" when it is."""
    expected = expected_kind(path)
    if expected in (kind, None) or kind is Kind.TXT or (expected is Kind.TXT and kind is Kind.TSV):
        return ""
    return f"“{name}”的扩展名是 {path.suffix}，内容其实是{KIND_NAMES[kind]}，已按实际内容读取。"


def shape_raw(file: str, raws: Sequence[RawTable]) -> list[Table]:
    """Find the headers of raw tables; names them 表格1… when there are several."""
    tables = []
    for number, raw in enumerate(raws, start=1):
        sheet = raw.name or (f"表格{number}" if len(raws) > 1 else None)
        table = shape_table(file, sheet, raw.rows)
        if table is not None:
            tables.append(table)
    return tables


def _read(
    path: Path, name: str, kind: Kind, encoding: str | None, sheet: str | None
) -> Sequence[Table]:
    if kind in (Kind.XLSX, Kind.XLS):
        from nlp.io.spreadsheet import read_workbook

        return read_workbook(path, name, sheet)
    if kind is Kind.PARQUET:
        from nlp.io.parquet import read_parquet

        return [read_parquet(path, name)]
    data = path.read_bytes()
    if kind is Kind.HTML:
        page = parse_page(decode_page(data, name=name, encoding=encoding).text, name)
        return _some(name, shape_raw(name, page.tables))
    if kind is Kind.SHEETML:
        return _some(name, shape_raw(name, parse_sheetml(data, name)))
    if kind not in _TEXTS:
        hint = "请把里面的表另存为 xlsx 再试；已发的通报用 fenban bulletin read 读。"
        raise InputError(f"“{name}”是{KIND_NAMES[kind]}，不是表格。", hint)
    text = decode(data, name=name, encoding=encoding).text
    if kind in (Kind.JSONL, Kind.JSON):
        from nlp.io.jsonlines import read_json, read_jsonl

        return [(read_json if kind is Kind.JSON else read_jsonl)(text, name)]
    from nlp.io.delimited import read_delimited

    found = read_delimited(text, name, "\t" if kind is Kind.TSV else ",")
    return [replace(found, expected=_records(text))]


def _records(text: str) -> int:
    """Count line ends outside quotes."""
    return sum(part.count("\n") for part in text.split('"')[::2])


def _some(name: str, tables: list[Table]) -> list[Table]:
    if not tables:
        raise InputError(f"“{name}”里没有表格，也没有数据行。", "请重新导出，或另存为 xlsx。")
    return tables
