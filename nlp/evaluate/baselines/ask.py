"""Baselines' answers to gold rows, in the form that routers' answers have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from nlp.evaluate.answers import Answered
from nlp.evaluate.baselines.labels import Labels, coded
from nlp.evaluate.baselines.lessons import Lessons, lessons_from
from nlp.evaluate.baselines.majority import majority
from nlp.evaluate.baselines.nearest import nearest
from nlp.evaluate.baselines.rules import lead_rules, spoken_of, topic_rules
from nlp.evaluate.metrics import Floats, Ints
from nlp.evaluate.predict import Predictions
from nlp.evaluate.readable import Readable, readable

if TYPE_CHECKING:
    from nlp.corpus.rows import Row


class Baseline(StrEnum):
    """What a baseline answers by; the value is the name that it has among models."""

    MAJORITY = "baseline:majority"
    RULES = "baseline:rules"
    NEAREST = "baseline:nearest"

    @property
    def called(self) -> str:
        return _TITLES[self]


_TITLES: Mapping[Baseline, str] = {
    Baseline.MAJORITY: "总答最常见的",
    Baseline.RULES: "按职责词",
    Baseline.NEAREST: "找最相似的旧件",
}


class Learner(Protocol):
    """A system that answers from examples."""

    def __call__(self, lessons: Lessons, codes: Ints, size: int) -> Floats:
        """Return chances (rows, size); `codes` are the examples' labels, UNKNOWN for none."""


def baselines(
    rows: Sequence[Row], labels: Labels, *, training: Sequence[Row] | None = None
) -> tuple[Answered, ...]:
    """Answer gold rows in three ways that need no model, the weakest idea first.

    Without training rows, the majority and the nearest titles are those of the gold rows of
    other folds (`lessons_from`). The rules learn from nothing in any case. Topics accepted are
    the primary one; co-handlers are not suggested and nothing is decided.
    """
    asked = readable(rows)
    lessons = lessons_from(asked, training)
    return (
        _learned(Baseline.MAJORITY, majority, lessons, asked, labels),
        _by_rules(asked, labels),
        _learned(Baseline.NEAREST, nearest(lessons), lessons, asked, labels),
    )


def _learned(
    name: Baseline, learner: Learner, lessons: Lessons, asked: Readable, labels: Labels
) -> Answered:
    topics, leads = tuple(labels.topics), tuple(each.key for each in labels.functions)
    primary = coded([row.primary for row in lessons.examples], topics)
    lead = coded([row.lead for row in lessons.examples], leads)
    return _answered(
        name,
        asked,
        labels,
        learner(lessons, primary, len(topics)) if topics else None,
        learner(lessons, lead, len(leads)) if leads else None,
    )


def _by_rules(asked: Readable, labels: Labels) -> Answered:
    """Read by the duties; a model that tells leads has its own functions' duties."""
    spoken = spoken_of(asked.texts, labels.spoken)
    topics = topic_rules(spoken, labels.spoken, tuple(labels.topics)) if labels.topics else None
    leads = lead_rules(spoken) if labels.functions else None
    return _answered(Baseline.RULES, asked, labels, topics, leads)


def _answered(
    name: Baseline, asked: Readable, labels: Labels, topics: Floats | None, leads: Floats | None
) -> Answered:
    keys = tuple(labels.topics)
    said = [] if topics is None else topics.argmax(axis=1).tolist()
    found = Predictions(
        rows=asked.rows,
        empty=asked.empty,
        topics=topics,
        leads=leads,
        cos=None,
        accepted=tuple((keys[column],) for column in said),
        routed=(),
    )
    return Answered(str(name), labels.topics, labels.functions, found)
