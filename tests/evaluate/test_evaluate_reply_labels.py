from __future__ import annotations

import pytest
from reply_samples import DIGESTS, ROWS

from nlp.evaluate.replies.labels import score_flags, score_mentions

FOUND = [DIGESTS[row.id] for row in ROWS]


def test_units_match_where_one_name_holds_the_other():
    scores = score_mentions(ROWS, FOUND)
    assert (scores.rows, scores.skipped) == (3, 2)
    assert (scores.gold, scores.said) == (3, 3)
    # said: 交通局 is right, 县财政局 is not, 城东镇政府 is named twice but counts once
    assert scores.precision == pytest.approx(2 / 3)
    assert scores.recall == pytest.approx(2 / 3)
    assert scores.f1 == pytest.approx(2 / 3)


def test_units_without_labels():
    assert score_mentions(ROWS[2:], FOUND[2:]) is None
    assert score_mentions(ROWS[3:], FOUND[3:]) is None


def test_flags_code_by_code():
    scores = score_flags(ROWS, FOUND)
    assert (scores.rows, scores.skipped) == (3, 2)
    codes = {code.label: (code.precision, code.recall, code.support) for code in scores.codes}
    assert codes == {"no_deadline": (1.0, 1.0, 1), "vague": (0.0, 0.0, 1)}
    assert scores.micro.f1 == 0.5
    assert scores.unlabelled == {}


def test_codes_that_gold_never_has_are_only_counted():
    rows = [ROWS[0], ROWS[0]]
    scores = score_flags(rows, [DIGESTS["e"], DIGESTS["b"]])
    assert scores.codes == ()
    assert scores.unlabelled == {"class_mismatch": 1, "no_deadline": 1, "vague": 1}
    assert scores.micro.f1 == 0.0


def test_flags_without_labels():
    assert score_flags(ROWS[4:], FOUND[4:]) is None
