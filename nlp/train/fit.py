"""Fitting: rows in, an uncalibrated router out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.classify.decide import Detector
from nlp.classify.duties import DutyIndex
from nlp.classify.features import encode_texts
from nlp.classify.router import Router
from nlp.classify.topics import TopicModel, topic_given_function
from nlp.classify.units import UnitModel, co_given_lead
from nlp.corpus.rows import Row
from nlp.encode import fit_encoder
from nlp.heads.linear import LinearHead, fit_multi, fit_single
from nlp.taxonomy import Function, Topic
from nlp.train.material import Material, duty_rows, views

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nlp.encode import Encoder

LEAD_PENALTY, TOPIC_PENALTY, CO_PENALTY, DETECTOR_PENALTY = 10.0, 10.0, 10.0, 30.0
"""Inverse penalties, chosen on the dev rows of the project's corpus."""
CO_VOTE = 0.1
"""What a row's first co-handler counts against its lead."""
ALSO_VOTE = 0.3
"""What another defensible lead counts, by a second reader of the row."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to learn: topics (none: no topic model), functions (none: no unit model)."""

    topics: tuple[Topic, ...]
    functions: tuple[Function, ...]
    several_topics: bool
    encoder: str
    seed: int


def fit_router(rows: Sequence[Row], others: Sequence[Row], plan: Plan) -> Router:
    """Fit encoder and heads on training rows; `others` are texts that are no proposals."""
    proposals = views(rows)
    material = proposals.joined(views(duty_rows(plan.functions)))
    negatives = views(others)
    parts = [t for text in material.texts for t in (text.title, text.body) if t]
    encoder = fit_encoder(plan.encoder, parts)
    matrix = encode_texts(encoder, material.texts)
    has_units = bool(plan.functions) and len({r.lead for r in rows if r.lead}) > 1
    return Router(
        name="",
        encoder=encoder,
        functions=plan.functions,
        topics=_fit_topics(matrix, material, plan) if plan.topics else None,
        units=_fit_units(matrix, material, plan) if has_units else None,
        detector=fit_detector(encoder, proposals, matrix[: len(proposals.texts)], negatives)
        if others
        else None,
        curve=(),
        duties=DutyIndex(plan.functions),
    )


def _fit_topics(matrix: csr_array, material: Material, plan: Plan) -> TopicModel:
    """Fit the primary topic; votes for second topics made dev and real titles worse."""
    labels = tuple(t.key for t in plan.topics)
    first = [row.primary for row in material.rows]
    index = [i for i, topic in enumerate(first) if topic]
    head = fit_single(
        matrix[index],
        [first[i] or "" for i in index],
        labels,
        material.weights[index],
        inverse_penalty=TOPIC_PENALTY,
        seed=plan.seed,
    )
    return topic_model(head, material, plan)


def topic_model(head: LinearHead, material: Material, plan: Plan) -> TopicModel:
    """Put what the rows say of functions beside a head; the rest is tuned later."""
    leads, first = [r.lead for r in material.rows], [r.primary for r in material.rows]
    keys, labels = [f.key for f in plan.functions], head.classes_
    implied = topic_given_function(leads, first, keys, labels, material.weights.tolist())
    names = tuple(t.name for t in plan.topics)
    # thresholds mean nothing where every row has just one topic
    start = (0.5,) * len(labels) if plan.several_topics else None
    by_function = implied if keys else None
    return TopicModel(labels, names, head.quantised(), thresholds=start, by_function=by_function)


@dataclass(frozen=True, slots=True)
class Votes:
    """Labels to fit a single-label head on: text `index[i]` votes for `labels[i]`."""

    index: list[int]
    labels: list[str]
    weights: list[float]


def lead_votes(material: Material, keys: Sequence[str]) -> Votes:
    """Return the leads, and small votes for other defensible leads and first co-handlers.

    Which of the units at work leads differs from place to place; the small votes put the
    others next in the ranking instead of nowhere.
    """
    votes = Votes([], [], [])
    for i, row in enumerate(material.rows):
        for label, share in lead_shares(row).items():
            if label in keys:
                votes.index.append(i)
                votes.labels.append(label)
                votes.weights.append(float(material.weights[i]) * share)
    return votes


def lead_shares(row: Row) -> dict[str, float]:
    """Return what each function counts as a row's lead: 1 for the lead itself."""
    if not row.lead:
        return {}
    shares = {row.lead: 1.0}
    for label in row.also[:2]:
        shares.setdefault(label, ALSO_VOTE)
    for place, label in enumerate((row.co or ())[:2]):
        shares.setdefault(label, CO_VOTE / (1 + place))
    return shares


def _fit_units(matrix: csr_array, material: Material, plan: Plan) -> UnitModel:
    keys = tuple(f.key for f in plan.functions)
    votes = lead_votes(material, keys)
    lead = fit_single(
        matrix[votes.index],
        votes.labels,
        keys,
        np.array(votes.weights),
        inverse_penalty=LEAD_PENALTY,
        seed=plan.seed,
    )
    with_co = np.array([row.co is not None for row in material.rows])
    partners = material.where(with_co)
    co = fit_multi(
        matrix[np.flatnonzero(with_co)],
        co_targets(partners.rows, keys),
        keys,
        partners.weights,
        inverse_penalty=CO_PENALTY,
    )
    return unit_model(lead, co, material, plan)


def unit_model(lead: LinearHead, co: LinearHead, material: Material, plan: Plan) -> UnitModel:
    """Put who helps whom beside two heads; the rest is tuned later."""
    told = material.where(np.array([row.co is not None for row in material.rows]))
    pairs = co_given_lead(
        [row.lead for row in told.rows],
        [row.co for row in told.rows],
        lead.classes_,
        [f.co_handlers for f in plan.functions],
        told.weights.tolist(),
    )
    return UnitModel(lead.classes_, lead.quantised(), co.quantised(), pairs)


def co_targets(rows: Sequence[Row], keys: Sequence[str]) -> npt.NDArray[np.int8]:
    """Return (rows, functions) of 0 and 1; functions that the model lacks are left out."""
    number = {key: i for i, key in enumerate(keys)}
    targets = np.zeros((len(rows), len(keys)), np.int8)
    for i, row in enumerate(rows):
        for key in row.co or ():
            if key in number:
                targets[i, number[key]] = 1
    return targets


def fit_detector(
    encoder: Encoder, proposals: Material, matrix: csr_array, negatives: Material
) -> Detector:
    """Fit proposal against anything else; its threshold is set later, on dev rows.

    The classes are weighted towards balance by the square root of their ratio.
    """
    from scipy.sparse import csr_array, vstack

    count = len(proposals.texts), len(negatives.texts)
    both = csr_array(vstack([matrix, encode_texts(encoder, negatives.texts)]))
    target = np.repeat(np.array([1, 0], np.int8), count)
    weight = np.where(target > 0, 1.0, (count[0] / count[1]) ** 0.5)
    head = fit_multi(both, target[:, None], ("proposal",), weight, inverse_penalty=DETECTOR_PENALTY)
    charset = frozenset(c for t in proposals.texts for c in t.whole if "\u4e00" <= c <= "\u9fff")
    return Detector(head.quantised(), 0.5, 0.4, charset)
