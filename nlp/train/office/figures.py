"""Before and after, on an office's own rows: what each model says of rows it has not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from nlp.classify.features import Text, encode_texts
from nlp.evaluate.folding import folding
from nlp.evaluate.metrics import macro_f1, top_k
from nlp.heads.calibrate import softmax
from nlp.train.office.own import OwnWords, own_encoder, own_words
from nlp.train.office.problem import Problem, Validated
from nlp.train.office.seen import Seen

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Accuracy:
    top1: float
    top3: float
    macro_f1: float


@dataclass(frozen=True, slots=True)
class Compared:
    """One task: `before` is the base model, or one trained on the same rows alone.

    The rest is what was chosen; `own` is what the office's own words count.
    """

    rows: int
    labels: int
    before: Accuracy
    before_is: Literal["base", "scratch"]
    after: Accuracy
    strength: float
    inverse_penalty: float
    own: float


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
    before = (
        np.where(speaks, softmax(problem.anchor), 0.0) if of_base else scratch(problem, found, seen)
    )
    return Compared(
        rows=len(gold),
        labels=len(set(gold.tolist())),
        before=measured(before),
        before_is="base" if of_base else "scratch",
        after=measured(found.chances),
        strength=found.setting.strength,
        inverse_penalty=found.setting.inverse_penalty,
        own=found.own,
    )


def scratch(problem: Problem, found: Validated, seen: Seen) -> Floats:
    """Return a ranking by plain training on the same folds: n-grams, no base model.

    A linear support vector machine alone is right as often as the blend that `fit_single`
    fits, in a tenth of the time. All rows' n-grams are counted at once: that takes no label.
    """
    scores = found.alone
    if scores is None:
        own = _plain([seen.texts[i] for i in problem.rows])
        scores = own.held_out(problem.labels, problem.gold, problem.weights, problem.fold)
    there = np.isin(np.arange(len(problem.labels)), problem.gold)
    return np.where(there, softmax(scores), 0.0)


def _plain(texts: Sequence[Text]) -> OwnWords:
    encoder = own_encoder(texts)
    return own_words(encoder, texts, encode_texts(encoder, texts))
