"""Few-shot adaptation: a model and an office's own rows in, a model for that office out.

What is learned is a correction to the base model on features made of its own opinions and its
encoder's rows; the result is an ordinary model of the same form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import import_module

import numpy as np
import numpy.typing as npt

from nlp.classify.decide import CurvePoint, Detector, risk_curve
from nlp.classify.duties import DutyIndex
from nlp.classify.router import Router
from nlp.classify.topics import TopicModel
from nlp.classify.units import UnitModel
from nlp.corpus.rows import Row
from nlp.evaluate.folding import folding
from nlp.heads.calibrate import sigmoid
from nlp.taxonomy import Function, folds
from nlp.train.audit import Audit, audit
from nlp.train.office.figures import Compared, compare
from nlp.train.office.lead import adapted_units, lead_problem
from nlp.train.office.plan import OfficePlan, make_office_plan
from nlp.train.office.problem import Problem, Validated, validate
from nlp.train.office.seen import Seen, see
from nlp.train.office.topics import adapted_topics, topic_task, widened

Floats = npt.NDArray[np.float64]
LOST = 0.02
"""The share of an office's own rows that the adapted detector may take for something else."""


@dataclass(frozen=True)
class Learned:
    """What came of one task: figures, and which of its labels are doubtful."""

    compared: Compared
    audit: Audit


@dataclass(frozen=True)
class Adapted:
    """The router, and by task (None: not labelled, or too little) how it did on held-out rows."""

    router: Router
    plan: OfficePlan
    topics: Learned | None
    lead: Learned | None


def adapt(base: Router, rows: Sequence[Row], *, seed: int = 0) -> Router:
    """Return a router adapted to labelled rows. Raises InputError for too few of them."""
    return study(base, rows, seed=seed).router


def study(base: Router, rows: Sequence[Row], *, seed: int = 0) -> Adapted:
    """Adapt a router, measure it by cross-validation and audit the labels.

    On one thread: the arrays are so small that threads would spend their time waiting for
    each other, and sums come out the same on any number of processors.
    """
    from threadpoolctl import threadpool_limits

    import_module("scipy.optimize")  # only what is loaded can be limited
    with threadpool_limits(1):
        return _study(base, rows, seed)


def _study(base: Router, rows: Sequence[Row], seed: int) -> Adapted:
    plan = make_office_plan(base, rows)
    seen = see(base, plan.rows, seed)
    router, lead, leads = _with_lead(base, plan, seen, seed)
    topics = None
    if plan.topics:
        task = topic_task(router.topics, plan.topics, leads, seen)
        found = validate(task.problem, seed)
        known = task.problem.labels if task.kept else ()
        names = [topic.name for topic in plan.topics]
        topics = _learned(task.problem, found, seen, {}, known, names)
        router = replace(router, topics=adapted_topics(task, found, seen))
        if router.units is None:
            router = replace(router, curve=_curve(task.problem, found, {}))
    detector = _detector(base.detector, seen) if base.detector else None
    return Adapted(replace(router, name="", detector=detector), plan, topics, lead)


def _with_lead(
    base: Router, plan: OfficePlan, seen: Seen, seed: int
) -> tuple[Router, Learned | None, Floats | None]:
    """Adapt the units, if rows tell them.

    Also returns chances of each row's lead by models that have not seen that row: what topics
    are told about leads must be as uncertain in training as it will be in use.
    """
    units = base.units
    if units is None or not plan.learn_lead:
        return base, None, _chances(units, seen, seen.duties) if units else None
    problem = lead_problem(units, plan.own_units, seen)
    found = validate(problem, seed)
    adapted = adapted_units(units, problem, found, seen)
    functions = (*base.functions, *(Function(name, name) for name in plan.own_units))
    fold = folds(functions)
    router = replace(
        base,
        functions=functions,
        units=adapted,
        topics=_widened(base.topics, len(functions)),
        curve=_curve(problem, found, fold),
        duties=DutyIndex(functions),
    )
    leads = _chances(adapted, seen, np.pad(seen.duties, ((0, 0), (0, len(plan.own_units)))))
    leads[problem.rows] = found.chances
    names = [function.name for function in functions]
    return router, _learned(problem, found, seen, fold, base.function_keys, names), leads


def _widened(topics: TopicModel | None, functions: int) -> TopicModel | None:
    return widened(topics, functions) if topics else None


def _chances(units: UnitModel, seen: Seen, duties: Floats) -> Floats:
    return units.lead_probabilities(seen.matrix, duties)


def _learned(
    problem: Problem,
    found: Validated,
    seen: Seen,
    fold: dict[str, str],
    known: Sequence[str],
    names: Sequence[str],
) -> Learned:
    doubts = audit(
        found.chances,
        problem.gold,
        names,
        [seen.rows[i] for i in problem.rows],
        seen.group[problem.rows],
    )
    return Learned(compare(problem, found, seen, fold, known), doubts)


def _curve(problem: Problem, found: Validated, fold: dict[str, str]) -> tuple[CurvePoint, ...]:
    """Measure confidence as it is used: functions that places fold together are summed."""
    joined = folding(problem.labels, fold)
    chances = joined.summed(found.chances)
    gold = joined.coded([problem.labels[i] for i in problem.gold]).codes
    return risk_curve(chances.max(axis=1), chances.argmax(axis=1) == gold)


def _detector(detector: Detector, seen: Seen) -> Detector:
    """Let an office's own kind of text pass: its rows are what it will ask about."""
    chances = sigmoid(detector.head.decision(seen.matrix)[:, 0])
    own = float(np.quantile(chances, LOST))
    return replace(detector, threshold=min(detector.threshold, round(own, 4)))
