"""Doubts: planted errors are found, with and without a head on the gold; contradictions always."""

from __future__ import annotations

import numpy as np
import pytest
from error_samples import LABELS, answers
from scipy.sparse import csr_array

from nlp.corpus.rows import Row
from nlp.evaluate.errors.doubts import cross_fitted, doubts


def features(labels, seed=0, noise=0.3):
    """Return rows that lie near the corner of their label, of unit length."""
    random = np.random.default_rng(seed)
    table = np.eye(4)[np.asarray(labels)] + noise * random.normal(size=(len(labels), 4))
    return csr_array((table / np.linalg.norm(table, axis=1, keepdims=True)).astype(np.float32))


def planted(count=240, wrong=12):
    """Return true labels, and gold with some of them changed; both are column numbers."""
    random = np.random.default_rng(1)
    true = random.integers(0, 3, count)
    changed = random.permutation(count)[:wrong]
    gold = true.copy()
    gold[changed] = (true[changed] + 1) % 3
    return true, gold, set(changed.tolist())


def test_planted_errors_are_found():
    true, gold, changed = planted()
    found = doubts(answers(gold, true), features(true), range(240))
    assert (found.rows, found.unjudged, found.fitted) == (240, 0, True)
    suspects = [int(doubt.id) for doubt in found.doubts]
    assert set(suspects[:10]) <= changed
    assert len(set(suspects) & changed) >= 11
    assert len(suspects) <= 18
    first = suspects[0]
    names = ("水利", "道路", "schools")
    assert found.doubts[0].given == names[gold[first]]
    assert found.doubts[0].suggested == names[true[first]]


def test_an_office_that_labels_otherwise_is_not_doubted():
    """The model calls half of the roads water; the gold is of one mind, which the head learns."""
    true, _, _ = planted()
    half = np.where((true == 1) & (np.arange(240) % 2 == 0), 0, true)
    given = answers(true, half, sure=[0.6] * 240)
    with_head = doubts(given, features(true, noise=0.05), range(240))
    without = doubts(given, csr_array((240, 4), dtype=np.float32), range(240))
    assert len(with_head.doubts) < len(without.doubts) / 2


@pytest.mark.parametrize(
    ("gold", "fitted"),
    [
        ([0, 1] * 29 + [0], False),  # 59 rows
        ([0, 1] * 30, True),
        ([0] * 56 + [1] * 4, False),  # one label with five rows
        ([0] * 60, False),
    ],
)
def test_a_head_needs_enough_rows(gold, fitted):
    given = answers(gold, gold)
    assert doubts(given, features(gold), range(len(gold))).fitted is fitted


def test_near_duplicates_are_never_in_two_folds():
    """Every text is there twice, labelled at random: only its own copy could tell its label."""
    random = np.random.default_rng(3)
    gold = np.repeat(random.integers(0, 2, 60), 2)
    matrix = csr_array(np.repeat(np.eye(60, dtype=np.float32), 2, axis=0))
    together = cross_fitted(matrix, gold, np.repeat(np.arange(60), 2), 2)
    apart = cross_fitted(matrix, gold, np.arange(120), 2)
    rows = np.arange(120)
    assert together[rows, gold].mean() < 0.55
    assert apart[rows, gold].mean() > 0.7
    assert np.allclose(together.sum(axis=1), 1.0)


def test_a_fold_that_would_leave_one_label_means_no_head():
    gold = np.array([0] * 60 + [1] * 60)
    assert cross_fitted(features(gold), gold, gold, 2) is None


def test_labels_that_the_model_lacks_are_not_doubted_for_that():
    gold, said = [2, 2, 2, 0, 0, 1, 1], [0, 1, 0, 0, 0, 1, 1]
    given = answers(gold, said)
    given.chances[:, 2] = 0.0
    found = doubts(given, features(gold), range(7))
    assert (found.rows, found.unjudged, found.doubts) == (4, 3, ())


def test_the_head_alone_speaks_for_labels_that_the_model_lacks():
    true = [2] * 30 + [0] * 30 + [1] * 30
    said = [0] * 60 + [1] * 30
    given = answers(true, said, sure=[0.95] * 90)
    given.chances[:, 2] = 0.0
    found = doubts(given, features(true, noise=0.05), range(90))
    assert (found.rows, found.unjudged, found.fitted) == (90, 0, True)
    assert found.doubts == ()


@pytest.mark.parametrize("count", [3, 90])
def test_contradictions_are_found_with_few_rows_and_many(count):
    gold = ([0, 1, 2] * 30)[:count]
    rows = [Row(str(i), f"第{i}件") for i in range(count)]
    groups = [0, 0, *range(2, count)]
    found = doubts(answers(gold, gold, rows=rows), features(gold), groups)
    assert [one.rows for one in found.contradictions] == [
        (("0", "第0件", "水利"), ("1", "第1件", "道路"))
    ]


def test_unlabelled_rows_are_not_looked_at():
    found = doubts(answers([-1, 0, -1, 1], [0, 0, 1, 1]), features([0, 0, 1, 1]), [0, 1, 0, 3])
    assert (found.rows, found.doubts, found.contradictions) == (2, (), ())


def test_everything_wrong_and_one_class():
    found = doubts(answers([0] * 3, [1] * 3), features([0] * 3), range(3))
    assert found.rows == 3
    assert all(doubt.suggested in LABELS or doubt.suggested == "道路" for doubt in found.doubts)
