"""One measured reply as a row of the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.corpus.replies import ReplyRow
from nlp.evaluate.lines import NONE, number
from nlp.evaluate.replies.texts import Grade
from nlp.summarize.digest import OUTCOME_NAMES, Digest
from nlp.types import Outcome

_LAST = 9.0
"""Sorts behind every share: the row is not labelled for it."""


@dataclass(frozen=True, slots=True)
class RowView:
    """What the report shows of a reply, and by which numbers (`by_…`) it sorts.

    `right` is None where the outcome is not labelled; wrong outcomes sort first.
    """

    id: str
    title: str
    digest: str
    reference: str
    error: str
    invented: tuple[str, ...]
    kept: str
    missed: tuple[str, ...]
    likeness: str
    said: str
    gold: str
    right: bool | None
    by_kept: float
    by_likeness: float
    by_right: float


def row_views(
    rows: Sequence[ReplyRow], grades: Sequence[Grade], digests: Sequence[Digest]
) -> tuple[RowView, ...]:
    """Pair rows with what a model made of them; ValueError if their numbers differ."""
    triples = zip(rows, grades, digests, strict=True)
    return tuple(_view(row, grade, digest) for row, grade, digest in triples)


def _view(row: ReplyRow, grade: Grade, digest: Digest) -> RowView:
    right = None if row.outcome is None else row.outcome == digest.outcome
    return RowView(
        id=row.id,
        title=row.title or "（没有标题）",
        digest=grade.digest,
        reference=row.summary or NONE,
        error=digest.error or "",
        invented=tuple(claim.text for claim in grade.claims if not claim.found),
        kept=f"{grade.kept}/{grade.facts}" if grade.facts else NONE,
        missed=tuple(fact.text or "、".join(fact.must_match) for fact in grade.missed),
        likeness=number(grade.rouge.lcs if grade.rouge else None),
        said=_name(digest.outcome, "没有判断"),
        gold=_name(row.outcome, NONE),
        right=right,
        by_kept=round(grade.kept / grade.facts, 4) if grade.facts else _LAST,
        by_likeness=round(grade.rouge.lcs, 4) if grade.rouge else _LAST,
        by_right=_LAST if right is None else float(right),
    )


def _name(outcome: Outcome | None, otherwise: str) -> str:
    return OUTCOME_NAMES[outcome] if outcome else otherwise
