"""Anchored logistic regression: stays where few rows pull, goes where many do."""

import numpy as np
import pytest

from nlp.heads.anchored import fit_anchored
from nlp.heads.calibrate import softmax

RANDOM = np.random.default_rng(4)
FEATURES = RANDOM.normal(size=(90, 5))
GOLD = (FEATURES @ RANDOM.normal(size=(5, 3)) + 0.8 * RANDOM.normal(size=(90, 3))).argmax(axis=1)
ANCHOR = RANDOM.normal(size=(90, 3))
EVEN = np.ones(90)


def fit(inverse_penalty, *, bias=0.01, anchor=ANCHOR, weight=EVEN, rows=slice(None)):
    return fit_anchored(
        FEATURES[rows],
        anchor[rows],
        GOLD[rows],
        weight[rows],
        inverse_penalty=inverse_penalty,
        bias_penalty=np.full(3, bias),
    )


def test_a_high_penalty_leaves_the_anchor_alone():
    assert fit(1e-7, bias=1e7).applied(FEATURES, ANCHOR) == pytest.approx(ANCHOR, abs=1e-4)


def test_rows_overrule_the_anchor_as_the_penalty_falls():
    right = [(fit(c).applied(FEATURES, ANCHOR).argmax(1) == GOLD).mean() for c in (1e-4, 0.05, 5)]
    assert right == sorted(right)
    assert right[0] < 0.6
    assert right[2] > 0.8


def test_without_an_anchor_it_is_logistic_regression():
    from sklearn.linear_model import LogisticRegression

    nothing = np.zeros((90, 3))
    own = softmax(fit(0.5, bias=1e-6, anchor=nothing).applied(FEATURES, nothing))
    theirs = LogisticRegression(C=0.5, tol=1e-8, max_iter=500).fit(FEATURES, GOLD)
    assert own == pytest.approx(theirs.predict_proba(FEATURES), abs=5e-3)


def test_a_weight_of_two_is_the_row_twice():
    weight = np.where(np.arange(90) < 30, 2.0, 1.0)
    twice = np.concatenate([np.arange(90), np.arange(30)])
    assert fit(0.3, weight=weight).weights == pytest.approx(fit(0.3, rows=twice).weights, abs=5e-3)


def test_weightless_rows_teach_nothing():
    weight = np.where(np.arange(90) < 60, 1.0, 0.0)
    part = fit(0.3, rows=slice(60))
    assert fit(0.3, weight=weight).weights == pytest.approx(part.weights, abs=5e-3)
