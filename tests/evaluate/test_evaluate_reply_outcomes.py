from __future__ import annotations

import pytest
from reply_samples import DIGESTS, ROWS

from nlp.evaluate.replies.outcomes import BasisScore, score_outcomes

FOUND = [DIGESTS[row.id] for row in ROWS]


def test_by_hand():
    scores = score_outcomes(ROWS, FOUND)
    assert (scores.rows, scores.skipped) == (4, 1)
    assert (scores.accuracy, scores.majority) == (0.5, 0.5)
    # solved 1, planned 2/3 (one of two found), explained 0; limited is not in gold
    assert scores.macro_f1 == pytest.approx((1 + 2 / 3 + 0) / 3)
    assert scores.confusion["planned"] == {
        "solved": 0,
        "planned": 1,
        "limited": 0,
        "explained": 0,
        "none": 1,
    }
    assert scores.confusion["explained"]["limited"] == 1
    assert scores.by_basis[0] == BasisScore("none", 2, 0.0)
    assert {b.kind: b.accuracy for b in scores.by_basis[1:]} == {"letter": 1.0, "model": 1.0}
    # confidences 0.9, 0.7 (right), 0.6, 0.0 (wrong), each in a bin of its own
    assert scores.ece == pytest.approx((0.1 + 0.3 + 0.6 + 0.0) / 4)


def test_labels_are_of_gold():
    labels = {label.label: label for label in score_outcomes(ROWS, FOUND).labels}
    assert labels["planned"].recall == 0.5
    assert labels["planned"].precision == 1.0
    assert labels["limited"].support == 0


def test_no_labels():
    assert score_outcomes(ROWS[4:], FOUND[4:]) is None
    with pytest.raises(ValueError):
        score_outcomes(ROWS, FOUND[1:])
