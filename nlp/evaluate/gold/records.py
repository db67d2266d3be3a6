"""Records of a data set as gold: by the contract's names, or a table under Chinese heads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nlp.errors import InputError
from nlp.evaluate.gold.hub import (
    Chosen,
    Part,
    Record,
    is_repository,
    is_saved,
    open_repository,
    open_saved,
)
from nlp.evaluate.gold.lines import SUFFIXES, TEXTS, Marks, contract_error, is_contract, read_lines
from nlp.evaluate.gold.office import Vocabulary
from nlp.evaluate.gold.rows import Gold, joined
from nlp.evaluate.gold.tables import map_table
from nlp.io.cells import make_row
from nlp.io.shape import Table

LISTS = ("topics", "co", "also")


def is_data_set(path: Path) -> bool:
    """Tell a folder of the Hugging Face `datasets` library from a folder of files."""
    return path.is_dir() and (is_saved(path) or is_repository(path))


def read_data_set(folder: Path, vocabulary: Vocabulary, split: str | None) -> Gold:
    """Read the split asked for, else test, else validation, else all; a note says which.

    Raises InputError for what can't be read, DataError with the rows that break the contract,
    UsageError for a split that is not there.
    """
    opened = open_saved(folder, split) if is_saved(folder) else open_repository(folder, split)
    found = joined(_part(part, folder, vocabulary) for part in opened.parts)
    if not found.rows:
        raise InputError(f"数据集“{folder.name}”里没有一行数据。", "请检查所用的那一份。")
    return Gold(found.rows, (*_notes(opened, folder, len(found.rows)), *found.notes), found.where)


def _notes(opened: Chosen, folder: Path, rows: int) -> tuple[str, ...]:
    if not opened.names:
        return ()
    some = "、".join(opened.names)
    return (f"“{folder.name}”是数据集，分 {some}：{opened.reason}（{rows} 行）。",)


def _part(part: Part, folder: Path, vocabulary: Vocabulary) -> Gold:
    """Read JSONL of the contract ourselves, for the numbers of its lines."""
    lines = part.files and all(file.suffix.lower() in SUFFIXES for file in part.files)
    if lines and all(map(is_contract, part.files)):
        return read_lines(part.files, folder.resolve())
    name = f"{folder.name} {part.name}".strip()
    records = part.records()
    return _contract(name, records) if _by_names(records) else _table(name, records, vocabulary)


def _by_names(records: Sequence[Record]) -> bool:
    """Tell the contract's names and types; `topics` as one text is a table's cell."""
    texts = any(key in record for record in records[:1] for key in TEXTS)
    lists = all(isinstance(r.get(key), list | None) for r in records for key in LISTS)
    return texts and lists


def _contract(name: str, records: Sequence[Record]) -> Gold:
    rows, faults, marks = [], [], Marks()
    for number, record in enumerate(records, 1):
        told = {key: value for key, value in record.items() if value is not None}
        try:
            rows.append(marks.parse(told, f"{name.replace(' ', '-')}-{number}"))
        except ValueError as error:
            faults.append(f"第{number}行：{error}")
    if faults:
        raise contract_error(name, faults)
    where = tuple(f"{name} 第{number}行" for number in range(1, len(rows) + 1))
    return Gold(tuple(rows), marks.notes(where), where)


def _table(name: str, records: Sequence[Record], vocabulary: Vocabulary) -> Gold:
    heads = tuple(dict.fromkeys(head for record in records for head in record))
    rows = [
        make_row(number, [record.get(head) for head in heads])
        for number, record in enumerate(records, 1)
    ]
    return map_table(Table(name, None, heads, rows), vocabulary)
