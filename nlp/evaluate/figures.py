"""Every headline figure as a measure, under the name that it has in the JSON.

A model's figures are over the same rows in the same order as any other model's, with rows that
are not labelled counting nothing; so two models' figures can be compared draw by draw.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from nlp.classify.decide import decide, threshold_for
from nlp.evaluate.answers import UNLABELLED, Answered, Answers, AnswerTask
from nlp.evaluate.bootstrap import Measure, Sample
from nlp.evaluate.folding import folding
from nlp.evaluate.measures import CalibrationError, MacroF1, RiskArea, macro_f1_of
from nlp.evaluate.metrics import Bools, Floats, top_k
from nlp.evaluate.predict import Predictions
from nlp.evaluate.units import CoTables, co_tables
from nlp.types import Decision

LOWER_IS_BETTER = frozenset({"topics.ece", "lead.ece", "decision.aurc"})
"""Figures that are errors: of two models, the one with less is better."""
NEITHER = frozenset({"decision.review", "decision.abstain"})
"""Shares of decisions of which neither more nor less is better."""


def measures(
    given: Answered, precision: float, *, empty_co_means_unknown: bool
) -> dict[str, Measure]:
    """Return the measures of everything that is answered and that some row is labelled for.

    :param precision: asked of decisions.
    """
    result: dict[str, Measure] = {}
    for each in given.answers:
        topics = each.task is AnswerTask.TOPIC
        result |= _topics(each, given.found) if topics else _lead(each)
    if given.co_threshold is not None:
        tables = co_tables(
            given.columns,
            given.found,
            given.co_threshold,
            empty_means_unknown=empty_co_means_unknown,
        )
        result |= _co(tables, len(given.found.rows)) if tables else {}
    if given.found.routed:
        result |= _decision(given.found, threshold_for(given.curve, precision))
    return result


def _share(hits: Bools, counted: Bools) -> Sample:
    return Sample((hits & counted).astype(float), counted.astype(float))


def _topics(given: Answers, found: Predictions) -> Mapping[str, Measure]:
    every = (label for row in found.rows for label in row.topics or ())
    columns = folding(tuple(dict.fromkeys((*given.labels, *every))), {})
    gold = columns.table([row.topics or () for row in found.rows])
    accepted = columns.table(found.accepted) & given.labelled[:, None]
    said, clear = given.said, np.array([not row.ambiguous for row in found.rows])
    any_gold = gold[np.arange(len(said)), said]
    hits = (gold & accepted).sum(axis=1) * 2.0
    return {
        "topics.accuracy": _share(given.right, given.labelled),
        "topics.unambiguous_accuracy": _share(given.right, given.labelled & clear),
        "topics.ambiguous_accuracy": _share(given.right, given.labelled & ~clear),
        "topics.any_gold": _share(any_gold, given.labelled),
        "topics.primary_macro_f1": macro_f1_of(given.gold, said, given.labelled),
        "topics.unambiguous_macro_f1": macro_f1_of(given.gold, said, given.labelled & clear),
        "topics.macro_f1": MacroF1(gold, accepted),
        "topics.micro_f1": Sample(hits, (gold.sum(axis=1) + accepted.sum(axis=1)).astype(float)),
        "topics.ece": CalibrationError(given.confidence, given.right, given.labelled),
    }


def _lead(given: Answers) -> Mapping[str, Measure]:
    known = np.array([label in given.names for label in given.labels])
    gold = np.where(known[given.gold], given.gold, UNLABELLED)  # others are never found
    ranked = {f"lead.top{k}": top_k(gold, given.chances, k) for k in (1, 3, 5)}
    shares: dict[str, Measure] = {name: _share(h, given.labelled) for name, h in ranked.items()}
    return shares | {
        "lead.macro_f1": macro_f1_of(given.gold, given.said, given.labelled),
        "lead.ece": CalibrationError(given.confidence, given.right, given.labelled),
    }


def _co(tables: CoTables, rows: int) -> Mapping[str, Measure]:
    hits = (tables.wanted & tables.said).sum(axis=1).astype(float)
    said, wanted = (np.sum(table, axis=1) for table in (tables.said, tables.wanted))

    def spread(values: npt.NDArray[np.generic]) -> Floats:
        result = np.zeros(rows)
        result[list(tables.chosen)] = values
        return result

    return {
        "co.precision": Sample(spread(hits), spread(said)),
        "co.recall": Sample(spread(hits), spread(wanted)),
        "co.f1": Sample(spread(2 * hits), spread(said + wanted)),
        "co.ndcg5": Sample(spread(tables.gains), spread(np.sign(wanted))),
    }


def _decision(found: Predictions, threshold: float) -> Mapping[str, Measure]:
    """Return what `score_decision` counts, over the rows that have gold."""
    judged = np.array([one.right is not None for one in found.routed], bool)
    right = np.array([bool(one.right) for one in found.routed], bool)
    made = [decide(one.confidence, threshold, known=one.known) for one in found.routed]
    sureness = np.array([one.confidence if one.known else -1.0 for one in found.routed])

    def share_of(decision: Decision) -> Sample:
        return _share(np.array([each is decision for each in made], bool), judged)

    auto = np.array([each is Decision.AUTO for each in made], bool) & judged
    return {
        "decision.auto": share_of(Decision.AUTO),
        "decision.review": share_of(Decision.REVIEW),
        "decision.abstain": share_of(Decision.ABSTAIN),
        "decision.precision": _share(right, auto),
        "decision.aurc": RiskArea(sureness, right, judged),
    }
