"""Soft heads: a student of chances finds its linear teacher again."""

import numpy as np
import pytest
from scipy.sparse import csr_array, random_array

from nlp.heads.calibrate import sigmoid, softmax
from nlp.heads.linear import LinearHead
from nlp.heads.soft import fit_soft_multi, fit_soft_single

CLASSES = ("a", "b", "c")
TEXTS, FEATURES = 400, 12
FITS = pytest.mark.parametrize(
    ("fit", "chances"), [(fit_soft_single, softmax), (fit_soft_multi, sigmoid)], ids=["one", "any"]
)


@pytest.fixture(scope="module")
def matrix():
    made = random_array((TEXTS, FEATURES), density=0.3, rng=np.random.default_rng(0))
    return csr_array(made, dtype=np.float32)


@pytest.fixture(scope="module")
def teacher():
    random = np.random.default_rng(1)
    weights = random.normal(0, 2, (FEATURES, 3)).astype(np.float32)
    return LinearHead(CLASSES, weights, np.array([0.5, -0.5, 0.0], np.float32))


def ones(count=TEXTS):
    return np.ones(count)


@FITS
def test_a_linear_teacher_is_found_again(matrix, teacher, fit, chances):
    answers = chances(teacher.decision(matrix))
    student = fit(matrix, answers, CLASSES, ones(), inverse_penalty=1e4)
    assert chances(student.decision(matrix)) == pytest.approx(answers, abs=0.01)


@FITS
def test_texts_that_the_student_never_saw_are_answered_alike(matrix, teacher, fit, chances):
    answers = chances(teacher.decision(matrix))
    student = fit(matrix[:300], answers[:300], CLASSES, ones(300), inverse_penalty=1e4)
    assert chances(student.decision(matrix[300:])) == pytest.approx(answers[300:], abs=0.02)


def test_any_labels_share_the_teachers_weights(matrix, teacher):
    answers = sigmoid(teacher.decision(matrix))
    student = fit_soft_multi(matrix, answers, CLASSES, ones(), inverse_penalty=1e5)
    assert student.weights == pytest.approx(teacher.weights, abs=0.1)
    assert student.bias == pytest.approx(teacher.bias, abs=0.1)


@FITS
def test_chances_are_right_on_average(matrix, fit, chances):
    """The bias is not penalised: at the one optimum each label's mean chance is its target's."""
    answers = np.random.default_rng(2).dirichlet([1, 2, 5], TEXTS)
    weight = np.random.default_rng(3).uniform(0.1, 2, TEXTS)
    student = fit(matrix, answers, CLASSES, weight, inverse_penalty=1.0)
    found = chances(student.decision(matrix))
    assert weight @ found == pytest.approx(weight @ answers, rel=0.01)


def test_where_chances_sum_to_one_the_labels_weights_balance(matrix, teacher):
    answers = softmax(teacher.decision(matrix))
    student = fit_soft_single(matrix, answers, CLASSES, ones(), inverse_penalty=10.0)
    assert student.weights.sum(axis=1) == pytest.approx(0, abs=1e-3)


@FITS
def test_labels_are_chances_too(matrix, teacher, fit, chances):
    first = teacher.decision(matrix).argmax(axis=1)
    student = fit(matrix, np.eye(3)[first], CLASSES, ones(), inverse_penalty=100.0)
    assert (student.decision(matrix).argmax(axis=1) == first).mean() > 0.95


@FITS
def test_a_text_of_weight_two_counts_as_two_texts(matrix, fit, chances):
    answers = np.random.default_rng(4).dirichlet([1, 1, 1], TEXTS)
    twice = np.repeat(np.arange(TEXTS), 1 + np.arange(TEXTS) % 2)
    weighed = fit(matrix, answers, CLASSES, 1.0 + np.arange(TEXTS) % 2, inverse_penalty=5.0)
    shown = fit(matrix[twice], answers[twice], CLASSES, ones(len(twice)), inverse_penalty=5.0)
    assert weighed.decision(matrix) == pytest.approx(shown.decision(matrix), abs=0.02)


@FITS
def test_a_text_of_weight_zero_counts_nothing(matrix, teacher, fit, chances):
    answers = chances(teacher.decision(matrix))
    wrong = np.where(np.arange(TEXTS)[:, None] < 200, answers, answers[:, ::-1])
    weight = (np.arange(TEXTS) < 200).astype(float)
    student = fit(matrix, wrong, CLASSES, weight, inverse_penalty=1e4)
    assert chances(student.decision(matrix)) == pytest.approx(answers, abs=0.02)


@FITS
def test_a_stronger_penalty_makes_smaller_weights(matrix, teacher, fit, chances):
    answers = chances(teacher.decision(matrix))
    sizes = [
        np.abs(fit(matrix, answers, CLASSES, ones(), inverse_penalty=c).weights).sum()
        for c in (0.01, 1.0, 100.0)
    ]
    assert sizes[0] < sizes[1] / 2 < sizes[2] / 2


@FITS
def test_the_head_has_a_column_a_class_in_float32(matrix, fit, chances):
    answers = np.full((TEXTS, 3), 1 / 3)
    student = fit(matrix, answers, list(CLASSES), ones(), inverse_penalty=1.0)
    assert student.classes_ == CLASSES
    assert (student.weights.shape, student.bias.shape) == ((FEATURES, 3), (3,))
    assert student.weights.dtype == student.bias.dtype == np.float32


@FITS
def test_fitting_twice_gives_the_same_bytes(matrix, teacher, fit, chances):
    answers = chances(teacher.decision(matrix))
    heads = [fit(matrix, answers, CLASSES, ones(), inverse_penalty=1.0) for _ in range(2)]
    assert heads[0].weights.tobytes() == heads[1].weights.tobytes()
