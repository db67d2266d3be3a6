"""What a router says of labelled rows, gathered chunk by chunk into plain arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nlp.classify.bulk import chunked, score_chunks
from nlp.classify.dispatch import Dispatch
from nlp.evaluate.folding import folding
from nlp.evaluate.metrics import Floats
from nlp.evaluate.readable import readable
from nlp.taxonomy import folds

if TYPE_CHECKING:
    from nlp.classify.features import Text
    from nlp.classify.model import Scores
    from nlp.classify.router import Router
    from nlp.corpus.rows import Row
    from nlp.places import Directory

CHUNK = 1000
"""Rows scored at once, so that matrices of long texts don't pile up."""


@dataclass(frozen=True, slots=True)
class Routed:
    """One row's decision: how sure, whether the text is known, whether the answer is right.

    `right` is None where the row has no gold to compare with; `unit` is the one that the gold
    lead belongs to, empty where the row has none or the model knows no units.
    """

    confidence: float
    known: bool
    right: bool | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Predictions:
    """Calibrated chances for `rows`; `empty` are ids of rows whose text cleaning left blank.

    `topics`, `leads` and `cos` are (rows, labels) in the model's own order, None where
    the model has no such part; `accepted` are the topics it would write down.
    """

    rows: tuple[Row, ...]
    empty: tuple[str, ...]
    topics: Floats | None
    leads: Floats | None
    cos: Floats | None
    accepted: tuple[tuple[str, ...], ...]
    routed: tuple[Routed, ...]


def predict(router: Router, rows: Sequence[Row], directory: Directory) -> Predictions:
    """Score rows as `Router.classify` would, without looking for evidence."""
    asked = readable(rows)
    chunks = list(chunked(tuple(zip(asked.rows, asked.texts, strict=True)), CHUNK))
    scored = score_chunks(router, ([text for _, text in chunk] for chunk in chunks))
    parts = [
        _chunk(router, chunk, scores, directory)
        for chunk, scores in zip(chunks, scored, strict=True)
    ]
    return Predictions(
        rows=asked.rows,
        empty=asked.empty,
        topics=_stack([part.topics for part in parts]),
        leads=_stack([part.leads for part in parts]),
        cos=_stack([part.cos for part in parts]),
        accepted=tuple(labels for part in parts for labels in part.accepted),
        routed=tuple(one for part in parts for one in part.routed),
    )


def _chunk(
    router: Router, filled: Sequence[tuple[Row, Text]], scores: Scores, directory: Directory
) -> Predictions:
    topics = router.topics
    found = [] if topics is None or scores.topics is None else map(topics.accepted, scores.topics)
    routed = (_by_unit if router.units else _by_topic)(router, directory, filled, scores)
    rows = tuple(row for row, _ in filled)
    return Predictions(
        rows, (), scores.topics, scores.leads, scores.cos, tuple(found), tuple(routed)
    )


def _by_unit(
    router: Router, directory: Directory, filled: Sequence[tuple[Row, Text]], scores: Scores
) -> Iterator[Routed]:
    """Judge the suggested unit: right if it holds the gold function, or one folded with it."""
    dispatch = Dispatch(directory, router.functions)
    columns = folding(router.function_keys, folds(router.functions))
    leads = np.zeros((len(filled), 0)) if scores.leads is None else scores.leads
    summed = dispatch.summed(leads)
    for (row, text), unit, chances, known in zip(filled, summed, leads, scores.known, strict=True):
        best = dispatch.ranked(unit, chances, text.whole)[0]
        right, held = None, ""
        if row.lead:
            gold, said = columns.label(row.lead), columns.label(best.function)
            owner = dispatch.owner(row.lead, text.whole)
            right = gold in columns.labels and (gold == said or owner == best.unit)
            held = owner or ""
        yield Routed(best.probability, bool(known), right, held)


def _by_topic(
    router: Router, directory: Directory, filled: Sequence[tuple[Row, Text]], scores: Scores
) -> Iterator[Routed]:
    """Judge the primary topic, for models that know no units."""
    labels = router.topics.labels if router.topics else ()
    topics = np.zeros((len(filled), 0)) if scores.topics is None else scores.topics
    for (row, _), chances, known in zip(filled, topics, scores.known, strict=True):
        right = labels[int(chances.argmax())] == row.topics[0] if row.topics else None
        yield Routed(float(chances.max()), bool(known), right)


def _stack(parts: Sequence[Floats | None]) -> Floats | None:
    filled = [part for part in parts if part is not None]
    return np.concatenate(filled) if filled else None
