"""One cell as text: nothing is lost to number formats, nothing unprintable gets through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

MAX_CELL = 1_000_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_LONE_BREAK = re.compile("\r(?!\n)|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = "\ufeff"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as text.

    `number` is 1-based as a spreadsheet shows it; `fault` says, in Chinese, why the row
    cannot be used; `cleaned` counts the control characters that were removed. `aligned` has,
    by position, the cells that cleaning made shorter, with every character in its place.
    """

    number: int
    cells: tuple[str, ...]
    fault: str = ""
    cleaned: int = 0
    aligned: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clean:
    """Text without control characters, and how many there were."""

    text: str
    removed: int = 0


def clean_text(text: str) -> Clean:
    """Unify line breaks and remove what neither XML nor UTF-8 can carry."""
    if _BREAK.search(text):
        text = _BREAK.sub("\n", text)
    if not _CONTROL.search(text):
        return Clean(text)
    cleaned, removed = _CONTROL.subn("", text)
    return Clean(cleaned, removed)


def aligned_text(text: str) -> str:
    """Do what `clean_text` does without moving a character, for offsets into the original.

    Breaks stay as long as they were; what cannot be carried becomes an invisible mark.
    """
    return _CONTROL.sub(_INVISIBLE, _LONE_BREAK.sub("\n", text))


def cell_text(value: object) -> str:
    """Say a typed value as its reader would write it.

    Whole floats lose ".0", long numbers show no exponent, dates are ISO, lists of plain
    values are joined by "；".
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, date | time | timedelta):
        return _time_text(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list | tuple):
        return _list_text(value)
    if isinstance(value, dict):
        return _json(value)
    return str(value)


def make_row(number: int, values: Iterable[object]) -> TableRow:
    """Turn a row of typed values into text; an over-long cell becomes the row's fault."""
    cells: list[str] = []
    aligned: dict[int, str] = {}
    fault, removed = "", 0
    for value in values:
        if value == "":
            cells.append("")
            continue
        text = value if isinstance(value, str) else cell_text(value)
        if len(text) > MAX_CELL:
            fault = fault or (
                f"第{len(cells) + 1}列的单元格有 {len(text)} 个字符，超过 {MAX_CELL} 的上限，"
                "没有处理；请检查是否误粘贴了整份文件。"
            )
            text = text[:200] + "…"
        if not text.isprintable():  # most cells are; the check is far cheaper than a search
            clean = clean_text(text)
            if len(clean.text) < len(text):
                aligned[len(cells)] = aligned_text(text)
            text = clean.text
            removed += clean.removed
        cells.append(text)
    return TableRow(number, tuple(cells), fault, removed, aligned)


def _float_text(value: float) -> str:
    if value != value:
        return ""
    if abs(value) == float("inf"):
        return str(value)
    # repr gives the digits that the file held; int() would invent some beyond the 17th
    return format(Decimal(repr(value)), "f").removesuffix(".0")


def _time_text(value: date | time | timedelta) -> str:
    if isinstance(value, datetime):
        if value.time() == time.min:
            return value.date().isoformat()
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return value.isoformat()


def _list_text(values: list[object] | tuple[object, ...]) -> str:
    if any(isinstance(value, list | tuple | dict) for value in values):
        return _json(values)
    return "；".join(cell_text(value) for value in values)


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, default=str)
