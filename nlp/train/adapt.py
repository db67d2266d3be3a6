"""Few-shot adaptation: a model and an office's own rows in, a model for that office out.

What is learned is a correction to the base model on features made of its own opinions and its
encoder's rows; the result is an ordinary model of the same form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from importlib import import_module

import numpy as np
import numpy.typing as npt

from nlp.classify.decide import CurvePoint, Detector, risk_curve
from nlp.classify.duties import DutyIndex
from nlp.classify.router import Router
from nlp.corpus.audit import Audit, audit
from nlp.corpus.rows import Row
from nlp.evaluate.folding import folding
from nlp.heads.calibrate import sigmoid
from nlp.taxonomy import Function, folds
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
class Task:
    """What was learned of one kind of label, from which its figures follow.

    `fold` joins labels that places count as one, `known` are those that the base speaks of,
    `names` say all of them in Chinese.
    """

    problem: Problem
    found: Validated
    fold: Mapping[str, str]
    known: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Learned:
    """Figures of one task, and which of its labels are doubtful."""

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
    plan = make_office_plan(base, rows)
    with _one_thread():
        return _fit(plan, see(base, plan.rows, seed), seed).router


def study(base: Router, rows: Sequence[Row], *, seed: int = 0) -> Adapted:
    """Adapt a router, measure it by cross-validation and audit the labels.

    Raises InputError as `adapt` does.
    """
    plan = make_office_plan(base, rows)
    with _one_thread():
        seen = see(base, plan.rows, seed)
        fitted = _fit(plan, seen, seed)
        topics, lead = (
            _learned(task, seen) if task else None for task in (fitted.topics, fitted.lead)
        )
    return Adapted(fitted.router, plan, topics, lead)


def _one_thread() -> AbstractContextManager[object]:
    """Keep to one thread.

    The arrays are so small that threads would spend their time waiting for each other, and
    sums come out the same on any number of processors.
    """
    from threadpoolctl import threadpool_limits

    for module in ("scipy.optimize", "sklearn.linear_model"):
        import_module(module)  # only what is loaded can be limited
    limits: AbstractContextManager[object] = threadpool_limits(1)
    return limits


@dataclass(frozen=True)
class _Fitted:
    router: Router
    topics: Task | None
    lead: Task | None


def _fit(plan: OfficePlan, seen: Seen, seed: int) -> _Fitted:
    """Adapt the units first, for topics go by them."""
    router, lead, leads = _with_lead(seen.base, plan, seen, seed)
    topics = None
    if plan.topics:
        asked = topic_task(router.topics, plan.topics, leads, seen)
        found = validate(asked.problem, seed)
        known = asked.problem.labels if asked.kept else ()
        topics = Task(asked.problem, found, {}, known, tuple(t.name for t in plan.topics))
        router = replace(router, topics=adapted_topics(asked, found, seen))
        if router.units is None:
            router = replace(router, curve=_curve(topics))
    detector = _detector(router.detector, seen) if router.detector else None
    return _Fitted(replace(router, name="", detector=detector), topics, lead)


def _with_lead(
    base: Router, plan: OfficePlan, seen: Seen, seed: int
) -> tuple[Router, Task | None, Floats | None]:
    """Adapt the units, if rows tell them.

    Also returns chances of each row's lead by models that have not seen that row: what topics
    are told about leads must be as uncertain in training as it will be in use.
    """
    units = base.units
    if units is None or not plan.learn_lead:
        return base, None, units.lead_probabilities(seen.matrix, seen.duties) if units else None
    problem = lead_problem(units, plan.own_units, seen)
    found = validate(problem, seed)
    adapted = adapted_units(units, problem, found, seen)
    functions = (*base.functions, *(Function(name, name) for name in plan.own_units))
    names = tuple(function.name for function in functions)
    task = Task(problem, found, folds(functions), base.function_keys, names)
    router = replace(
        base,
        functions=functions,
        units=adapted,
        topics=widened(base.topics, len(functions)) if base.topics else None,
        curve=_curve(task),
        duties=DutyIndex(functions),
    )
    wider = np.pad(seen.duties, ((0, 0), (0, len(plan.own_units))))
    leads = adapted.lead_probabilities(seen.matrix, wider)
    leads[problem.rows] = found.chances
    return router, task, leads


def _learned(task: Task, seen: Seen) -> Learned:
    problem = task.problem
    doubts = audit(
        task.found.chances,
        problem.gold,
        task.names,
        [seen.rows[i] for i in problem.rows],
        seen.group[problem.rows],
    )
    return Learned(compare(problem, task.found, seen, task.fold, task.known), doubts)


def _curve(task: Task) -> tuple[CurvePoint, ...]:
    """Measure confidence as it is used: functions that places fold together are summed."""
    labels = task.problem.labels
    joined = folding(labels, task.fold)
    chances = joined.summed(task.found.chances)
    gold = joined.coded([labels[i] for i in task.problem.gold]).codes
    return risk_curve(chances.max(axis=1), chances.argmax(axis=1) == gold)


def _detector(detector: Detector, seen: Seen) -> Detector:
    """Let an office's own kind of text pass: its rows are what it will ask about."""
    chances = sigmoid(detector.head.decision(seen.matrix)[:, 0])
    own = float(np.quantile(chances, LOST))
    return replace(detector, threshold=min(detector.threshold, round(own, 4)))
