"""Workbooks with several sheets, drop-down lists, frozen header and filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from nlp.errors import InputError
from nlp.io.atomic import write_atomic
from nlp.io.safe import Changes, Written, safe_cell

MAX_ROWS = 1_048_576
LISTS_SHEET = "选项"
_INLINE_LIMIT = 255
_BREAKING = frozenset(',"')
"""What a list written into its rule cannot hold."""

Workbook = Any
Worksheet = Any
"""XlsxWriter carries no types."""
_DEFAULT_WIDTH = 16
_CREATED = datetime(2000, 1, 1)
"""Stands in every file, so that the same results give the same bytes."""
_SPARE_ROWS = 200
"""Drop-down lists go on so far below the last row, for rows added by hand."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: every row is text, as wide as `header`.

    `widths` are in characters, a column each (missing: 16); `choices` maps columns
    (0-based) to the values of their drop-down list.
    """

    name: str
    header: tuple[str, ...]
    rows: Iterable[Sequence[str]]
    widths: tuple[int, ...] = ()
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)


def write_workbook(path: Path, sheets: Sequence[Sheet], *, flat_memory: bool = True) -> Written:
    """Write an xlsx file; every cell is text and made safe.

    :param flat_memory: write rows through to disk; without it repeated texts are shared,
        which is a quarter faster and smaller but keeps every text in memory.

    :raises InputError: the file cannot be written, or a sheet has too many rows.
    """
    changes = Changes()

    def fill(temporary: Path) -> None:
        import xlsxwriter  # type: ignore[import-untyped]

        options = {
            "constant_memory": flat_memory,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        book = xlsxwriter.Workbook(str(temporary), options)
        book.set_properties({"created": _CREATED})
        try:
            _fill(book, sheets, changes)
        finally:
            try:
                book.close()
            except xlsxwriter.exceptions.FileCreateError as fault:
                raise OSError(*getattr(fault.args[0], "args", fault.args)) from fault

    write_atomic(path, fill)
    return Written(path, changes.cut, changes.removed)


def _fill(book: Workbook, sheets: Sequence[Sheet], changes: Changes) -> None:
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE6F0"}
    )
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    ranges: dict[tuple[str, ...], str] = {}
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for column in range(len(sheet.header)):
            width = sheet.widths[column] if column < len(sheet.widths) else _DEFAULT_WIDTH
            page.set_column(column, column, width, text)
        for column, name in enumerate(sheet.header):
            page.write_string(0, column, safe_cell(name, changes), head)
        last = _write_rows(page, sheet, changes)
        page.freeze_panes(1, 0)
        if sheet.header:
            page.autofilter(0, 0, max(last, 1), len(sheet.header) - 1)
        for column, values in sheet.choices.items():
            _choose(page, column, last, tuple(values), ranges)
    if ranges:
        _write_lists(book, ranges, changes)


def _write_rows(page: Worksheet, sheet: Sheet, changes: Changes) -> int:
    """Write the rows below the header and return the last row's number (0-based)."""
    number = 0
    for number, row in enumerate(sheet.rows, start=1):
        if number >= MAX_ROWS:
            raise InputError(
                f"工作表“{sheet.name}”超过 Excel 的 {MAX_ROWS} 行上限。", "请输出为 csv 或 jsonl。"
            )
        for column, cell in enumerate(row):
            if cell:
                page.write_string(number, column, safe_cell(cell, changes))
    return number


def _choose(
    page: Worksheet,
    column: int,
    last: int,
    values: tuple[str, ...],
    ranges: dict[tuple[str, ...], str],
) -> None:
    """Attach a drop-down list; long ones refer to the hidden sheet (Excel's limit)."""
    if not values:
        return
    source: str | list[str] = list(values)
    if len(",".join(values)) > _INLINE_LIMIT or any(set(value) & _BREAKING for value in values):
        letters = _letters(len(ranges))
        source = ranges.setdefault(
            values, f"='{LISTS_SHEET}'!${letters}$1:${letters}${len(values)}"
        )
    bottom = min(last + _SPARE_ROWS, MAX_ROWS - 1)
    rule = {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": "不在列表里",
        "error_message": "这个值不在下拉列表里，仍要填入吗？",
    }
    page.data_validation(1, column, bottom, column, rule)


def _write_lists(book: Workbook, ranges: Mapping[tuple[str, ...], str], changes: Changes) -> None:
    page = book.add_worksheet(LISTS_SHEET)
    height = max(map(len, ranges))
    for row in range(height):  # row by row: constant memory writes in order
        for column, values in enumerate(ranges):
            if row < len(values):
                page.write_string(row, column, safe_cell(values[row], changes))
    page.hide()


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
