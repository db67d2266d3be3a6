"""Label audit: rows whose label a model that had not seen them contradicts.

Confident learning (Northcutt, Jiang & Chuang 2021, JAIR 70, arXiv 1911.00068): a row counts
as another label's if its chance of that one reaches what the label's own rows get on average.
So a label that is hard everywhere makes no suspects.
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
    suggested = likely_labels(chances, given)
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
    return Audit(len(rows), doubts, contradictions(given, labels, rows, groups))


def likely_labels(chances: Floats, given: Ints) -> Ints:
    """Return another label for as many rows of each label as are likely to have it wrong.

    The estimated joint of given and true labels says how many rows of label a are really b;
    those with the largest margin of b over a are taken ("prune by noise rate").
    """
    joint = estimated_joint(chances, given)
    likely = given.copy()
    margins = np.zeros(len(given))
    for own, other in zip(*np.nonzero(np.round(joint)), strict=True):
        rows = np.flatnonzero(given == own)
        margin = chances[rows, other] - chances[rows, own]
        chosen = np.argsort(-margin, kind="stable")[: round(joint[own, other])]
        better = rows[chosen][margin[chosen] > margins[rows[chosen]]]
        likely[better] = other
        margins[better] = chances[better, other] - chances[better, own]
    return likely


def estimated_joint(chances: Floats, given: Ints) -> Floats:
    """Return how many rows with each label (first axis) probably have each true label.

    Rows are counted where some label's chance reaches what its own rows get on average, and
    scaled to the number of rows that each label has. A label with one row has no average to
    speak of, so it is nobody's true label.
    """
    labels = chances.shape[1]
    counts = np.bincount(given, minlength=labels)
    totals = np.bincount(given, chances[np.arange(len(given)), given], minlength=labels)
    usual = np.divide(totals, counts, out=np.full(labels, np.inf), where=counts > 1)
    sure = np.flatnonzero((chances >= usual).any(axis=1))
    true = np.where(chances >= usual, chances, 0.0)[sure].argmax(axis=1)
    joint = np.zeros((labels, labels))
    np.add.at(joint, (given[sure], true), 1.0)
    scaled: Floats = joint * (counts / np.maximum(joint.sum(axis=1), 1.0))[:, None]
    return scaled


def contradictions(
    given: Ints, labels: Sequence[str], rows: Sequence[Row], groups: Ints
) -> tuple[Contradiction, ...]:
    """Return the groups of near-duplicates whose rows have different labels."""
    members: dict[int, list[int]] = {}
    for i, group in enumerate(groups.tolist()):
        members.setdefault(group, []).append(i)
    return tuple(
        Contradiction(tuple((rows[i].id, rows[i].title, labels[given[i]]) for i in group))
        for group in members.values()
        if len({int(given[i]) for i in group}) > 1
    )
