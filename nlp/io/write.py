"""Results as files that Excel opens safely and that are never half written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from nlp.io.atomic import make_folder, write_atomic
from nlp.io.safe import EXCEL_LIMIT, Changes, Written, safe_cell
from nlp.io.workbook import Sheet, write_workbook

__all__ = [
    "EXCEL_LIMIT",
    "Changes",
    "Sheet",
    "Written",
    "json_line",
    "safe_cell",
    "write_atomic",
    "write_csv",
    "write_json",
    "write_jsonl",
    "write_lines",
    "write_workbook",
]


def write_jsonl(path: Path, objects: Iterable[Mapping[str, object]]) -> Written:
    """Write one JSON object a line, UTF-8, Chinese left readable.

    :raises InputError: the file cannot be written.
    """
    return write_lines(path, map(json_line, objects))


def write_lines(path: Path, lines: Iterable[str]) -> Written:
    """Write lines that are complete, or runs of them, as UTF-8.

    :raises InputError: the file cannot be written.
    """

    def fill(file: BinaryIO) -> None:
        file.writelines(line.encode("utf-8") for line in lines)

    _replace(path, fill)
    return Written(path)


def json_line(item: Mapping[str, object]) -> str:
    """Write one object as a line of JSON; lone surrogates are replaced."""
    line = json.dumps(item, ensure_ascii=False, default=str)
    return line.encode("utf-8", "replace").decode("utf-8") + "\n"


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Written:
    """Write a CSV that Excel opens as UTF-8, every cell made safe.

    :raises InputError: the file cannot be written.
    """
    changes = Changes()

    def fill(file: BinaryIO) -> None:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        writer = csv.writer(text)
        writer.writerow([safe_cell(head, changes) for head in header])
        writer.writerows([safe_cell(cell, changes) for cell in row] for row in rows)
        text.flush()
        text.detach()

    _replace(path, fill)
    return Written(path, changes.cut, changes.removed)


def _replace(path: Path, fill: Callable[[BinaryIO], None]) -> None:
    def write(temporary: Path) -> None:
        with temporary.open("wb") as file:
            fill(file)

    write_atomic(path, write)


def write_json(path: Path, value: object) -> Written:
    """Write one indented JSON document, making its folder if need be.

    :raises InputError: the file cannot be written.
    """
    make_folder(path)
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"

    def fill(file: BinaryIO) -> None:
        file.write(text.encode("utf-8", "replace"))

    _replace(path, fill)
    return Written(path)
