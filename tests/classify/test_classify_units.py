"""Chances of functions to lead and to co-handle."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from nlp.classify.units import UnitModel, co_given_lead
from nlp.heads.linear import LinearHead

KEYS = ("education", "sports", "industry_it", "telecom", "water", "court", "township")
ONE = csr_array(np.ones((1, 1), np.float32))


@pytest.fixture
def model():
    lead = LinearHead(KEYS, np.zeros((1, 7), np.float32), np.arange(7, dtype=np.float32))
    co = LinearHead(KEYS, np.zeros((1, 7), np.float32), np.full(7, -2.0, np.float32))
    pairs = np.zeros((7, 7))
    pairs[6, 0] = 0.9
    return UnitModel(KEYS, lead, co, pairs)


def test_lead_chances_sum_to_one_at_any_temperature(model):
    for temperature in (0.2, 1.0, 7.0):
        warm = replace(model, lead_temperature=temperature)
        chances = warm.lead_probabilities(ONE, np.zeros((1, 7)))
        assert chances.shape == (1, 7)
        assert chances.sum() == pytest.approx(1.0)
        assert chances[0].argsort().tolist() == list(range(7))


def test_duties_and_precedents_raise_their_functions(model):
    say = np.zeros((1, 7))
    say[0, 0] = 2.0
    plain = model.lead_probabilities(ONE, say)[0, 0]
    assert replace(model, duty_weight=3.0).lead_probabilities(ONE, say)[0, 0] > plain
    past = replace(model, precedent_weight=4.0)
    assert past.lead_probabilities(ONE, np.zeros((1, 7)), say)[0].argmax() == 0
    assert past.lead_probabilities(ONE, np.zeros((1, 7)), None)[0].argmax() == 6


def test_usual_partners_of_the_lead_are_likelier_to_help(model):
    paired = replace(model, pair_weight=1.0)
    leads = np.zeros((1, 7))
    leads[0, 6] = 1.0
    chances = paired.co_probabilities(ONE, leads)[0]
    assert chances.argmax() == 0
    assert np.all((chances > 0) & (chances < 1))
    assert len(set(model.co_probabilities(ONE, leads)[0].tolist())) == 1


def test_counts_of_partners_are_smoothed_by_the_usual_ones():
    found = co_given_lead(
        ["a", "a", "b", None, "zz"],
        [("b", "zz"), (), None, ("b",), ("b",)],
        ("a", "b", "c"),
        [("c", "zz"), ("a", "c"), ()],
        [2.0, 1.0, 5.0, 5.0, 5.0],
    )
    assert found.tolist() == [
        [0.0, pytest.approx(2 / 7, abs=1e-4), pytest.approx(1.2 / 7, abs=1e-4)],
        [pytest.approx(0.3), 0.0, pytest.approx(0.15)],
        [0.0, 0.0, 0.0],
    ]
