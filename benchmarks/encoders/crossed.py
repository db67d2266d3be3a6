"""Cross-validation: every row is predicted by a system that never saw it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.encoders.fitted import fitted
from benchmarks.encoders.rows import Labelled
from benchmarks.encoders.system import Entry, Target
from benchmarks.encoders.workplace import Workplace

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fold:
    """Numbers of the rows to learn from and of those to be asked."""

    train: Ints
    test: Ints


@dataclass(frozen=True, slots=True)
class Pooled:
    """The answers of all folds: row `index[i]` was given label number `said[i]`."""

    index: Ints
    said: Ints
    remarks: tuple[str, ...]


def numbered(labels: Sequence[str]) -> tuple[list[str], Ints]:
    """Return the distinct labels in order, and each row's number among them."""
    names = sorted(set(labels))
    return names, np.array([names.index(label) for label in labels], np.int64)


def answers(entry: Entry, place: Workplace, rows: Labelled, folds: Sequence[Fold]) -> Pooled:
    """Fit a fresh system for every fold and pool what the systems say of the rest."""
    names, _ = numbered(rows.labels)
    said, remarks = [], Counter[str]()
    for fold in folds:
        train = rows.part(fold.train.tolist())
        system = fitted(entry, place, Target.OFFICE, train).system
        scores = system.predict_scores(rows.part(fold.test.tolist()).texts)
        number = np.array([names.index(label) for label in system.classes])
        said.append(number[scores.argmax(axis=1)])
        remarks[system.remark] += 1
    index = np.concatenate([fold.test for fold in folds])
    told = tuple(f"{text} ({n} of {len(folds)} fits)" for text, n in remarks.items() if text)
    return Pooled(index, np.concatenate(said), told)
