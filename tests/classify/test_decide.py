"""Decisions: a bound on past precision, and a gate for texts that are no proposals."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from nlp.classify.decide import (
    NEVER,
    CurvePoint,
    Detector,
    decide,
    risk_curve,
    threshold_for,
)
from nlp.classify.features import Text
from nlp.heads.linear import LinearHead
from nlp.types import Decision

ROWS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=150)


def curve_of(rows, points=60):
    confidence = np.array([c for c, _ in rows], np.float64)
    return risk_curve(confidence, np.array([ok for _, ok in rows], bool), points)


def test_wilson_bound_by_hand():
    z2 = 1.96**2  # one-sided, 97.5 %
    assert CurvePoint(0.9, 10, 10).lower_bound == pytest.approx(10 / (10 + z2), abs=1e-4)
    assert CurvePoint(0.9, 10, 0).lower_bound == pytest.approx(0.0, abs=1e-12)
    centre, spread = 0.9 + z2 / 200, (z2 * (0.0009 + z2 / 40_000)) ** 0.5
    expected = (centre - spread) / (1 + z2 / 100)
    assert CurvePoint(0.9, 100, 90).lower_bound == pytest.approx(expected, abs=1e-4)


def test_bound_rises_with_rows_and_stays_below_the_share():
    bounds = [CurvePoint(0.9, n, n * 9 // 10).lower_bound for n in (10, 100, 1000, 100_000)]
    assert bounds == sorted(bounds)
    assert bounds[-1] == pytest.approx(0.9, abs=0.002)
    assert bounds[-1] < 0.9


def test_curve_counts_from_sure_to_unsure():
    rows = [(0.5, False), (0.9, True), (0.7, True), (0.8, False)]
    assert curve_of(rows) == (
        CurvePoint(0.9, 1, 1),
        CurvePoint(0.8, 2, 1),
        CurvePoint(0.7, 3, 2),
        CurvePoint(0.5, 4, 2),
    )
    assert [p.rows for p in curve_of([(i / 1000, True) for i in range(1000)], 4)] == [
        250,
        500,
        750,
        1000,
    ]


def test_nothing_held_out_gives_no_curve_and_no_auto():
    assert curve_of([]) == ()
    assert threshold_for((), 0.5) == NEVER
    assert decide(1.0, NEVER, known=True) is Decision.REVIEW


def test_threshold_is_the_lowest_confidence_that_keeps_the_precision():
    points = ((0.95, 1000, 1000), (0.8, 2000, 1960), (0.6, 3000, 2400))
    curve = [CurvePoint(*point) for point in points]
    assert threshold_for(curve, 0.98) == 0.95
    assert threshold_for(curve, 0.95) == 0.8
    assert threshold_for(curve, 0.7) == 0.6
    assert threshold_for(curve, 0.999) == NEVER


@settings(max_examples=100, deadline=None)
@given(ROWS, st.lists(st.floats(0.5, 0.999), min_size=2, max_size=6))
def test_more_precision_never_lowers_the_threshold(rows, precisions):
    thresholds = [threshold_for(curve_of(rows), p) for p in sorted(precisions)]
    assert thresholds == sorted(thresholds)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=150), st.floats(0.5, 0.99))
def test_rows_above_the_threshold_were_right_often_enough(correct, precision):
    rows = [(1 - i / 1000, ok) for i, ok in enumerate(correct)]
    threshold = threshold_for(curve_of(rows), precision)
    kept = [ok for confidence, ok in rows if confidence >= threshold]
    assert not kept or sum(kept) / len(kept) >= precision


def test_equal_confidences_are_counted_together():
    rows = [(0.9, True)] * 100 + [(0.9, False)] * 100
    assert curve_of(rows) == (CurvePoint(0.9, 200, 100),)
    assert threshold_for(curve_of(rows), 0.9) == NEVER


def test_decide():
    assert decide(0.8, 0.8, known=True) is Decision.AUTO
    assert decide(0.79, 0.8, known=True) is Decision.REVIEW
    assert decide(1.0, 0.0, known=False) is Decision.ABSTAIN


@pytest.fixture
def toy():
    head = LinearHead(("proposal",), np.array([[1.0]], np.float32), np.zeros(1, np.float32))
    return Detector(head, 0.6, 0.5, frozenset("修路建桥"))


def test_both_the_chance_and_the_characters_must_speak_for_a_proposal(toy):
    texts = [Text("修路"), Text("修路"), Text("fix the road 修"), Text("修路", "road")]
    matrix = csr_array(np.array([[2.0], [-2.0], [2.0], [2.0]], np.float32))
    assert toy.known(matrix, texts).tolist() == [True, False, False, False]


def test_known_share_ignores_white_space_only(toy):
    texts = ["修 路\n建\u3000桥", "修路，。", " \n", "", "\ud800修路", "桥" * 3000 + "，"]
    assert toy.known_shares(texts).tolist() == [1.0, 0.5, 0.0, 0.0, pytest.approx(2 / 3), 1.0]
    assert toy.known_shares([]).tolist() == []


@given(st.lists(st.text("修路，\u2003 \n桥a"), max_size=5))
def test_known_shares_are_of_each_text_alone(texts):
    head = LinearHead(("proposal",), np.zeros((1, 1), np.float32), np.zeros(1, np.float32))
    detector = Detector(head, 0.6, 0.5, frozenset("修路桥"))
    written = ["".join(text.split()) for text in texts]
    shares = [sum(c in "修路桥" for c in w) / len(w) if w else 0.0 for w in written]
    assert detector.known_shares(texts).tolist() == shares


@pytest.mark.parametrize(
    "text",
    [
        "Storm delays ferries along the northern coast for a second day",
        "for i in range(10):\n    print(i ** 2)",
        "SELECT name, price FROM fruit WHERE price > 3;",
        "1234567890 !!! ???",
        "https://example.org/a?b=c",
        "Les enfants jouent dans le jardin",
    ],
)
def test_other_texts_are_left_to_the_office(text, small_router):
    (result,) = small_router.classify([text])
    assert result.decision is Decision.ABSTAIN
    assert result.evidence == ()
    assert result.error is None
    assert result.topics


def test_proposals_pass_the_detector(small_router):
    titles = ["关于新建乡镇公交站的建议", "水库大坝渗漏要修", "关于改善农村小学教师待遇的提案"]
    sure = replace(small_router, curve=())
    assert [s.decision for s in sure.classify(titles)] == [Decision.REVIEW] * 3


def test_without_detector_every_text_is_known(small_router):
    bare = replace(small_router, detector=None)
    assert next(bare.classify(["zzz"])).decision is not Decision.ABSTAIN
