"""How well handling functions are told: the one that leads, and the ones that help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.classify.dispatch import TOP
from nlp.evaluate.folding import Coded, Folding
from nlp.evaluate.metrics import (
    Bools,
    Floats,
    calibration_error,
    macro_f1,
    multilabel,
    ndcg,
    top_k,
)
from nlp.evaluate.predict import Predictions


@dataclass(frozen=True, slots=True)
class FunctionScore:
    """How often a function that leads in gold is named first, or among the first three."""

    function: str
    recall1: float
    recall3: float
    support: int


@dataclass(frozen=True, slots=True)
class UnitScore:
    """How often the first suggestion for what is a unit's by gold is that unit."""

    unit: str
    recall: float
    support: int


@dataclass(frozen=True, slots=True)
class LeadScores:
    """The leading function, folded, of rows that have a gold one.

    `unknown_labels` are gold functions that the model lacks: counted as wrong everywhere.
    """

    rows: int
    skipped: int
    top1: float
    top3: float
    top5: float
    macro_f1: float
    ece: float
    functions: tuple[FunctionScore, ...]
    units: tuple[UnitScore, ...]
    unknown_labels: dict[str, int]


@dataclass(frozen=True, slots=True)
class CoScores:
    """Co-handling functions, folded, of rows whose gold tells them.

    `skipped` rows are not labelled, `skipped_empty` have an empty list that was taken for
    "the source does not say". Precision is None where none is suggested, recall where gold has
    none, F1 where both are so: 0 would say that something was got wrong. `ndcg5` is over the
    `ndcg_rows` that have any co-handler.
    """

    rows: int
    skipped: int
    skipped_empty: int
    threshold: float
    precision: float | None
    recall: float | None
    f1: float | None
    ndcg5: float | None
    ndcg_rows: int
    unknown_labels: dict[str, int]


def score_lead(columns: Folding, found: Predictions) -> LeadScores | None:
    """Compare the ranking of leads with gold; None where there is nothing to compare."""
    chosen = [i for i, row in enumerate(found.rows) if row.lead]
    if found.leads is None or not chosen:
        return None
    chances = columns.summed(found.leads[chosen])
    coded = columns.coded([found.rows[i].lead or "" for i in chosen])
    first, third, fifth = (top_k(coded.codes, chances, k) for k in (1, 3, 5))
    return LeadScores(
        rows=len(chosen),
        skipped=len(found.rows) - len(chosen),
        top1=float(first.mean()),
        top3=float(third.mean()),
        top5=float(fifth.mean()),
        macro_f1=macro_f1(coded.codes, chances.argmax(axis=1)),
        ece=calibration_error(chances.max(axis=1), first),
        functions=_recalls(coded, columns.labels, first, third),
        units=_by_unit(found),
        unknown_labels=coded.unknown,
    )


def _recalls(
    coded: Coded, labels: Sequence[str], first: Bools, third: Bools
) -> tuple[FunctionScore, ...]:
    """Score each function that leads in gold, the commonest first."""
    unknown, scores = tuple(coded.unknown), []
    for code in np.unique(coded.codes):
        own = coded.codes == code
        name = labels[code] if code >= 0 else unknown[-1 - code]
        hits = float(first[own].mean()), float(third[own].mean())
        scores.append(FunctionScore(name, *hits, int(own.sum())))
    return tuple(sorted(scores, key=lambda s: (-s.support, s.function)))


def _by_unit(found: Predictions) -> tuple[UnitScore, ...]:
    """Score each unit of the directory that leads in gold, the commonest first."""
    hits: dict[str, list[bool]] = {}
    for one in found.routed:
        if one.unit:
            hits.setdefault(one.unit, []).append(bool(one.right))
    scores = [UnitScore(unit, sum(own) / len(own), len(own)) for unit, own in hits.items()]
    return tuple(sorted(scores, key=lambda s: (-s.support, s.unit)))


@dataclass(frozen=True, slots=True)
class CoTables:
    """Co-handlers as tables (rows, labels and then unknown ones) of the rows that tell them.

    `chosen` are those rows' places among all, `gains` the nDCG@5 of each.
    """

    chosen: tuple[int, ...]
    wanted: Bools
    said: Bools
    gains: Floats
    labels: tuple[str, ...]
    unknown: dict[str, int]


def co_tables(
    columns: Folding, found: Predictions, threshold: float, *, empty_means_unknown: bool
) -> CoTables | None:
    """Lay co-handlers of gold and the suggested ones side by side; None for nothing to compare."""
    told = [i for i, row in enumerate(found.rows) if row.co is not None]
    chosen = [i for i in told if found.rows[i].co] if empty_means_unknown else told
    if found.cos is None or found.leads is None or not chosen:
        return None
    gold = [_partners(found, i, columns) for i in chosen]
    unknown = columns.coded([label for labels in gold for label in labels]).unknown
    chances = _without_lead(columns, found.leads[chosen], found.cos[chosen])
    wanted = columns.table(gold, tuple(unknown))
    said = np.pad(_suggested(chances, threshold), ((0, 0), (0, len(unknown))))
    size = len(columns.labels)
    gains = ndcg(wanted[:, :size], chances, 5, wanted[:, size:].sum(axis=1))
    labels = (*columns.labels, *unknown)
    return CoTables(tuple(chosen), wanted, said, gains, labels, unknown)


def score_co(
    columns: Folding, found: Predictions, threshold: float, *, empty_means_unknown: bool
) -> CoScores | None:
    """Compare co-handlers at a threshold, and their ranking, with gold."""
    tables = co_tables(columns, found, threshold, empty_means_unknown=empty_means_unknown)
    if tables is None:
        return None
    told = sum(row.co is not None for row in found.rows)
    micro = multilabel(tables.wanted, tables.said, tables.labels).micro
    said, wanted = bool(tables.said.any()), bool(tables.wanted.any())
    gains = tables.gains[tables.wanted.any(axis=1)]
    return CoScores(
        rows=len(tables.chosen),
        skipped=len(found.rows) - told,
        skipped_empty=told - len(tables.chosen),
        threshold=threshold,
        precision=micro.precision if said else None,
        recall=micro.recall if wanted else None,
        f1=micro.f1 if said or wanted else None,
        ndcg5=float(gains.mean()) if len(gains) else None,
        ndcg_rows=len(gains),
        unknown_labels=tables.unknown,
    )


def _partners(found: Predictions, row: int, columns: Folding) -> list[str]:
    """Return the distinct folded co-handlers of gold, without the gold lead itself."""
    lead = columns.label(found.rows[row].lead or "")
    folded = dict.fromkeys(columns.label(label) for label in found.rows[row].co or ())
    return [label for label in folded if label != lead]


def _without_lead(columns: Folding, leads: Floats, cos: Floats) -> Floats:
    """Return chances to co-handle; the suggested lead has none, as in a suggestion."""
    chances = columns.joined(cos)
    chances[np.arange(len(chances)), columns.summed(leads).argmax(axis=1)] = 0.0
    return chances


def _suggested(chances: Floats, threshold: float) -> Bools:
    """Tell which are suggested: at or above the threshold, the likeliest TOP at most."""
    order = np.argsort(-chances, axis=1, kind="stable")[:, :TOP]
    listed = np.zeros(chances.shape, bool)
    np.put_along_axis(listed, order, True, axis=1)
    return np.asarray(listed & (chances >= threshold))
