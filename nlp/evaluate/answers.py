"""What a model answered to each row, task by task: the ground of every look at its errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from nlp.evaluate.folding import Folding, folding
from nlp.evaluate.metrics import Bools, Floats, Ints
from nlp.taxonomy import folds

if TYPE_CHECKING:
    from nlp.classify.decide import CurvePoint
    from nlp.classify.router import Router
    from nlp.corpus.rows import Row
    from nlp.evaluate.predict import Predictions
    from nlp.places import Directory
    from nlp.taxonomy import Function

UNLABELLED = -1


class AnswerTask(StrEnum):
    """What one answer is expected for: a row's primary topic, or its lead function."""

    TOPIC = "topics"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Answers:
    """One answer a row, for all rows, labelled or not.

    `labels` are the model's, folded, then the ones that occur in gold only; `gold` is a column
    of them or UNLABELLED, `said` the answer's, `chances` (rows, labels) with 0 for labels that
    the model lacks. `names` are Chinese.
    """

    task: AnswerTask
    labels: tuple[str, ...]
    names: Mapping[str, str]
    rows: tuple[Row, ...]
    gold: Ints
    chances: Floats

    @property
    def said(self) -> Ints:
        return np.asarray(self.chances.argmax(axis=1), np.int64)

    @property
    def confidence(self) -> Floats:
        return np.asarray(self.chances.max(axis=1), np.float64)

    @property
    def labelled(self) -> Bools:
        return np.asarray(self.gold != UNLABELLED)

    @property
    def right(self) -> Bools:
        """Tell which rows are answered as in gold; unlabelled ones are not."""
        return np.asarray(self.labelled & (self.said == self.gold))

    def name(self, column: int) -> str:
        return self.names.get(self.labels[column], self.labels[column])


@dataclass(frozen=True, slots=True)
class Answered:
    """Who answered, in which labels, and everything it said: a router or a baseline.

    `topics` maps the keys of its topics to Chinese names, in the order of its columns, empty
    if it knows none; `functions` are the columns of leads and co-handlers. A baseline has no
    `co_threshold` and no `curve`: it suggests no co-handlers and decides nothing.
    """

    name: str
    topics: Mapping[str, str]
    functions: tuple[Function, ...]
    found: Predictions
    co_threshold: float | None = None
    curve: tuple[CurvePoint, ...] = ()

    @property
    def columns(self) -> Folding:
        """Return the functions' columns with the ones that one unit usually holds as one."""
        keys = tuple(function.key for function in self.functions)
        return folding(keys, folds(self.functions))

    @property
    def answers(self) -> tuple[Answers, ...]:
        """Return the answers for each task that it knows and that some row is labelled for."""
        made, rows = [], self.found.rows
        if self.topics and self.found.topics is not None:
            columns, gold = folding(tuple(self.topics), {}), [row.primary for row in rows]
            task = _Task(AnswerTask.TOPIC, columns, self.topics, self.found.topics)
            made.append(task.answers(rows, gold))
        if self.functions and self.found.leads is not None:
            names = {function.key: function.name for function in self.functions}
            task = _Task(AnswerTask.LEAD, self.columns, names, self.found.leads)
            made.append(task.answers(rows, [row.lead for row in rows]))
        return tuple(each for each in made if each.labelled.any())


@dataclass(frozen=True, slots=True)
class _Task:
    """A task's columns and chances; gold makes answers of them."""

    task: AnswerTask
    columns: Folding
    names: Mapping[str, str]
    chances: Floats

    def answers(self, rows: tuple[Row, ...], gold: Sequence[str | None]) -> Answers:
        own = self.columns.labels
        folded = [self.columns.label(label) if label else None for label in gold]
        strange = dict.fromkeys(label for label in folded if label and label not in own)
        known = (*own, *strange)
        number = {label: i for i, label in enumerate(known)}
        codes = [number[label] if label else UNLABELLED for label in folded]
        wide = np.zeros((len(rows), len(known)))
        wide[:, : len(own)] = self.columns.summed(self.chances)
        return Answers(self.task, known, self.names, rows, np.array(codes, np.int64), wide)


def ask(router: Router, rows: Sequence[Row], directory: Directory) -> Answered:
    """Ask a router about rows, as routing would."""
    from nlp.evaluate.predict import predict

    topics = router.topics
    return Answered(
        name=router.name,
        topics=dict(zip(topics.labels, topics.names, strict=True)) if topics else {},
        functions=router.functions if router.units else (),
        found=predict(router, rows, directory),
        co_threshold=router.units.co_threshold if router.units else None,
        curve=router.curve,
    )
