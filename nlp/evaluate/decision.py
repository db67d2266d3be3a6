"""How far a model may be left alone: what it routes itself, and how often rightly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.classify.decide import NEVER, CurvePoint, decide, threshold_for
from nlp.evaluate.metrics import risk_coverage, share
from nlp.evaluate.predict import Predictions
from nlp.types import Decision


@dataclass(frozen=True, slots=True)
class DecisionScores:
    """Decisions on rows that have gold; the three shares add up to 1.

    `threshold` is the confidence that the model asks for the requested precision, None
    where it never got so far; `precision` is the one reached, None without auto rows.
    """

    rows: int
    skipped: int
    requested: float
    threshold: float | None
    auto: float
    review: float
    abstain: float
    auto_rows: int
    precision: float | None
    aurc: float


def score_decision(
    curve: Sequence[CurvePoint], found: Predictions, precision: float
) -> DecisionScores | None:
    """Decide every row as routing does, and look at the ones it would route alone.

    Texts unlike any proposal come last on the risk-coverage curve.
    """
    judged = [one for one in found.routed if one.right is not None]
    if not judged:
        return None
    threshold = threshold_for(curve, precision)
    made = np.array([decide(o.confidence, threshold, known=o.known).value for o in judged])
    right = np.array([bool(one.right) for one in judged])
    sureness = np.array([one.confidence if one.known else -1.0 for one in judged])
    auto = made == Decision.AUTO.value
    return DecisionScores(
        rows=len(judged),
        skipped=len(found.routed) - len(judged),
        requested=precision,
        threshold=None if threshold == NEVER else threshold,
        auto=float(auto.mean()),
        review=float((made == Decision.REVIEW.value).mean()),
        abstain=float((made == Decision.ABSTAIN.value).mean()),
        auto_rows=int(auto.sum()),
        precision=share(right[auto]),
        aurc=risk_coverage(sureness, right, threshold).aurc,
    )
