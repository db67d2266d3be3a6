"""Topics as an office gives them: the base's scheme, corrected, or categories of its own.

What the base thinks of the lead tells more about an office's categories than its topics do:
the logarithm of each function's chance is a feature, floored so that functions which are out
of the question say nothing by how far out they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from nlp.classify.topics import TopicModel, floored_logs
from nlp.heads.calibrate import label_thresholds
from nlp.heads.linear import LinearHead
from nlp.taxonomy import Topic
from nlp.train.office.problem import Problem, Validated
from nlp.train.office.seen import Seen

Floats = npt.NDArray[np.float64]
OPINION = 0.4
"""What the base's topic scores count beside its functions'."""
EXPECTED, UNEXPECTED = 4.0, 0.01
"""Penalty on the bias of the base's topics, and of own categories, which start from nothing."""
USUAL, USUAL_OF_OWN = 0.05, 0.5


@dataclass(frozen=True)
class TopicTask:
    """The problem, and what the base has for it: `base` is None if it knows no topics.

    `leads` are chances (rows, functions) as the adapted model gives them to rows that it has
    not seen; None if it knows no units. `kept` tells that the labels are the base's.
    """

    problem: Problem
    topics: tuple[Topic, ...]
    base: TopicModel | None
    leads: Floats | None
    kept: bool


def topic_task(
    base: TopicModel | None, topics: Sequence[Topic], leads: Floats | None, seen: Seen
) -> TopicTask:
    """Return the rows with a topic, the first of which counts."""
    labels = tuple(topic.key for topic in topics)
    number = {label: i for i, label in enumerate(labels)}
    rows = np.array([i for i, row in enumerate(seen.rows) if row.primary in number], np.int64)
    kept = base is not None and base.labels == labels
    anchor = np.zeros((len(seen.rows), len(labels)))
    if kept and base:
        anchor = base.logits(seen.matrix, leads) / base.temperature
    problem = Problem(
        labels=labels,
        rows=rows,
        opinions=np.hstack(list(_opinions(base, leads, seen)))[rows],
        words=seen.projected[rows],
        anchor=anchor[rows],
        gold=np.array([number[seen.rows[i].primary or ""] for i in rows], np.int64),
        weights=seen.weights[rows],
        fold=seen.fold[rows],
        bias_penalty=np.full(len(labels), EXPECTED if kept else UNEXPECTED),
        usual=USUAL if kept else USUAL_OF_OWN,
        own=seen.own.at(rows) if seen.own else None,
    )
    return TopicTask(problem, tuple(topics), base, leads, kept)


def _opinions(base: TopicModel | None, leads: Floats | None, seen: Seen) -> list[Floats]:
    """Return features, each centred: a text on which all are high is no different."""
    found = [np.zeros((len(seen.rows), 0))]
    if leads is not None:
        found.append(_centred(floored_logs(leads)))
    if base is not None:
        scores = np.asarray(base.head.decision(seen.matrix), np.float64)
        found.append(OPINION * _centred(scores / base.temperature))
    return found


def _centred(scores: Floats) -> Floats:
    return np.asarray(scores - scores.mean(axis=1, keepdims=True), np.float64)


def adapted_topics(task: TopicTask, found: Validated, seen: Seen) -> TopicModel:
    """Fit on all rows and write the correction as a head and a table of functions."""
    problem, base = task.problem, task.base
    fitted = problem.fit(found.setting)
    functions = 0 if task.leads is None else task.leads.shape[1]
    known = 0 if base is None else len(base.labels)
    by_logs, turn, words = np.split(fitted.weights, [functions, functions + known])
    weights = found.setting.strength * seen.words.unprojected(words)
    bias = fitted.bias
    if base is not None:
        turn = OPINION * (turn - turn.mean(axis=0)) / base.temperature
        if task.kept:
            turn = turn + np.eye(known) / base.temperature
        weights += base.head.weights @ turn.astype(np.float32)
        bias = bias + base.head.bias @ turn
    head = LinearHead(problem.labels, weights, bias.astype(np.float32))
    table = np.round(by_logs - by_logs.mean(axis=0), 4) if functions else None
    model = TopicModel(
        labels=problem.labels,
        names=tuple(topic.name for topic in task.topics),
        head=problem.with_own(head, found.own).quantised(),
        temperature=found.temperature,
        thresholds=_thresholds(task, found, seen),
        function_logits=table,
    )
    return _with_base(model, base) if base is not None and task.kept else model


def _with_base(model: TopicModel, base: TopicModel) -> TopicModel:
    """Keep what the base concludes from functions, in the new model's scale."""
    table = model.function_logits
    if table is not None and base.function_logits is not None:
        table = np.round(table + base.function_logits / base.temperature, 4)
    return replace(
        model,
        function_logits=table,
        by_function=base.by_function,
        function_weight=round(base.function_weight / base.temperature, 4),
    )


def _thresholds(task: TopicTask, found: Validated, seen: Seen) -> tuple[float, ...] | None:
    """Return thresholds for second topics: tuned if rows have some, else the base's, if any."""
    rows = [row for row in seen.rows if row.primary in task.problem.labels]
    if any(len(row.topics or ()) > 1 for row in rows):
        targets = np.array(
            [[label in (row.topics or ()) for label in task.problem.labels] for row in rows],
            np.int8,
        )
        return tuple(label_thresholds(found.chances, targets))
    return task.base.thresholds if task.base and task.kept else None


def widened(topics: TopicModel, functions: int) -> TopicModel:
    """Let a model that goes by functions know of more of them, which imply no topic."""
    implied, table = topics.by_function, topics.function_logits
    if implied is not None:
        even = np.full((functions - len(implied), len(topics.labels)), 1 / len(topics.labels))
        implied = np.vstack([implied, even])
    if table is not None:
        table = np.pad(table, ((0, functions - len(table)), (0, 0)))
    return replace(topics, by_function=implied, function_logits=table)
