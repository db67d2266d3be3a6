"""How well topics are told: the primary one, and the whole set that is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.evaluate.folding import folding
from nlp.evaluate.metrics import LabelScore, calibration_error, macro_f1, multilabel, share
from nlp.evaluate.predict import Predictions


@dataclass(frozen=True, slots=True)
class TopicScores:
    """Topics of the rows that have gold topics; `skipped` rows have none.

    Ambiguous rows are ones whose annotators found another primary topic defensible.
    The first two macro F1 are of the primary answer; the others of the whole accepted set.
    `any_gold` is the share of rows whose primary answer is any of the gold topics.
    `unknown_labels` are gold labels that the model lacks: counted as wrong everywhere.
    """

    rows: int
    skipped: int
    accuracy: float
    unambiguous_rows: int
    unambiguous_accuracy: float | None
    ambiguous_rows: int
    ambiguous_accuracy: float | None
    any_gold: float
    primary_macro_f1: float
    unambiguous_macro_f1: float
    macro_f1: float
    micro_f1: float
    ece: float
    labels: tuple[LabelScore, ...]
    unknown_labels: dict[str, int]


def score_topics(labels: Sequence[str], found: Predictions) -> TopicScores | None:
    """Compare topics with gold; None where there is nothing to compare."""
    chosen = [i for i, row in enumerate(found.rows) if row.topics]
    if found.topics is None or not chosen:
        return None
    chances, gold = found.topics[chosen], [found.rows[i].topics or () for i in chosen]
    columns = folding(labels, {})
    unknown = columns.coded([label for labels in gold for label in labels]).unknown
    wanted = columns.table(gold, tuple(unknown))
    accepted = columns.table([found.accepted[i] for i in chosen], tuple(unknown))
    said = chances.argmax(axis=1)
    primary = columns.coded([labels[0] for labels in gold]).codes
    right = said == primary
    unclear = np.array([found.rows[i].ambiguous for i in chosen], bool)
    sets = multilabel(wanted, accepted, (*labels, *unknown))
    return TopicScores(
        rows=len(chosen),
        skipped=len(found.rows) - len(chosen),
        accuracy=float(right.mean()),
        unambiguous_rows=int((~unclear).sum()),
        unambiguous_accuracy=share(right[~unclear]),
        ambiguous_rows=int(unclear.sum()),
        ambiguous_accuracy=share(right[unclear]),
        any_gold=float(wanted[np.arange(len(said)), said].mean()),
        primary_macro_f1=macro_f1(primary, said),
        unambiguous_macro_f1=macro_f1(primary[~unclear], said[~unclear]),
        macro_f1=sets.macro.f1,
        micro_f1=sets.micro.f1,
        ece=calibration_error(chances.max(axis=1), right),
        labels=sets.labels,
        unknown_labels=unknown,
    )
