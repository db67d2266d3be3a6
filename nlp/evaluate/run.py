"""Evaluation: a router and labelled rows in, every headline number out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from nlp.classify.decide import check_precision
from nlp.corpus.duplicates import duplicate_groups
from nlp.errors import InputError
from nlp.evaluate.answers import Answered, ask
from nlp.evaluate.bootstrap import Drawn, Estimate, resample
from nlp.evaluate.decision import DecisionScores, score_decision
from nlp.evaluate.figures import measures
from nlp.evaluate.topics import TopicScores, score_topics
from nlp.evaluate.units import CoScores, LeadScores, score_co, score_lead

if TYPE_CHECKING:
    from nlp.classify.router import Router
    from nlp.corpus.rows import Row
    from nlp.places import Directory


@dataclass(frozen=True, slots=True)
class EvaluationOptions:
    """For which place's units and how sure; what an empty list of co-handlers means.

    `empty_co_means_unknown` is for gold from titles and lists, where `co: []` says only
    that the source names nobody.
    """

    directory: Directory
    precision: float = 0.95
    empty_co_means_unknown: bool = False

    def __post_init__(self) -> None:
        check_precision(self.precision)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All numbers of one model on one set of rows.

    A part is None where the model lacks it or no row is labelled for it. `empty` are ids
    of rows without any readable text: they are scored nowhere. `intervals` are 95 %, by the
    names that figures have in the JSON (`lead.top1`).
    """

    model: str
    place: str
    rows: int
    empty: tuple[str, ...]
    topics: TopicScores | None
    lead: LeadScores | None
    co: CoScores | None
    decision: DecisionScores | None
    intervals: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Examined:
    """An evaluation, the answers that it is of, and its figures' resamples."""

    evaluation: Evaluation
    given: Answered
    figures: Mapping[str, Drawn]


def evaluate(router: Router, rows: Sequence[Row], options: EvaluationOptions) -> Examined:
    """Measure a router on labelled rows.

    Raises InputError if no row has a label that the model could be held against.
    """
    return examine(ask(router, rows, options.directory), options)


def examine(given: Answered, options: EvaluationOptions) -> Examined:
    """Measure answers that have been given. Raises InputError as `evaluate` does."""
    found = given.found
    drawn = resample(
        measures(
            given,
            options.precision,
            empty_co_means_unknown=options.empty_co_means_unknown,
        ),
        row_groups(found.rows),
    )
    result = _scored(given, options, {name: each.estimate for name, each in drawn.items()})
    if not (result.topics or result.lead or result.co):
        raise InputError(
            f"{result.rows} 件里没有一件有可以核对的主题或单位，无法评测。",
            "请检查标注：应有 topics、lead 或 co（表格里是类别、主办单位、会办单位）。",
        )
    return Examined(result, given, drawn)


def _scored(
    given: Answered, options: EvaluationOptions, intervals: Mapping[str, Estimate]
) -> Evaluation:
    found, columns = given.found, given.columns
    co = None
    if given.co_threshold is not None:
        unsaid = options.empty_co_means_unknown
        co = score_co(columns, found, given.co_threshold, empty_means_unknown=unsaid)
    return Evaluation(
        model=given.name,
        place=options.directory.place,
        rows=len(found.rows) + len(found.empty),
        empty=found.empty,
        topics=score_topics(tuple(given.topics), found) if given.topics else None,
        lead=score_lead(columns, found) if given.functions else None,
        co=co,
        decision=score_decision(given.curve, found, options.precision),
        intervals=intervals,
    )


@cache
def row_groups(rows: tuple[Row, ...]) -> tuple[int, ...]:
    """Return a number a row, common to near-duplicate titles: what is drawn together.

    Remembered: several models are measured on the same rows.
    """
    return tuple(duplicate_groups([row.title or row.body[:60] for row in rows]))
