"""Citizens' messages: seven official categories, thousands of rows, long and untidy texts."""

from __future__ import annotations

import numpy as np

from benchmarks.encoders.crossed import Fold, Ints, answers, numbered
from benchmarks.encoders.rows import MESSAGES, Labelled, messages
from benchmarks.encoders.system import Entry
from benchmarks.encoders.task import Task
from benchmarks.encoders.workplace import Workplace
from benchmarks.shared.figure import Figure, Result
from nlp.corpus.duplicates import duplicate_groups
from nlp.evaluate.metrics import macro_f1

FOLDS = 5
RESAMPLES = 200
SEED = 0


def measure(entry: Entry, place: Workplace) -> Result:
    """Pool the folds' answers, then average F1 over the labels."""
    rows = messages(place)
    folds = grouped_folds(rows)
    pooled = answers(entry, place, rows, folds[:1] if entry.single else folds)
    gold = numbered(rows.labels)[1][pooled.index]
    figure = Figure(macro_f1(gold, pooled.said), len(gold), resampled_error(gold, pooled.said))
    return Result({"messages": figure}, pooled.remarks)


def grouped_folds(rows: Labelled) -> list[Fold]:
    """Keep messages with nearly the same title in one fold: many were sent more than once."""
    from sklearn.model_selection import StratifiedGroupKFold

    groups = duplicate_groups([text.title for text in rows.texts])
    split = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    pairs = split.split(np.zeros(len(groups)), rows.labels, groups)
    return [Fold(train, test) for train, test in pairs]


def resampled_error(gold: Ints, said: Ints) -> float:
    """Return the standard error of macro F1 over draws of the rows."""
    random = np.random.default_rng(SEED)
    draws = (random.integers(len(gold), size=len(gold)) for _ in range(RESAMPLES))
    return float(np.std([macro_f1(gold[rows], said[rows]) for rows in draws], ddof=1))


TASK = Task(
    name="messages",
    about=(
        f"Citizens' messages, title and detail, {FOLDS} folds grouped by near-duplicate titles: "
        "macro F1 of the answers of all folds pooled; systems marked as one run answer the first "
        "fold only."
    ),
    measure=measure,
    files=lambda place: (place.data / MESSAGES,),
    needed=MESSAGES,
)
