"""Heads: what is stored is what was tuned, and every class has its column."""

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file
from scipy.sparse import csr_array
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from nlp.heads.calibrate import sigmoid
from nlp.heads.linear import (
    MACHINE_PENALTY,
    MACHINE_SHARE,
    LinearHead,
    fit_multi,
    fit_single,
    from_arrays,
)

CLASSES = ("a", "b", "c")


@pytest.fixture
def head():
    random = np.random.default_rng(3)
    weights = random.normal(size=(200, 3)).astype(np.float32) * [0.01, 1.0, 50.0]
    return LinearHead(CLASSES, weights.astype(np.float32), np.array([-1.23456, 0.0, 2.0]))


def matrix(rows):
    return csr_array(np.array(rows, np.float32))


def samples(labels, seed=0):
    """Return rows in which column i is high for the i-th distinct label."""
    names = sorted(set(labels))
    noise = np.random.default_rng(seed).random((len(labels), len(names)))
    return matrix(noise * 0.4 + [[label == name for name in names] for label in labels])


def test_what_is_loaded_is_the_quantised_head(head, tmp_path):
    save_file(head.arrays("lead."), tmp_path / "head.safetensors")
    loaded = from_arrays(CLASSES, load_file(tmp_path / "head.safetensors"), "lead.")
    quantised = head.quantised()
    assert loaded.classes_ == quantised.classes_ == CLASSES
    assert np.array_equal(loaded.weights, quantised.weights)
    assert np.array_equal(loaded.bias, quantised.bias)
    assert loaded.weights.dtype == np.float32


def test_quantisation_error_is_at_most_half_a_step(head):
    step = np.abs(head.weights).max(axis=0) / 127
    error = np.abs(head.quantised().weights - head.weights)
    assert np.all(error <= step / 2 * 1.0001)
    assert np.any(error > 0)
    assert np.abs(head.quantised().bias - head.bias).max() <= 5.1e-5
    assert head.arrays("")["weights"].dtype == np.int8
    assert np.abs(head.arrays("")["weights"]).max(axis=0).tolist() == [127, 127, 127]


def test_a_head_of_zeros_stays_zero():
    head = LinearHead(("a",), np.zeros((4, 1), np.float32), np.zeros(1, np.float32))
    assert head.quantised().weights.tolist() == [[0.0]] * 4


def test_arrays_that_do_not_fit_are_refused(head):
    arrays = head.arrays("x.")
    with pytest.raises(ValueError, match="3 columns for 2 labels"):
        from_arrays(("a", "b"), arrays, "x.")
    with pytest.raises(ValueError, match="columns for"):
        from_arrays(CLASSES, arrays | {"x.bias": arrays["x.bias"][:2]}, "x.")
    with pytest.raises(KeyError):
        from_arrays(CLASSES, arrays, "y.")


def test_decision_has_a_row_a_text_and_a_column_a_label(head):
    for count in (0, 1, 4):
        result = head.decision(csr_array(np.ones((count, 200), np.float32)))
        assert result.shape == (count, 3)
        assert result.dtype == np.float32
    sums = head.weights.sum(axis=0) + head.bias
    assert head.decision(matrix(np.ones((1, 200))))[0] == pytest.approx(sums, rel=1e-4)


@pytest.mark.parametrize("names", ["ab", "abc"])
def test_single_fit_blends_two_of_scikit_learns_models(names):
    labels = list(names) * 20
    texts = samples(labels)
    weight = np.linspace(0.2, 2.0, len(labels))
    head = fit_single(texts, labels, tuple(names), weight, inverse_penalty=5.0)
    smooth = LogisticRegression(C=5.0, max_iter=200).fit(texts, labels, sample_weight=weight)
    sharp = LinearSVC(C=5.0 / MACHINE_PENALTY, random_state=0)
    sharp.fit(texts, labels, sample_weight=weight)
    expected = smooth.decision_function(texts) + MACHINE_SHARE * sharp.decision_function(texts)
    found = head.decision(texts)
    if len(names) == 2:  # scikit-learn gives the second label's score against the first
        found = found[:, 1] - found[:, 0]
    assert found == pytest.approx(expected, abs=1e-4)


def test_columns_follow_the_order_of_the_classes_given():
    labels = ["a", "b", "c"] * 10
    texts = samples(labels)
    order = ("c", "a", "b")
    head = fit_single(texts, labels, order, np.ones(30), inverse_penalty=10.0)
    assert [order[i] for i in head.decision(texts).argmax(axis=1)] == labels


@pytest.mark.parametrize("names", ["ab", "abc"])
def test_classes_without_rows_never_win_on_nothing(names):
    labels = list(names) * 10
    classes = ("none", *names, "nil")
    texts = samples(labels)
    head = fit_single(texts, labels, classes, np.ones(len(labels)), inverse_penalty=10.0)
    assert not head.weights[:, [0, -1]].any()
    assert head.bias[0] == head.bias[-1] <= head.bias[1:-1].min() - 2.9
    empty = head.decision(csr_array((1, texts.shape[1]), dtype=np.float32))
    assert classes[int(empty.argmax())] in names
    assert {classes[i] for i in head.decision(texts).argmax(axis=1)} == set(names)


def test_multi_fit_leaves_constant_columns_alone():
    labels = ["a", "b"] * 20
    texts = samples(labels)
    targets = np.array([[1, 0, label == "b"] for label in labels], np.int8)
    head = fit_multi(texts, targets, CLASSES, np.ones(40), inverse_penalty=10.0)
    chances = sigmoid(head.decision(texts))
    assert np.all(chances[:, 0] > 0.99)
    assert np.all(chances[:, 1] < 0.01)
    assert not head.weights[:, :2].any()
    assert (chances[:, 2] > 0.5).tolist() == [label == "b" for label in labels]
    assert head.decision(texts).shape == (40, 3)
