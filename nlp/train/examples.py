"""Labelled rows as examples for a network: views, other wordings, and targets by task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from nlp.classify.features import BODY_WEIGHT, Text
from nlp.hf.training.tasks import Example, Floats, Kind, Segment, Task
from nlp.train.augment import altered
from nlp.train.fit import lead_shares
from nlp.train.material import Material

if TYPE_CHECKING:
    from nlp.corpus.rows import Row
    from nlp.train.fit import Plan

BODY_SHOWN = 160
"""How many characters of a body one example shows: a stretch from anywhere in it. A whole body
costs as much time as ten titles, and says little more about the owner."""
BOTH, TITLE = 0.4, 0.3
"""How often a row with a body shows both, or its title alone; else its body alone."""
SMOOTHING = 0.05


def tasks_of(plan: Plan) -> tuple[Task, ...]:
    """Return what is learned: the lead, the primary topic, all topics, the co-handlers."""
    topics = tuple(topic.key for topic in plan.topics)
    functions = tuple(function.key for function in plan.functions)
    found = []
    if functions:
        found.append(Task("lead", Kind.SINGLE, functions, smoothing=SMOOTHING))
    if topics:
        found.append(Task("topic", Kind.SINGLE, topics, smoothing=SMOOTHING))
        found.append(Task("topics", Kind.MULTI, topics, share=0.5))
    if functions:
        found.append(Task("co", Kind.MULTI, functions, share=0.3))
    return tuple(found)


def examples(material: Material, tasks: Sequence[Task], seed: int, *, alter: bool) -> list[Example]:
    """Return one example a text; `alter` shows a view of it, now and then in other words.

    Called with another seed for every pass, so that over a run each row is seen from all sides.
    """
    random = np.random.default_rng(seed)
    found = []
    for text, row, weight in zip(material.texts, material.rows, material.weights, strict=True):
        # a duty phrase is no title: nothing is put into it
        shown = _view(text, random) if alter and row.topics is not None else text
        start = int(random.integers(max(1, len(shown.body) - BODY_SHOWN + 1)))
        segments = tuple(_segments(shown.title, shown.body[start : start + BODY_SHOWN]))
        targets = {task.name: target(row, task) for task in tasks}
        found.append(Example(segments, targets, float(weight)))
    return found


def _view(text: Text, random: np.random.Generator) -> Text:
    """Return a title with or without its body, reworded at times, or the body alone."""
    title, body = text.title, text.body
    if title and body:
        draw = random.random()
        title, body = (title, body if draw < BOTH else "") if draw < BOTH + TITLE else ("", body)
    return Text(altered(title, random) if title else title, body)


def _segments(title: str, body: str) -> Iterator[Segment]:
    if title:
        yield Segment(title)
    if body:
        yield Segment(body, BODY_WEIGHT if title else 1.0)


def target(row: Row, task: Task) -> Floats:
    """Return a row's target for a task: chances for one label, 0 and 1 for several."""
    shares = _shares(row, task)
    known = {label: share for label, share in (shares or {}).items() if label in task.labels}
    if shares is None or not (known or task.kind is Kind.MULTI):
        return np.full(len(task.labels), -1.0, np.float32)
    values = np.zeros(len(task.labels), np.float32)
    for label, share in known.items():
        values[task.labels.index(label)] = share
    return values / values.sum() if task.kind is Kind.SINGLE else values


def _shares(row: Row, task: Task) -> dict[str, float] | None:
    """Return what each label counts, None where the row is not labelled for the task."""
    if task.name == "lead":
        return lead_shares(row) or None
    if task.name == "topic":
        return {row.topics[0]: 1.0} if row.topics else None
    labels = row.topics if task.name == "topics" else row.co
    return None if labels is None else dict.fromkeys(labels, 1.0)
