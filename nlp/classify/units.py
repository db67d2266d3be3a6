"""Chances of every function to lead or to co-handle a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.classify.products import row_product
from nlp.heads.calibrate import sigmoid, softmax
from nlp.heads.linear import LinearHead

if TYPE_CHECKING:
    from scipy.sparse import csr_array


Floats = npt.NDArray[np.float64]


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
        usual = np.log(row_product(leads, self.co_given_lead) + 1e-3)
        return np.asarray(self.co.decision(matrix) + self.pair_weight * usual, np.float64)

    def co_probabilities(self, matrix: csr_array, leads: Floats) -> Floats:
        """Return calibrated chances of each function to co-handle, each by itself."""
        return sigmoid(self.co_logits(matrix, leads) / self.co_temperature)


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
