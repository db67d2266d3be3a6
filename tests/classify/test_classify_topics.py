"""Topics: ranked by chance; a second one only where thresholds have a meaning."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from nlp.classify.topics import TopicModel, topic_given_function
from nlp.heads.linear import LinearHead

LABELS, NAMES = ("a", "b", "c"), ("甲", "乙", "丙")
ONE = csr_array(np.ones((1, 1), np.float32))


@pytest.fixture
def model():
    logits = np.log(np.array([[0.5, 0.3, 0.2]], np.float32))
    return TopicModel(LABELS, NAMES, LinearHead(LABELS, logits, np.zeros(3, np.float32)))


def test_probabilities_sum_to_one(model):
    assert model.probabilities(ONE, None)[0] == pytest.approx([0.5, 0.3, 0.2])
    warm = replace(model, temperature=4.0).probabilities(ONE, None)[0]
    assert warm.sum() == pytest.approx(1.0)
    assert 0.5 > warm[0] > warm[1] > warm[2] > 0.2


def test_ranked_names_every_topic_most_probable_first(model):
    ranked = model.ranked(np.array([0.2, 0.5, 0.3]))
    assert [(t.label, t.name, t.probability) for t in ranked] == [
        ("b", "乙", 0.5),
        ("c", "丙", 0.3),
        ("a", "甲", 0.2),
    ]


def test_without_thresholds_only_the_primary_is_accepted(model):
    assert model.accepted(np.array([0.45, 0.44, 0.11])) == ("a",)


def test_thresholds_let_further_topics_in_but_never_the_primary_out(model):
    several = replace(model, thresholds=(0.9, 0.3, 0.2))
    assert several.accepted(np.array([0.4, 0.3, 0.3])) == ("a", "b", "c")
    assert several.accepted(np.array([0.6, 0.29, 0.11])) == ("a",)
    assert several.accepted(np.array([0.2, 0.3, 0.5])) == ("c", "b")


def test_likely_functions_speak_for_their_topics(model):
    by_function = np.array([[0.1, 0.1, 0.8], [0.8, 0.1, 0.1]])
    informed = replace(model, by_function=by_function, function_weight=1.0)
    sure = np.array([[1.0, 0.0]])
    assert informed.probabilities(ONE, sure)[0].argmax() == 2
    assert informed.probabilities(ONE, 1 - sure)[0].argmax() == 0
    same = replace(informed, function_weight=0.0)
    assert same.probabilities(ONE, sure)[0] == pytest.approx([0.5, 0.3, 0.2])
    assert informed.probabilities(ONE, None)[0] == pytest.approx([0.5, 0.3, 0.2])


def test_counts_of_topic_given_function():
    leads = ["f", "f", "g", None, "h", "f"]
    topics = ["a", "a", "b", "a", "a", None]
    found = topic_given_function(leads, topics, ("f", "g"), LABELS, [1, 3, 0.5, 9, 9, 9])
    assert found[0] == pytest.approx([5 / 7, 1 / 7, 1 / 7], abs=1e-4)
    assert found[1] == pytest.approx([1 / 3.5, 1.5 / 3.5, 1 / 3.5], abs=1e-4)
