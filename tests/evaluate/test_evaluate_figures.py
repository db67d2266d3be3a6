"""Every figure with an interval is the number that the evaluation has under the same name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.corpus.rows import Row
from nlp.evaluate.answers import Answered
from nlp.evaluate.figures import LOWER_IS_BETTER, measures
from nlp.evaluate.predict import Predictions, Routed
from nlp.evaluate.run import EvaluationOptions, evaluate, examine
from nlp.evaluate.tables import to_json

TOPIC_KEYS = ("livelihood", "industry", "ecology", "governance", "农林水")
FUNCTION_KEYS = ("education", "health", "industry_it", "telecom", "water", "court", "tax")
NAMES = {
    *(f"topics.{name}" for name in ("accuracy", "unambiguous_accuracy", "ambiguous_accuracy")),
    *(f"topics.{name}" for name in ("any_gold", "primary_macro_f1", "unambiguous_macro_f1")),
    *(f"topics.{name}" for name in ("macro_f1", "micro_f1", "ece")),
    *(f"lead.{name}" for name in ("top1", "top3", "top5", "macro_f1", "ece")),
    *(f"co.{name}" for name in ("precision", "recall", "f1", "ndcg5")),
    *(f"decision.{name}" for name in ("auto", "review", "abstain", "precision", "aurc")),
}


def number(evaluation, figure: str):
    part, name = figure.split(".")
    scores = getattr(evaluation, part)
    return scores and getattr(scores, name)


def answered(toy, seed: int) -> Answered:
    """Random answers to random rows; the last two topics and functions are not the model's."""
    random = np.random.default_rng(seed)
    size = int(random.integers(1, 9))

    def some(keys, most):
        return tuple(random.permutation(keys)[: random.integers(0, most + 1)].tolist())

    rows = tuple(
        Row(
            f"{n}",
            f"第{n}件",
            topics=some(TOPIC_KEYS, 3) or None,
            lead=(*some(FUNCTION_KEYS, 1), None)[0],
            co=None if random.random() < 0.3 else some(FUNCTION_KEYS, 3),
            ambiguous=bool(random.random() < 0.4),
        )
        for n in range(size)
    )
    topics, leads = random.dirichlet(np.ones(3), size), random.dirichlet(np.ones(5), size)
    routed = tuple(
        Routed(float(a), bool(b < 0.9), (True, False, None)[c])
        for a, b, c in zip(
            random.random(size), random.random(size), random.integers(0, 3, size), strict=True
        )
    )
    labels = toy.router.topics.labels
    found = Predictions(
        rows,
        (),
        topics,
        leads,
        random.random((size, 5)),
        tuple(tuple(labels[i] for i in np.flatnonzero(line > 0.3)) for line in topics),
        routed,
    )
    names = dict(zip(labels, toy.router.topics.names, strict=True))
    return Answered("random", names, toy.router.functions, found, 0.5, toy.router.curve)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32 - 1), unsaid=st.booleans())
def test_figures_are_the_numbers_of_the_evaluation(toy, seed, unsaid):
    given_answers = answered(toy, seed)
    rows = given_answers.found.rows
    if not any(row.topics or row.lead or row.co for row in rows):
        return
    evaluation = examine(
        given_answers, EvaluationOptions(toy.directory, empty_co_means_unknown=unsaid)
    ).evaluation
    ones = np.ones((1, len(rows)))
    for name, measure in measures(given_answers, 0.95, empty_co_means_unknown=unsaid).items():
        (found,) = measure(ones)
        expected = number(evaluation, name)
        if np.isnan(found):  # nothing to divide by: no number, or 0 by convention
            assert not expected, name
        else:
            assert found == pytest.approx(expected), name


def test_every_figure_is_in_the_json(toy):
    rows = (*toy.rows, replace(toy.rows[0], id="f", ambiguous=True))
    found = evaluate(toy.router, rows, EvaluationOptions(toy.directory))
    content = to_json(found.evaluation, model="m", gold="g", command="c")
    assert set(found.figures) == set(content["intervals"]) == NAMES
    for name, drawn in found.figures.items():
        part, key = name.split(".")
        assert content[part][key] == pytest.approx(drawn.value, abs=1e-4), name
        interval = content["intervals"][name]
        assert interval["value"] == content[part][key]
        assert interval["low"] <= interval["value"] <= interval["high"], name


def test_lower_is_better_names_figures():
    assert LOWER_IS_BETTER < NAMES


def test_a_label_that_the_model_lacks_is_never_found(toy):
    """The toy's functions fold to four; a fifth place is no place for an unknown one."""
    found = evaluate(toy.router, [replace(toy.rows[0], lead="court")], options(toy))
    assert found.figures["lead.top5"].value == 0.0 == found.evaluation.lead.top5


def test_a_second_topic_that_the_model_lacks_counts(toy):
    found = evaluate(toy.router, [replace(toy.rows[0], topics=("livelihood", "x"))], options(toy))
    assert found.figures["topics.micro_f1"].value == pytest.approx(2 / 3)
    assert found.figures["topics.macro_f1"].value == 0.5 == found.evaluation.topics.macro_f1


def test_a_baseline_has_neither_co_handlers_nor_decisions(toy):
    given_answers = answered(toy, 1)
    plain = replace(
        given_answers,
        found=replace(given_answers.found, cos=None, routed=()),
        co_threshold=None,
        curve=(),
    )
    found = measures(plain, 0.95, empty_co_means_unknown=False)
    assert found
    assert not any(name.startswith(("co.", "decision.")) for name in found)


def options(toy) -> EvaluationOptions:
    return EvaluationOptions(toy.directory)
