"""The majority counts the other folds, by weight."""

import numpy as np
import pytest

from nlp.corpus.rows import Row
from nlp.evaluate.baselines.labels import UNKNOWN, coded, shares
from nlp.evaluate.baselines.lessons import Lessons
from nlp.evaluate.baselines.majority import majority


def lessons(example_fold, fold, weights=None):
    rows = [Row(str(i), "x", weight=w) for i, w in enumerate(weights or [1.0] * len(example_fold))]
    titles = ("x",) * len(rows)
    return Lessons(tuple(rows), titles, np.array(example_fold), ("x",) * len(fold), np.array(fold))


def test_frequencies_are_those_of_other_folds():
    codes = np.array([0, 0, 1, 2, UNKNOWN])
    chances = majority(lessons([0, 1, 1, 2, 2], [0, 1, 4]), codes, 3)
    expected = [[1 / 3, 1 / 3, 1 / 3], [1 / 2, 0, 1 / 2], [1 / 2, 1 / 4, 1 / 4]]
    assert chances == pytest.approx(np.array(expected))


def test_weights_count():
    chances = majority(lessons([0, 0, 0], [1], [0.4, 0.4, 1.0]), np.array([0, 0, 1]), 2)
    assert chances == pytest.approx(np.array([[0.8 / 1.8, 1.0 / 1.8]]))


def test_without_any_lesson_chances_are_even():
    assert majority(lessons([0, 0], [0, 0]), np.array([1, 1]), 4).tolist() == [[0.25] * 4] * 2


def test_labels_without_a_column_teach_nothing():
    assert coded(["b", None, "z", "a"], ["a", "b"]).tolist() == [1, UNKNOWN, UNKNOWN, 0]


def test_shares_of_nothing_are_even():
    found = shares(np.array([[1.0, 3.0], [0.0, 0.0]]))
    assert found.tolist() == [[0.25, 0.75], [0.5, 0.5]]
    assert shares(np.zeros((2, 0))).shape == (2, 0)
