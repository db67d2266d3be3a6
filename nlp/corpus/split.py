"""Train, dev and test parts that share no near-duplicate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlp.corpus.duplicates import duplicate_groups
from nlp.corpus.rows import Row, load_rows
from nlp.errors import InputError

PARTS = ("train", "dev", "test")


@dataclass(frozen=True, slots=True)
class Split:
    """Rows to learn from, to tune on, and to measure on once."""

    train: tuple[Row, ...]
    dev: tuple[Row, ...]
    test: tuple[Row, ...]


def read_split(folder: Path) -> Split | None:
    """Return the split that a corpus folder comes with, None if it lacks one of the parts.

    A part is a folder (`train/`) or a file (`train.jsonl`). Raises InputError or DataError for
    parts that can't be read or are there twice.
    """
    found = [_part_of(folder, part) for part in PARTS]
    if None in found:
        return None
    train, dev, test = (tuple(load_rows([path])) for path in found if path)
    return Split(train, dev, test)


def _part_of(folder: Path, part: str) -> Path | None:
    """Return the folder `part/` or the file `part.jsonl`, None if there is neither.

    Raises InputError if there are both: nobody can tell which of them counts.
    """
    found = [path for path in (folder / part, folder / f"{part}.jsonl") if path.exists()]
    if len(found) > 1:
        raise InputError(
            f"语料 {folder} 里既有 {part}，又有 {part}.jsonl。",
            "每一份只能有一处，请删去一个，或合并成一个。",
        )
    return found[0] if found else None


def with_labels(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that a router can learn from."""
    return [row for row in rows if row.topics or row.lead]


def split_rows(
    rows: Sequence[Row], seed: int, *, dev_share: float = 0.12, test_share: float = 0.12
) -> Split:
    """Split at random by whole near-duplicate groups; same rows and seed, same split."""
    groups = duplicate_groups([row.title or row.body[:60] for row in rows])
    names = sorted(set(groups))
    draws = np.random.default_rng(seed).random(len(names))
    draw = dict(zip(names, draws.tolist(), strict=True))
    parts: dict[str, list[Row]] = {"train": [], "dev": [], "test": []}
    for row, group in zip(rows, groups, strict=True):
        value = draw[group]
        part = (
            "test" if value < test_share else "dev" if value < test_share + dev_share else "train"
        )
        parts[part].append(row)
    return Split(tuple(parts["train"]), tuple(parts["dev"]), tuple(parts["test"]))


def without_duplicates_of(rows: Sequence[Row], held_out: Sequence[Row]) -> list[Row]:
    """Return the rows that have no near-duplicate among the held-out ones."""
    titles = [row.title or row.body[:60] for row in (*held_out, *rows)]
    groups = duplicate_groups(titles)
    taken = set(groups[: len(held_out)])
    own = groups[len(held_out) :]
    return [row for row, group in zip(rows, own, strict=True) if group not in taken]
