"""Figures of reports: shares of sums over reports, with intervals over reports."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score, precision_score, recall_score

from nlp.evaluate.bulletins import FIELDS, BulletinScores, summary, to_json


@dataclass
class Count:
    right: int
    missed: int
    extra: int
    wrong: list[str] = field(default_factory=list)


COUNTS = st.builds(Count, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))


@given(st.lists(COUNTS, min_size=1, max_size=6))
def test_figures_are_those_of_the_field_s_library(counts):
    scores = BulletinScores("m", "m", [{"units": each} for each in counts])
    right, missed, extra = (sum(getattr(each, p) for each in counts) for p in scores.total("units"))
    gold = [1] * (right + missed) + [0] * extra
    read = [1] * right + [0] * missed + [1] * extra
    figures = scores.figures()
    for name, measure in (("precision", precision_score), ("recall", recall_score)):
        if f"units.{name}" in figures:
            expected = measure(gold, read, zero_division=0)
            assert figures[f"units.{name}"].value == pytest.approx(expected)
    if right + missed + extra:
        assert figures["units.f1"].value == pytest.approx(f1_score(gold, read, zero_division=0))
    else:
        assert figures == {}


def test_fields_that_no_report_has_are_left_out_of_the_table_and_null_in_json():
    scores = BulletinScores("m@1", "default", [{"kind": Count(1, 0, 0)}, {}])
    assert [line.name for line in summary(scores)] == ["报告", "提案还是建议（F1）"]
    (model,) = to_json([scores], gold="g", command="c", unread=())["models"]
    assert set(model["fields"]) == set(FIELDS)
    assert model["fields"]["units"]["f1"] is None
    assert model["fields"]["kind"]["f1_interval"] == [1.0, 1.0]
