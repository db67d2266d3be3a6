"""One cell as text: nothing is lost to number formats, nothing unprintable gets through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import cast

MAX_CELL = 1_000_000
MAX_COLUMNS = 16_384
"""As many as Excel has; wider rows are damaged or made to exhaust memory."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_LONE_BREAK = re.compile("\r(?!\n)|[\x0b\x0c\x85\u2028\u2029]")
_UNTIDY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""What either of the others finds, but for the plain line break."""
_INVISIBLE = "\ufeff"
_TOO_DEEP = "（这一格的内容套得太深，读不出来）"


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
    if _tidy(text):
        return Clean(text)
    text = _BREAK.sub("\n", text)
    cleaned, removed = _CONTROL.subn("", text)
    return Clean(cleaned, removed)


def _tidy(text: str) -> bool:
    """Tell whether cleaning would leave a text as it is."""
    # most cells are printable, and asking that is far cheaper than a search
    return text.isprintable() or not _UNTIDY.search(text)


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


def whole_number(text: str | None, default: int, most: int) -> int:
    """Read a number that a file claims, such as a span, held within 0 and `most`.

    What is no plain number gives `default`; Python would refuse to convert very long ones.
    """
    text = (text or "").strip()
    if not (text.isascii() and text.isdigit()):
        return default
    return min(int(text), most) if len(text) <= 9 else most


def make_row(number: int, values: Iterable[object]) -> TableRow:
    """Turn a row of typed values into text; an over-long cell becomes the row's fault.

    So does a row wider than MAX_COLUMNS, of which one cell more than that is kept.
    """
    taken = tuple(islice(values, MAX_COLUMNS + 1))
    if plain := _plain(taken):
        return TableRow(number, plain)
    cells: list[str] = []
    aligned: dict[int, str] = {}
    fault, removed = "", 0
    for value in taken:
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
        if not _tidy(text):
            clean = clean_text(text)
            if len(clean.text) < len(text):
                aligned[len(cells)] = aligned_text(text)
            text = clean.text
            removed += clean.removed
        cells.append(text)
    if len(cells) > MAX_COLUMNS:
        fault = f"这一行超过 {MAX_COLUMNS} 格，没有处理；请检查分隔符，或另存为 xlsx 再试。"
    return TableRow(number, tuple(cells), fault, removed, aligned)


def _plain(values: tuple[object, ...]) -> tuple[str, ...]:
    """Return the values if all are text that needs nothing done, as in most rows, else ()."""
    try:
        joined = "".join(cast("tuple[str, ...]", values))  # one check of all is the cheapest
    except TypeError:
        return ()
    fits = len(joined) <= MAX_CELL and len(values) <= MAX_COLUMNS
    return cast("tuple[str, ...]", values) if fits and _tidy(joined) else ()


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

    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except (RecursionError, ValueError):  # nested just too deep to be written again
        return _TOO_DEEP
