"""JSONL of the gold contract, with every row's file and line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nlp.corpus.blanks import is_blank
from nlp.corpus.rows import Row, numbered_lines, parse_row
from nlp.errors import DataError, InputError
from nlp.evaluate.gold.rows import Gold
from nlp.evaluate.gold.said import spots

SUFFIXES = (".jsonl", ".ndjson")
TEXTS, LABELS = ("title", "body"), ("topics", "lead", "co")
_LINES = 100
_SHOWN = 10
"""How many faults `DataError` shows."""
HINT = (
    "标准答案里有错就不评测，免得漏算了哪一行。请按行号改正，"
    "或者把这些行删掉、另存一份，再评测那一份。"
)


def is_contract(file: Path) -> bool:
    """Tell JSONL of the contract from objects under Chinese heads, which are a table.

    One object with `title` or `body` among the first hundred makes it the contract; so does
    a file without any object, whose faults are then reported line by line.
    """
    objects = 0
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        for line, _ in zip(lines, range(_LINES), strict=False):
            try:
                value = json.loads(line) if line.strip() else None
            except (ValueError, RecursionError):
                continue
            if isinstance(value, dict):
                objects += 1
                if any(key in value for key in TEXTS):
                    return True
    return not objects


def read_lines(files: Sequence[Path], root: Path) -> Gold:
    """Read JSONL files of the contract.

    :param root: the folder that files are named from, or the file itself.

    Raises DataError with the faulty lines of all files, InputError for text that is not
    UTF-8 and for no row at all.
    """
    rows: list[Row] = []
    where: list[str] = []
    faults: list[str] = []
    marks = Marks()
    for file in files:
        name = file.name if file == root else file.relative_to(root).as_posix()
        try:
            lines = numbered_lines(file, marks.parse)
        except DataError as error:
            faults.extend(f"{name} {fault}" if len(files) > 1 else fault for fault in error.faults)
            continue
        rows.extend(line.value for line in lines)
        where.extend(f"{name} 第{line.number}行" for line in lines)
    if faults:
        raise contract_error(str(root), faults)
    if not rows:
        raise InputError(f"{root} 里没有一行可用的数据。", "应为 JSONL，每行一件，含 title 字段。")
    return Gold(tuple(rows), marks.notes(where), tuple(where))


def contract_error(name: str, faults: Sequence[str]) -> DataError:
    """Return the error of faults (第3行：…); where only some are shown, its hint has every row."""
    rows = [fault.split("：", 1)[0] for fault in faults]
    every = f"有错的行：{spots(rows, len(rows))}。" if len(rows) > _SHOWN else ""
    return DataError(name, faults, HINT + every)


class Marks:
    """Parses rows, and remembers which say that they are not labelled (NaN, "nan", “无”)."""

    def __init__(self) -> None:
        self.seen = 0
        self.found: dict[str, list[int]] = {}

    def parse(self, value: Any, default_id: str) -> Row:  # noqa: ANN401 - audited by parse_row
        row = parse_row(value, default_id)
        for key in LABELS:
            if _marked(value, key):
                self.found.setdefault(key, []).append(self.seen)
        self.seen += 1
        return row

    def notes(self, where: Sequence[str]) -> tuple[str, ...]:
        """Say how many labels were marks; `where` names the parsed rows in their order."""
        return tuple(
            f"有 {len(rows)} 行的 {key} 写着 NaN、“nan”“无”“-”之类，按没有标注计"
            f"（{spots([where[row] for row in rows])}）。"
            for key, rows in self.found.items()
        )


def _marked(value: Mapping[str, Any], key: str) -> bool:
    """Tell a mark for nothing from a field that is absent, null or an empty list."""
    found = value.get(key)
    if isinstance(found, list):
        return any(is_blank(each) for each in found)
    return found is not None and is_blank(found)
