"""The check as a whole: order, severities, and the reports of our own end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlp.bulletin.check import Severity, check, review
from nlp.bulletin.checks.remarks import CODES, severity
from nlp.bulletin.read import read_bulletin
from nlp.bulletin.types import Finding

REPORTS = Path(__file__).parents[1] / "reports"
GOLD = [json.loads(line) for line in (REPORTS / "gold.jsonl").read_text("utf-8").splitlines()]
CODES_OF = {
    "sum": ("sum_", "stated_twice"),
    "share": ("share_",),
    "overlap": ("key_counted_twice", "class_counted_twice"),
    "rate": ("rate_",),
}


def test_faults_come_in_the_order_of_the_text_without_the_hints(bulletin):
    made = bulletin(
        "共收到提案{submitted 298件}，立案{filed 251件}，立案率{shares.filed 86.2%}。"
        "其中，委员提案{by_members 240件}，集体提案{by_groups 58件}。\n"
        "办结率{rates.closed 100%}，另有6件正在办理。"
    )
    assert [each.finding.code for each in review(made)] == [
        "share_wrong",
        "sum_base_unclear",
        "rate_unfinished",
    ]
    assert [each.code for each in check(made)] == ["share_wrong", "rate_unfinished"]
    assert [each.severity for each in review(made)] == [
        Severity.ERROR,
        Severity.NOTE,
        Severity.ERROR,
    ]


def test_the_wrong_base_is_told_once(bulletin):
    """Sums and shares both show it; the sum says it all."""
    made = bulletin(
        "共收到提案{submitted 240件}，立案{filed 200件}。\n"
        "立案提案中，城建类{topics.城建 120件}，占立案总数的{shares.城建 50%}；"
        "文教类{topics.文教 90件}，占立案总数的{shares.文教 37.5%}；"
        "其他类{topics.其他 30件}，占立案总数的{shares.其他 12.5%}。"
    )
    assert [each.code for each in check(made)] == ["sum_other_base"]


def test_a_report_without_figures_has_no_faults(bulletin):
    assert review(bulletin("")) == ()
    assert review(bulletin("今年的提案办理工作取得了新成绩。")) == ()


def test_every_code_has_a_severity():
    grades = {code: severity(Finding(code, "", "", "")) for code in CODES}
    assert set(grades.values()) == {Severity.ERROR, Severity.NOTE}
    assert {code for code, grade in grades.items() if grade is Severity.NOTE} == {
        "sum_rest",
        "sum_base_unclear",
        "sum_far_off",
        "halves_off",
        "key_beside",
        "flow_rest",
    }


@pytest.mark.parametrize("row", [r for r in GOLD if r["kind"]], ids=lambda row: row["source"])
def test_planted_errors_are_found_and_nothing_else(row):
    remarks = review(read_bulletin(REPORTS / row["source"]))
    errors = [each for each in remarks if each.severity is Severity.ERROR]
    for each, planted in zip(errors, row["planted_errors"], strict=True):
        assert each.finding.code in CODES
        assert each.finding.code.startswith(CODES_OF[planted["kind"]])
        assert any(name.startswith(planted["figure"]) for name in each.figures)
        assert each.finding.sentence and each.finding.arithmetic
