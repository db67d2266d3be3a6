"""What a run that was killed has written, against one that was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.io.hashes import file_digest


@dataclass(frozen=True, slots=True)
class Compared:
    """Rows missing from an output, rows too many in it; whether order and bytes are the same."""

    lost: int
    doubled: int
    ordered: bool
    identical: bool


def compare(output: Path, wanted: Path, ids: Sequence[str]) -> Compared:
    """Hold an output against the one wanted; `ids` are those of the input, in order."""
    found = ids_of(output)
    there, given = Counter(found), Counter(ids)
    return Compared(
        (given - there).total(),
        (there - given).total(),
        found == list(ids),
        file_digest(output) == file_digest(wanted),
    )


def ids_of(file: Path) -> list[str]:
    """Return the ids of a Parquet or JSONL file, in order."""
    if file.suffix == ".parquet":
        from pyarrow.parquet import read_table

        found: list[str] = read_table(file, columns=["id"])["id"].to_pylist()
        return found
    import json

    with file.open(encoding="utf-8") as lines:
        return [json.loads(line)["id"] for line in lines]
