"""Before and after, on an office's own rows: what each model says of rows it has not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from nlp.classify.features import encode_texts
from nlp.encode import fit_encoder
from nlp.evaluate.folding import folding
from nlp.evaluate.metrics import macro_f1, top_k
from nlp.heads.calibrate import softmax
from nlp.heads.linear import MACHINE_PENALTY
from nlp.train.fit import TOPIC_PENALTY
from nlp.train.office.problem import Problem, Validated
from nlp.train.office.seen import Seen

Floats = npt.NDArray[np.float64]
PLAIN = "ngrams:1-2"


@dataclass(frozen=True, slots=True)
class Accuracy:
    top1: float
    top3: float
    macro_f1: float


@dataclass(frozen=True, slots=True)
class Compared:
    """One task: `before` is the base model, or one trained on the same rows alone."""

    rows: int
    labels: int
    before: Accuracy
    before_is: Literal["base", "scratch"]
    after: Accuracy
    strength: float
    inverse_penalty: float


def compare(
    problem: Problem, found: Validated, seen: Seen, fold: Mapping[str, str], known: Sequence[str]
) -> Compared:
    """Measure a task; `known` are the labels that the anchor speaks of, `fold` joins labels.

    Where the base knows fewer than half of the rows' labels, it is no opponent.
    """
    joined = folding(problem.labels, fold)
    gold = joined.coded([problem.labels[i] for i in problem.gold]).codes

    def measured(chances: Floats) -> Accuracy:
        scores = joined.summed(chances)
        first, three = top_k(gold, scores, 1).mean(), top_k(gold, scores, 3).mean()
        said = scores.argmax(axis=1).astype(np.int64)
        return Accuracy(*(round(float(v), 4) for v in (first, three, macro_f1(gold, said))))

    speaks = np.isin(problem.labels, known)
    of_base = bool(speaks[problem.gold].mean() >= 0.5)
    before = np.where(speaks, softmax(problem.anchor), 0.0) if of_base else scratch(problem, seen)
    return Compared(
        rows=len(gold),
        labels=len(set(gold.tolist())),
        before=measured(before),
        before_is="base" if of_base else "scratch",
        after=measured(found.chances),
        strength=found.setting.strength,
        inverse_penalty=found.setting.inverse_penalty,
    )


def scratch(problem: Problem, seen: Seen) -> Floats:
    """Return a ranking by plain training on the same folds: n-grams, no base model.

    A linear support vector machine alone is right as often as the blend that `fit_single`
    fits, in a tenth of the time. All rows' n-grams are counted at once: that takes no label.
    """
    from sklearn.svm import LinearSVC

    chances = np.zeros(problem.anchor.shape)
    texts = [seen.texts[i] for i in problem.rows]
    encoder = fit_encoder(PLAIN, [t for text in texts for t in (text.title, text.body) if t])
    matrix = encode_texts(encoder, texts)
    for fold in np.unique(problem.fold):
        out, rest = np.flatnonzero(problem.fold == fold), np.flatnonzero(problem.fold != fold)
        if len(np.unique(problem.gold[rest])) < 2:
            continue
        machine = LinearSVC(C=TOPIC_PENALTY / MACHINE_PENALTY, random_state=0)
        machine.fit(matrix[rest], problem.gold[rest], sample_weight=problem.weights[rest])
        scores = machine.decision_function(matrix[out])
        if scores.ndim == 1:  # scikit-learn keeps one column for two classes
            scores = np.column_stack([-scores, scores])
        chances[np.ix_(out, machine.classes_)] = softmax(scores)
    return chances
