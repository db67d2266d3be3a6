"""Units: chances of every function to lead or to co-handle, and their turn into units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.classify.calibrate import sigmoid, softmax
from nlp.classify.head import LinearHead
from nlp.types import UnitScore

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nlp.classify.duties import DutyIndex
    from nlp.classify.features import Text
    from nlp.places import Directory
    from nlp.taxonomy import Function

Floats = npt.NDArray[np.float64]
TOP = 5
"""How many lead units a suggestion names."""


@dataclass(frozen=True, slots=True)
class UnitModel:
    """Scores functions from n-grams, duties and, when given, precedents.

    Logits are the head's plus `duty_weight` times the duty scores plus `precedent_weight`
    times the precedent scores; both weights and the temperatures were fitted on dev rows.
    `co_given_lead` is P(co | lead), (functions, functions).
    """

    functions: tuple[str, ...]
    lead: LinearHead
    co: LinearHead
    co_given_lead: Floats
    duty_weight: float = 0.0
    precedent_weight: float = 0.0
    pair_weight: float = 0.0
    lead_temperature: float = 1.0
    co_temperature: float = 1.0
    co_threshold: float = 0.5

    def lead_logits(self, matrix: csr_array, duties: Floats, precedents: Floats | None) -> Floats:
        """Return uncalibrated scores (texts, functions)."""
        scores = self.lead.decision(matrix) + self.duty_weight * duties
        if precedents is not None:
            scores = scores + self.precedent_weight * precedents
        return np.asarray(scores, np.float64)

    def lead_probabilities(
        self, matrix: csr_array, duties: Floats, precedents: Floats | None = None
    ) -> Floats:
        """Return calibrated chances of each function to lead; rows sum to 1."""
        return softmax(self.lead_logits(matrix, duties, precedents) / self.lead_temperature)

    def co_logits(self, matrix: csr_array, leads: Floats) -> Floats:
        """Return uncalibrated scores: the text's words plus who usually helps the lead."""
        usual = np.log(leads @ self.co_given_lead + 1e-3)
        return np.asarray(self.co.decision(matrix) + self.pair_weight * usual, np.float64)

    def co_probabilities(self, matrix: csr_array, leads: Floats) -> Floats:
        """Return calibrated chances of each function to co-handle, each by itself."""
        return sigmoid(self.co_logits(matrix, leads) / self.co_temperature)


def duty_scores(index: DutyIndex, texts: Sequence[Text]) -> Floats:
    scores = index.scores([t.title for t in texts], [t.body for t in texts])
    return scores.astype(np.float64)


def unit_for(function: Function, directory: Directory, text: str) -> str:
    """Return the unit that holds a function here, or the one it folds into."""
    if function.fold and not directory.holds(function.key):
        return directory.unit_of(function.fold, text)
    return directory.unit_of(function.key, text)


def lead_units(
    row: Floats, functions: Sequence[Function], directory: Directory, text: str, top: int = TOP
) -> tuple[UnitScore, ...]:
    """Turn chances of functions into ranked units: one row a unit, its functions summed."""
    sums: dict[str, tuple[str, float]] = {}
    for i in np.argsort(-row, kind="stable"):
        unit = unit_for(functions[i], directory, text)
        best, total = sums.get(unit, (functions[i].key, 0.0))
        sums[unit] = (best, total + float(row[i]))
    ranked = sorted(sums.items(), key=lambda item: -item[1][1])[:top]
    return tuple(UnitScore(f, unit, round(p, 4)) for unit, (f, p) in ranked)


def co_units(
    row: Floats,
    functions: Sequence[Function],
    directory: Directory,
    text: str,
    *,
    threshold: float,
    lead: str,
) -> tuple[UnitScore, ...]:
    """Return units whose chance to co-handle reaches the threshold, without the lead unit.

    Functions of one unit are taken as independent: 1 - product of (1 - p).
    """
    against: dict[str, tuple[str, float]] = {}
    for i in np.argsort(-row, kind="stable"):
        if row[i] < threshold / 4:
            break
        unit = unit_for(functions[i], directory, text)
        best, rest = against.get(unit, (functions[i].key, 1.0))
        against[unit] = (best, rest * (1.0 - float(row[i])))
    found = [
        UnitScore(f, unit, round(1.0 - rest, 4))
        for unit, (f, rest) in against.items()
        if unit != lead and 1.0 - rest >= threshold
    ]
    return tuple(sorted(found, key=lambda u: -u.probability)[:TOP])


def co_given_lead(
    leads: Sequence[str | None],
    cos: Sequence[tuple[str, ...] | None],
    functions: Sequence[str],
    usual: Sequence[tuple[str, ...]],
    weights: Sequence[float],
) -> Floats:
    """Count P(co | lead) over training rows; the functions' usual co-handlers smooth it."""
    number = {key: i for i, key in enumerate(functions)}
    prior = 4.0
    counts = np.zeros((len(functions), len(functions)))
    totals = np.full(len(functions), prior)
    for i, partners in enumerate(usual):
        for place, partner in enumerate(p for p in partners if p in number):
            counts[i, number[partner]] = prior * 0.3 / (1 + place)
    for lead, co, weight in zip(leads, cos, weights, strict=True):
        if lead not in number or co is None:
            continue
        totals[number[lead]] += weight
        for partner in co:
            if partner in number:
                counts[number[lead], number[partner]] += weight
    result: Floats = np.round(counts / totals[:, None], 4)
    return result
