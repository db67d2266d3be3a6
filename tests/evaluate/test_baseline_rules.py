"""The rules know duties and nothing else."""

import numpy as np
import pytest

from nlp.classify.features import Text
from nlp.evaluate.baselines.rules import lead_rules, spoken_of, topic_rules
from nlp.taxonomy import Duty, Function

FUNCTIONS = (
    Function("water", "水利", topics=("ecology", "people"), duties=(Duty("供水", ("吃水难",)),)),
    Function("roads", "交通", topics=("people",), duties=(Duty("修路", ("坑洼", "吃水难")),)),
    Function("court", "法院"),
)
TEXTS = (Text("解决吃水难"), Text("路面坑洼", "还有供水"), Text("别的事"))


@pytest.fixture(scope="module")
def spoken():
    return spoken_of(TEXTS, FUNCTIONS)


def test_a_function_is_as_likely_as_it_is_named(spoken):
    leads = lead_rules(spoken)
    assert leads[0].tolist() == [0.5, 0.5, 0.0]
    assert leads[1, 1] > leads[1, 0] > 0  # the body counts less
    assert leads[2].tolist() == [1 / 3] * 3
    assert leads.sum(axis=1) == pytest.approx(np.ones(3))


def test_a_function_speaks_for_its_first_topic(spoken):
    topics = topic_rules(spoken, FUNCTIONS, ("people", "ecology", "order"))
    assert topics[0].tolist() == [0.5, 0.5, 0.0]
    assert topics[1].argmax() == 0
    assert topics[2, 2] == 0.0  # an unread text is shared out among the topics of functions


def test_topics_that_no_function_has_are_even(spoken):
    assert topic_rules(spoken, FUNCTIONS, ("甲", "乙")).tolist() == [[0.5, 0.5]] * 3


def test_no_text_and_no_function():
    assert spoken_of((), FUNCTIONS).shape == (0, 3)
    assert spoken_of(TEXTS, ()).shape == (3, 0)
    assert topic_rules(spoken_of(TEXTS, ()), (), ("甲", "乙")).tolist() == [[0.5, 0.5]] * 3
