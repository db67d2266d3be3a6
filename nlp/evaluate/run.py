"""Evaluation: a router and labelled rows in, every headline number out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.classify.decide import check_precision
from nlp.errors import InputError
from nlp.evaluate.decision import DecisionScores, score_decision
from nlp.evaluate.folding import folding
from nlp.evaluate.predict import predict
from nlp.evaluate.topics import TopicScores, score_topics
from nlp.evaluate.units import CoScores, LeadScores, score_co, score_lead
from nlp.taxonomy import folds

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
    of rows without any readable text: they are scored nowhere.
    """

    model: str
    place: str
    rows: int
    empty: tuple[str, ...]
    topics: TopicScores | None
    lead: LeadScores | None
    co: CoScores | None
    decision: DecisionScores | None


def evaluate(router: Router, rows: Sequence[Row], options: EvaluationOptions) -> Evaluation:
    """Measure a router on labelled rows.

    Raises InputError if no row has a label that the model could be held against.
    """
    found = predict(router, rows, options.directory)
    columns = folding(router.function_keys, folds(router.functions))
    result = Evaluation(
        model=router.name,
        place=options.directory.place,
        rows=len(rows),
        empty=found.empty,
        topics=score_topics(router.topics, found) if router.topics else None,
        lead=score_lead(columns, found),
        co=score_co(
            columns,
            found,
            router.units.co_threshold,
            empty_means_unknown=options.empty_co_means_unknown,
        )
        if router.units
        else None,
        decision=score_decision(router.curve, found, options.precision),
    )
    if not (result.topics or result.lead or result.co):
        raise InputError(
            f"{len(rows)} 件里没有一件有可以核对的主题或单位，无法评测。",
            "请检查标注：应有 topics、lead 或 co（表格里是类别、主办单位、会办单位）。",
        )
    return result
