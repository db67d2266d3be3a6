from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.evaluate.replies.rouge import Rouge, rouge, squeeze

TEXTS = st.text(alphabet="修路灯县局，。2a \n", max_size=40)


def test_by_hand():
    found = rouge("修建道路", "修建水路")
    assert (found.one, found.two, found.lcs) == (0.75, pytest.approx(1 / 3), 0.75)


def test_order_matters_to_the_longest_sequence_only():
    found = rouge("甲乙丙", "丙乙甲")
    assert (found.one, found.two) == (1.0, 0.0)
    assert found.lcs == pytest.approx(1 / 3)


def test_repeated_characters_count_as_often_as_both_have_them():
    assert rouge("好好", "好").one == pytest.approx(2 / 3)


@settings(deadline=None)
@given(TEXTS)
def test_identical_texts_score_one(text):
    assert rouge(text, f" {text}\n") == Rouge(1.0, 1.0, 1.0)


@settings(deadline=None)
@given(TEXTS)
def test_nothing_is_like_no_text(text):
    if squeeze(text):
        assert rouge(text, " ") == rouge("", text) == Rouge(0.0, 0.0, 0.0)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_symmetric_and_bounded(one, other):
    found = rouge(one, other)
    assert found == rouge(other, one)
    assert all(0 <= value <= 1 for value in (found.one, found.two, found.lcs))


class Characters:
    """The tokenizer that the reference package lacks."""

    def tokenize(self, text):
        return list(squeeze(text))


@pytest.fixture(scope="module")
def reference():
    scorers = pytest.importorskip("rouge_score.rouge_scorer", reason="rouge-score 没有安装")
    return scorers.RougeScorer(["rouge1", "rouge2", "rougeL"], tokenizer=Characters())


@settings(deadline=None)
@given(one=TEXTS, other=TEXTS)
def test_agrees_with_the_reference_package(reference, one, other):
    """The same tokens give the same F1, except where both lack n-grams: it says 0 there."""
    if squeeze(one) == squeeze(other) and len(squeeze(one)) < 2:
        return
    theirs, ours = reference.score(one, other), rouge(one, other)
    expected = [theirs[name].fmeasure for name in ("rouge1", "rouge2", "rougeL")]
    assert [ours.one, ours.two, ours.lcs] == pytest.approx(expected)
