"""Baselines answer like a model: same rows, same labels, measured and compared the same way."""

from dataclasses import replace

import numpy as np
import pytest

from nlp.corpus.rows import Row
from nlp.errors import InputError
from nlp.evaluate.baselines.ask import Baseline, baselines
from nlp.evaluate.baselines.labels import Labels, labels_of, shipped_labels
from nlp.evaluate.compare import compare_models
from nlp.evaluate.run import EvaluationOptions, evaluate, examine

NAMES = ["baseline:majority", "baseline:rules", "baseline:nearest"]


@pytest.fixture(scope="module")
def labels():
    return shipped_labels()


@pytest.fixture(scope="module")
def rows():
    """Titles of three functions, each in a word of its duties and with a place of its own."""
    subjects = {
        "路灯": ("livelihood", "urban_management"),
        "幼儿园": ("livelihood", "education"),
        "污水管网": ("ecology", "housing_construction"),
    }
    places = ["".join(chr(0x4E00 + 97 * i + 13 * j) for j in range(5)) for i in range(30)]
    names = iter(places)
    return [
        Row(f"{subject}-{i}", f"{next(names)}{subject}", topics=(topic,), lead=lead)
        for subject, (topic, lead) in subjects.items()
        for i in range(10)
    ]


def by_name(rows, labels, **options):
    return {each.name: each for each in baselines(rows, labels, **options)}


def test_three_baselines_the_weakest_idea_first(rows, labels):
    found = baselines(rows, labels)
    assert [each.name for each in found] == [str(each) for each in Baseline] == NAMES
    assert [each.called for each in Baseline] == ["总答最常见的", "按职责词", "找最相似的旧件"]
    for each in found:
        assert each.found.rows == tuple(rows)
        assert each.found.topics.shape == (30, len(labels.topics))
        assert each.found.leads.shape == (30, len(labels.functions))
        assert each.found.topics.sum(axis=1) == pytest.approx(np.ones(30))
        assert each.found.leads.sum(axis=1) == pytest.approx(np.ones(30))
        assert each.found.cos is None
        assert each.found.routed == ()
        keys = tuple(labels.topics)
        said = each.found.topics.argmax(axis=1)
        assert each.found.accepted == tuple((keys[i],) for i in said)


def test_what_each_is_good_for(rows, labels):
    found = by_name(rows, labels)
    accuracy = {
        name: {answers.task: answers.right.mean() for answers in each.answers}
        for name, each in found.items()
    }
    assert accuracy["baseline:majority"]["topics"] == pytest.approx(2 / 3)
    assert accuracy["baseline:majority"]["lead"] < 0.5
    assert accuracy["baseline:nearest"] == {"topics": 1.0, "lead": 1.0}
    assert accuracy["baseline:rules"]["lead"] == 1.0


def test_the_same_rows_get_the_same_answers(rows, labels):
    one, two = by_name(rows, labels), by_name(rows, labels)
    for name in NAMES:
        assert np.array_equal(one[name].found.leads, two[name].found.leads)


def test_training_rows_replace_the_other_folds(rows, labels):
    strange = [Row("t", "东坊路灯改造", topics=("governance",), lead="court")]
    taught = by_name(rows, labels, training=strange)
    for name in ("baseline:majority", "baseline:nearest"):
        assert set(taught[name].found.accepted) == {("governance",)}
    untaught = by_name(rows, labels)["baseline:rules"].found
    assert np.array_equal(taught["baseline:rules"].found.leads, untaught.leads)


def test_they_are_measured_and_compared_with_a_router(toy):
    options = EvaluationOptions(toy.directory)
    own = evaluate(toy.router, toy.rows, options)
    for answered in baselines(toy.rows, labels_of(toy.router)):
        found = examine(answered, options)
        assert found.evaluation.decision is None
        assert found.evaluation.co is None
        figures = {each.figure for each in compare_models(own, found).differences}
        assert {"topics.accuracy", "lead.top1", "lead.ece"} <= figures


def test_labels_are_the_routers(toy):
    found = labels_of(toy.router)
    assert tuple(found.topics) == toy.router.topics.labels
    assert found.functions == found.spoken == toy.router.functions
    only = labels_of(toy.topics_only)
    assert only.functions == ()
    unread = labels_of(replace(toy.topics_only, functions=()))
    assert len(unread.spoken) > 50
    for each in baselines(toy.rows, only):
        assert each.found.leads is None
        assert each.found.topics is not None


def test_a_model_without_topics(toy):
    for each in baselines(toy.rows, labels_of(replace(toy.router, topics=None))):
        assert each.found.topics is None
        assert each.found.accepted == ()
        assert [answers.task for answers in each.answers] == ["lead"]


@pytest.mark.parametrize(
    "rows",
    [
        [Row("a", "路灯"), Row("b", "河道"), Row("c", "食堂", topics=("ecology",))],
        [Row(str(i), f"{i}号桥", topics=("ecology",), lead="water") for i in range(9)],
        [Row("a", "路灯", topics=("ecology",), lead="water")] * 3,
        [Row("a", "？！", lead="nobody"), Row("b", "路灯", topics=("nothing",))],
    ],
    ids=["three rows", "one class", "one group", "unknown labels"],
)
def test_poor_gold_is_answered(rows, labels, toy):
    for each in baselines(rows, labels):
        assert len(each.found.accepted) == len(rows)
        assert np.isfinite(each.found.leads).all()
        examine(each, EvaluationOptions(toy.directory))


def test_unlabelled_and_blank_rows_are_refused_when_measured(labels, toy):
    for rows in ([Row("a", "路灯"), Row("b", "桥")], [Row("a", " ", lead="water")], []):
        for each in baselines(rows, labels):
            with pytest.raises(InputError, match="没有一件有可以核对的"):
                examine(each, EvaluationOptions(toy.directory))


def test_labels_may_be_none_at_all(rows):
    for each in baselines(rows, Labels({}, (), ())):
        assert each.answers == ()
