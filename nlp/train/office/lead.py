"""The lead as an office gives it: the base model's functions, corrected, and its own units.

Everything that is learned is linear in the encoder's rows, since the base's scores are: so
the result is one ordinary head. Duties keep the weight that they had beside the base's head;
words of duties say what a unit is for anywhere, and an office's habits are in the correction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from nlp.classify.units import UnitModel
from nlp.heads.linear import LinearHead
from nlp.train.office.problem import Problem, Validated
from nlp.train.office.seen import Seen

Floats = npt.NDArray[np.float64]
OPINION = 0.4
"""What the base's scores count as features: with more, twenty rows overrule it."""
EXPECTED, UNEXPECTED = 4.0, 0.01
"""Penalty on the bias of functions that the base knows, and of own units, whose frequency
only the rows tell. A function that the office never had keeps a chance."""
USUAL = 0.05
STRANGER = -3.0
"""Where the logits of own units start, against all functions together."""
PAIR_PRIOR = 10.0
"""How many rows the base's knowledge of who helps whom is worth."""
NEVER = -8.0


def lead_problem(units: UnitModel, own: Sequence[str], seen: Seen) -> Problem:
    """Return the rows with a lead; labels are the base's functions, then own units."""
    labels = (*units.functions, *own)
    number = {label: i for i, label in enumerate(labels)}
    rows = np.array([i for i, row in enumerate(seen.rows) if row.lead in number], np.int64)
    penalty = np.repeat([EXPECTED, UNEXPECTED], [len(units.functions), len(own)])
    return Problem(
        labels=labels,
        rows=rows,
        opinions=OPINION * _centred(_head_scores(units, seen)[rows]),
        words=seen.projected[rows],
        anchor=lead_anchor(units, len(own), seen)[rows],
        gold=np.array([number[seen.rows[i].lead or ""] for i in rows], np.int64),
        weights=seen.weights[rows],
        fold=seen.fold[rows],
        bias_penalty=penalty,
        usual=USUAL,
        own=seen.own.at(rows) if seen.own else None,
    )


def lead_anchor(units: UnitModel, own: int, seen: Seen) -> Floats:
    """Return the base's calibrated logits, and the level of `own` more labels."""
    known = units.lead_logits(seen.matrix, seen.duties, None) / units.lead_temperature
    return np.hstack([known, np.full((len(known), own), _level(known) + STRANGER)])


def _level(logits: Floats) -> float:
    return float(np.mean(np.logaddexp.reduce(logits, axis=1)))


def _head_scores(units: UnitModel, seen: Seen) -> Floats:
    return np.asarray(units.lead.decision(seen.matrix), np.float64) / units.lead_temperature


def _centred(scores: Floats) -> Floats:
    return np.asarray(scores - scores.mean(axis=1, keepdims=True), np.float64)


def adapted_units(units: UnitModel, problem: Problem, found: Validated, seen: Seen) -> UnitModel:
    """Fit on all rows and write anchor, opinions and words as one head."""
    fitted = problem.fit(found.setting)
    known = len(units.functions)
    own = len(problem.labels) - known
    turn, words = fitted.weights[:known], fitted.weights[known:]
    turn = OPINION * (turn - turn.mean(axis=0)) / units.lead_temperature
    turn[:, :known] += np.eye(known) / units.lead_temperature
    weights = units.lead.weights @ turn.astype(np.float32)
    weights += found.setting.strength * seen.words.unprojected(words)
    anchor = lead_anchor(units, own, seen)[0, known:]
    bias = units.lead.bias @ turn + fitted.bias
    bias[known:] += anchor
    head = LinearHead(problem.labels, weights, bias.astype(np.float32))
    wider = widened(units, problem.labels[known:], seen)
    scale = units.lead_temperature
    return replace(
        wider,
        lead=problem.with_own(head, found.own).quantised(),
        duty_weight=round(units.duty_weight / scale, 4),
        precedent_weight=round(units.precedent_weight / scale, 4),
        lead_temperature=found.temperature,
    )


def widened(units: UnitModel, own: Sequence[str], seen: Seen) -> UnitModel:
    """Add own units that never co-handle, and count who helped whom in the office's rows."""
    labels, more = (*units.functions, *own), len(own)
    co = units.co
    weights = np.hstack([co.weights, np.zeros((len(co.weights), more), np.float32)])
    bias = np.concatenate([co.bias, np.full(more, NEVER, np.float32)])
    pairs = np.pad(units.co_given_lead, (0, more)) * PAIR_PRIOR
    totals = np.full(len(labels), PAIR_PRIOR)
    number = {label: i for i, label in enumerate(labels)}
    for row in seen.rows:
        if row.lead in number and row.co is not None:
            totals[number[row.lead]] += row.weight
            for partner in {number[c] for c in row.co if c in number}:
                pairs[number[row.lead], partner] += row.weight
    return replace(
        units,
        functions=labels,
        co=LinearHead(labels, weights, bias).quantised(),
        co_given_lead=np.round(pairs / totals[:, None], 4),
    )
