"""Everything that one model's errors tell, gathered for the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nlp.classify.features import clean_pair, encode_texts
from nlp.evaluate.answers import Answers, AnswerTask
from nlp.evaluate.errors.confusion import SHOWN, Confused, Confusion, confusion, top_confusions
from nlp.evaluate.errors.doubts import Doubts, doubts
from nlp.evaluate.errors.leakage import Leakage, find_leaks
from nlp.evaluate.errors.mistakes import Mistake, mistakes
from nlp.evaluate.errors.notes import leakage_notes, task_notes, unlabelled_notes
from nlp.evaluate.errors.slices import Slice, slices
from nlp.evaluate.errors.training import UNNAMED
from nlp.evaluate.metrics import Bools, share
from nlp.evaluate.run import row_groups

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nlp.classify.router import Router
    from nlp.evaluate.errors.training import TrainingRows
    from nlp.evaluate.run import EvaluationOptions, Examined

SURE = 0.9
"""A confidence from which on a wrong answer is likely to be followed unread."""


@dataclass(frozen=True, slots=True)
class TaskAnalysis:
    """One task: `rows` are labelled, `wrong` of them answered wrongly.

    `sure_wrong` are answered wrongly with a confidence of SURE or more.
    `unleaked_accuracy` is over the rows that the model has not learned from; None if nothing
    leaked, if nothing else is left, or if it was not checked.
    """

    task: AnswerTask
    rows: int
    wrong: int
    sure_wrong: int
    unleaked_accuracy: float | None
    confusion: Confusion
    confused: tuple[Confused, ...]
    mistakes: tuple[Mistake, ...]
    doubts: Doubts
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that is known of a model's errors; `notes` are Chinese sentences, the gravest first.

    `leakage` is None where the model names no training corpus.
    """

    model: str
    tasks: tuple[TaskAnalysis, ...]
    leakage: Leakage | None
    notes: tuple[str, ...]


def analyse(
    router: Router,
    examined: Examined,
    options: EvaluationOptions,
    training: TrainingRows | None,
) -> Analysis:
    """Look at the errors of a router on the rows that it was examined on."""
    rows, answers = examined.given.found.rows, examined.given.answers
    leakage = find_leaks(rows, training) if training else None
    leaked = np.zeros(len(rows), bool)
    leaked[[leak.position for leak in leakage.pairs] if leakage else []] = True
    groups = row_groups(rows)
    matrix = encode_texts(router.encoder, [clean_pair(row.title, row.body) for row in rows])
    tasks = tuple(
        _analysed(router, each, options, _Ground(matrix, groups, leaked)) for each in answers
    )
    said = leakage_notes(training.note, leakage) if training and leakage else (UNNAMED,)
    notes = (
        *said,
        *unlabelled_notes(examined.given, [task.task for task in tasks]),
        *(note for task in tasks for note in task_notes(task)),
    )
    return Analysis(examined.given.name, tasks, leakage, notes)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What both tasks need of all rows: encoded, groups of near-duplicates, whether leaked."""

    matrix: csr_array
    groups: Sequence[int]
    leaked: Bools


def _analysed(
    router: Router, answers: Answers, options: EvaluationOptions, ground: _Ground
) -> TaskAnalysis:
    labelled = answers.labelled
    wrong = labelled & ~answers.right
    return TaskAnalysis(
        answers.task,
        int(labelled.sum()),
        int(wrong.sum()),
        int((wrong & (answers.confidence >= SURE)).sum()),
        share(answers.right[labelled & ~ground.leaked]) if ground.leaked.any() else None,
        confusion(answers, SHOWN[answers.task]),
        top_confusions(answers),
        mistakes(router, answers, options),
        doubts(answers, ground.matrix, ground.groups),
        slices(answers, ground.groups),
    )
