"""Label audit: rows whose label a model that had not seen them contradicts.

Confident learning (Northcutt, Jiang & Chuang 2021, JAIR 70, arXiv 1911.00068): a row is
doubtful if its chance of another label reaches what rows of that label get on average, while
its own label's does not win. Averages by label make labels that are hard everywhere no suspects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.corpus.rows import Row

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row whose label may be wrong; `confidence` is the suggested label's chance."""

    id: str
    title: str
    given: str
    suggested: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Rows with nearly the same title and different labels, as (id, title, label)."""

    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """Doubts, the strongest first; `rows` is how many were looked at."""

    rows: int
    doubts: tuple[Doubt, ...]
    contradictions: tuple[Contradiction, ...]

    @property
    def share(self) -> float:
        return len(self.doubts) / self.rows if self.rows else 0.0


def audit(
    chances: Floats, given: Ints, labels: Sequence[str], rows: Sequence[Row], groups: Ints
) -> Audit:
    """Look through labelled rows.

    `chances` (rows, labels) come from models that had not seen the row, `given` are the
    labels' numbers, `groups` is common to near-duplicates.
    """
    suggested = confident_labels(chances, given)
    doubtful = np.flatnonzero(suggested != given)
    gain = chances[doubtful, suggested[doubtful]] - chances[doubtful, given[doubtful]]
    doubts = tuple(
        Doubt(
            rows[i].id,
            rows[i].title or rows[i].body[:40],
            labels[given[i]],
            labels[suggested[i]],
            round(float(chances[i, suggested[i]]), 4),
        )
        for i in doubtful[np.argsort(-gain, kind="stable")].tolist()
    )
    return Audit(len(rows), doubts, tuple(_contradictions(given, labels, rows, groups)))


def confident_labels(chances: Floats, given: Ints) -> Ints:
    """Return each row's label in the confident joint; its own where no other one is sure.

    A label with one row has no average to speak of, so it is suggested to nobody.
    """
    counts = np.bincount(given, minlength=chances.shape[1])
    own = chances[np.arange(len(given)), given]
    totals = np.bincount(given, own, minlength=chances.shape[1])
    usual = np.divide(totals, counts, out=np.full(len(counts), np.inf), where=counts > 1)
    confident = np.where(chances >= usual, chances, 0.0)
    best = confident.argmax(axis=1)
    sure = confident[np.arange(len(given)), best] > own
    return np.where(sure, best, given).astype(np.int64)


def _contradictions(
    given: Ints, labels: Sequence[str], rows: Sequence[Row], groups: Ints
) -> list[Contradiction]:
    members: dict[int, list[int]] = {}
    for i, group in enumerate(groups.tolist()):
        members.setdefault(group, []).append(i)
    return [
        Contradiction(tuple((rows[i].id, rows[i].title, labels[given[i]]) for i in group))
        for group in members.values()
        if len({int(given[i]) for i in group}) > 1
    ]
