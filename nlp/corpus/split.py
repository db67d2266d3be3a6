"""Train, dev and test parts that share no near-duplicate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.corpus.duplicates import duplicate_groups
from nlp.corpus.rows import Row


@dataclass(frozen=True, slots=True)
class Split:
    """Rows to learn from, to tune on, and to measure on once."""

    train: tuple[Row, ...]
    dev: tuple[Row, ...]
    test: tuple[Row, ...]


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
