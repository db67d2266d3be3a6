"""Provincial proposals in full text: fourteen categories, few rows, some with two only."""

from __future__ import annotations

import warnings

import numpy as np

from benchmarks.encoders.crossed import Fold, answers, numbered
from benchmarks.encoders.rows import PROVINCIAL, Labelled, provincial
from benchmarks.encoders.system import Entry
from benchmarks.encoders.task import Task
from benchmarks.encoders.workplace import Workplace
from benchmarks.shared.figure import Result, of_rows

FOLDS = 4
SEEDS = 3


def measure(entry: Entry, place: Workplace) -> Result:
    """Average a row's hits over the seeds, then over rows: the error is of rows alone."""
    rows = provincial(place)
    _, gold = numbered(rows.labels)
    seeds = range(1 if entry.single else SEEDS)
    folds = [fold for seed in seeds for fold in _folds(rows, seed)]
    pooled = answers(entry, place, rows, folds)
    hits = np.bincount(pooled.index, pooled.said == gold[pooled.index], len(gold))
    return Result({"provincial": of_rows(hits / len(seeds))}, pooled.remarks)


def _folds(rows: Labelled, seed: int) -> list[Fold]:
    from sklearn.model_selection import StratifiedKFold

    split = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # two categories have fewer rows than folds
        pairs = list(split.split(np.zeros(len(rows.labels)), rows.labels))
    return [Fold(train, test) for train, test in pairs]


TASK = Task(
    name="provincial",
    about=(
        f"Provincial proposals, title and full text, {FOLDS} stratified folds, mean accuracy over "
        f"{SEEDS} seeds; systems marked as one run, one seed."
    ),
    measure=measure,
    files=lambda place: (place.data / PROVINCIAL,),
    needed=PROVINCIAL,
)
