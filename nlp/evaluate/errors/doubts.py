"""Gold labels that may be wrong: confident learning on chances from outside the row.

Two witnesses speak: the model, which has not seen the gold, and a head fitted to the other gold
rows, which knows how this office labels. Only what remains doubtful in their mean is doubted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nlp.corpus.audit import Contradiction, Doubt, audit, contradictions
from nlp.evaluate.answers import Answers, AnswerTask
from nlp.evaluate.metrics import Floats, Ints
from nlp.heads.calibrate import fit_temperature, softmax
from nlp.heads.linear import fit_machine

if TYPE_CHECKING:
    from scipy.sparse import csr_array

FEWEST = 60
"""Labelled rows from which on a head is fitted to them."""
FEWEST_OF_LABEL = 5
FOLDS = 5
INVERSE_PENALTY = 0.5
"""On 10,000 rows with 54 labels the log loss is 1.32 at half of it and 1.26 instead of 1.27 at
twice of it, which takes longer."""
SEED = 0


@dataclass(frozen=True, slots=True)
class Doubts:
    """Suspected errors, the strongest first, and near-duplicates labelled differently.

    `rows` are the labelled rows that were looked at; `unjudged` have a label that no witness
    knows. `fitted` tells whether a head on the gold spoke, too. Labels are Chinese names.
    """

    task: AnswerTask
    rows: int
    unjudged: int
    fitted: bool
    doubts: tuple[Doubt, ...]
    contradictions: tuple[Contradiction, ...]


def doubts(answers: Answers, matrix: csr_array, groups: Sequence[int]) -> Doubts:
    """Look for wrong labels.

    :param matrix: all rows of `answers`, encoded.
    :param groups: a number a row, common to near-duplicates: those are in one fold.
    """
    own = np.flatnonzero(answers.labelled)
    gold, group = answers.gold[own], np.asarray(groups, np.int64)[own]
    chances = answers.chances[own]
    known = np.asarray(chances.any(axis=0))
    strange = ~known[gold]
    fitted = cross_fitted(matrix[own], gold, group, len(answers.labels))
    if fitted is not None:
        # of a label that it lacks the model can only say no
        chances = np.where(strange[:, None], fitted, (chances + fitted) / 2)
    judged = np.ones(len(own), bool) if fitted is not None else ~strange
    names = [answers.name(i) for i in range(len(answers.labels))]
    rows = [answers.rows[i] for i in own]
    found = audit(
        chances[judged],
        gold[judged],
        names,
        [row for row, asked in zip(rows, judged, strict=True) if asked],
        group[judged],
    )
    return Doubts(
        answers.task,
        int(judged.sum()),
        int((~judged).sum()),
        fitted is not None,
        found.doubts,
        contradictions(gold, names, rows, group),
    )


def cross_fitted(matrix: csr_array, gold: Ints, groups: Ints, labels: int) -> Floats | None:
    """Return chances (rows, labels) by heads that have not seen a row or its near-duplicates.

    None where there are too few rows to learn from. A linear support vector machine: logistic
    regression takes ten times as long on many labels and is no better here.
    """
    common = np.bincount(gold, minlength=labels) >= FEWEST_OF_LABEL
    if len(gold) < FEWEST or common.sum() < 2:
        return None
    names, which = np.unique(groups, return_inverse=True)
    fold = np.random.default_rng(SEED).permutation(len(names))[which] % FOLDS
    classes = [str(label) for label in range(labels)]
    logits = np.zeros((len(gold), labels))
    for number in range(FOLDS):
        out = fold == number
        if not _learnable(gold[~out]):
            return None
        if out.any():
            given = [classes[label] for label in gold[~out]]
            weight = np.ones(len(given))
            head = fit_machine(
                matrix[~out], given, classes, weight, inverse_penalty=INVERSE_PENALTY, seed=SEED
            )
            logits[out] = head.decision(matrix[out])
    return softmax(logits / fit_temperature(logits, gold))


def _learnable(gold: Ints) -> bool:
    return len(np.unique(gold)) > 1
