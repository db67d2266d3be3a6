"""How well a digester tells what came of a proposal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.corpus.replies import ReplyRow
from nlp.evaluate.metrics import LabelScore, calibration_error, macro_f1, multilabel
from nlp.summarize.digest import Digest
from nlp.types import Outcome

OUTCOMES = tuple(Outcome)
NONE = "none"
"""Stands for "says nothing" among predictions, and for "nothing decided it" among bases."""


@dataclass(frozen=True, slots=True)
class BasisScore:
    """How often outcomes that one kind of basis decided are right."""

    kind: str
    rows: int
    accuracy: float


@dataclass(frozen=True, slots=True)
class OutcomeScores:
    """Outcomes of the rows that have a gold one; `skipped` rows have none.

    `majority` is the accuracy of always giving the commonest gold outcome. `confusion` is
    gold → said → rows; macro F1 is over the outcomes that occur in gold.
    """

    rows: int
    skipped: int
    accuracy: float
    majority: float
    macro_f1: float
    ece: float
    confusion: dict[str, dict[str, int]]
    labels: tuple[LabelScore, ...]
    by_basis: tuple[BasisScore, ...]


def score_outcomes(rows: Sequence[ReplyRow], digests: Sequence[Digest]) -> OutcomeScores | None:
    """Compare outcomes with gold; None where no row has one.

    Raises ValueError if there is not one digest a row.
    """
    pairs = [
        (OUTCOMES.index(row.outcome), digest)
        for row, digest in zip(rows, digests, strict=True)
        if row.outcome is not None
    ]
    if not pairs:
        return None
    found = [digest for _, digest in pairs]
    gold = np.array([code for code, _ in pairs], np.int64)
    said = np.array([-1 if d.outcome is None else OUTCOMES.index(d.outcome) for d in found])
    columns = np.arange(len(OUTCOMES))
    right = gold == said
    return OutcomeScores(
        rows=len(pairs),
        skipped=len(rows) - len(pairs),
        accuracy=float(right.mean()),
        majority=float(np.bincount(gold).max() / len(gold)),
        macro_f1=macro_f1(gold, said),
        ece=calibration_error(np.array([d.outcome_probability for d in found]), right),
        confusion=_confusion(pairs),
        labels=multilabel(
            gold[:, None] == columns, said[:, None] == columns, [str(o) for o in OUTCOMES]
        ).labels,
        by_basis=_by_basis(found, right.tolist()),
    )


def _confusion(pairs: Sequence[tuple[int, Digest]]) -> dict[str, dict[str, int]]:
    counts = Counter((OUTCOMES[code], str(digest.outcome or NONE)) for code, digest in pairs)
    return {
        str(gold): {said: counts[gold, said] for said in (*map(str, OUTCOMES), NONE)}
        for gold in OUTCOMES
    }


def _by_basis(digests: Sequence[Digest], right: Sequence[bool]) -> tuple[BasisScore, ...]:
    kinds = [digest.basis.kind if digest.basis else NONE for digest in digests]
    hits = Counter(kind for kind, hit in zip(kinds, right, strict=True) if hit)
    return tuple(
        BasisScore(kind, count, hits[kind] / count) for kind, count in Counter(kinds).most_common()
    )
