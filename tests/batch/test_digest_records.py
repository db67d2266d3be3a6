"""Digests as JSON of the contract, as words, and counted."""

from __future__ import annotations

from digest_samples import LATE, MIXED, digest

from nlp.batch.digest_tally import DigestTally
from nlp.batch.digests import (
    basis_text,
    figures_text,
    needs_check,
    outcome_name,
    sureness,
    to_digest_record,
    warnings,
)
from nlp.types import Outcome

FIELDS = [
    "id", "title", "summary", "spans", "outcome", "outcome_probability", "basis", "figures",
    "units", "unit_spans", "measures", "flags", "method", "note", "model", "error",
]  # fmt: skip


def test_fields_come_in_the_order_of_the_contract():
    for item in MIXED:
        record = to_digest_record(item)
        assert list(record) == FIELDS
        for figure in record["figures"]:
            assert list(figure) == [
                "text", "kind", "value", "upper", "unit", "date", "deadline", "start", "end",
            ]  # fmt: skip


def test_values():
    record = to_digest_record(MIXED[1])
    assert (record["outcome"], record["outcome_probability"]) == ("planned", 0.95)
    assert record["spans"] == [{"start": 2, "end": 15}, {"start": 27, "end": 43}]
    assert record["basis"] == {"kind": "phrase", "text": "已修复"}
    assert record["figures"][1] == {
        "text": "12.5万元", "kind": "money", "value": 125000.0, "upper": None, "unit": "元",
        "date": "", "deadline": False, "start": 18, "end": 24,
    }  # fmt: skip
    assert record["units"] == ["县住建局", "城关镇"]
    assert [unit["unit"] for unit in record["unit_spans"]] == ["县住建局", "城关镇", "县住建局"]
    assert record["unit_spans"][1] == {
        "unit": "城关镇", "functions": ["township"], "start": 38, "end": 41
    }  # fmt: skip
    assert record["measures"][1] == {"start": 25, "end": 45, "time": "next"}
    assert record["flags"][0] == {"code": LATE.code, "message": LATE.message}
    assert (record["method"], record["note"], record["error"]) == ("extractive", "", None)


def test_a_failed_record_claims_nothing():
    record = to_digest_record(MIXED[2])
    assert (record["outcome"], record["basis"], record["summary"]) == (None, None, "")
    assert record["error"] == "答复是空的。"
    assert record["title"] == "关于修桥的建议"


def test_words_for_staff():
    assert [outcome_name(item) for item in MIXED[:3]] == [
        "已解决或基本解决",
        "列入计划逐步解决",
        "出错",
    ]
    assert (outcome_name(MIXED[5]), sureness(MIXED[5]), basis_text(MIXED[5])) == (
        "判断不了",
        "",
        "",
    )
    assert [basis_text(MIXED[n]) for n in (0, 3, 4)] == [
        "答复写明“已修复”",
        "模型按“请您理解”判断",
        "答复标明“A”类",
    ]
    assert figures_text(MIXED[0]) == "36盏、12.5万元、2025年9月18日前（时限）"
    assert warnings(MIXED[1]) == "只说“尽快”，没有时限；通篇没有数字"
    assert warnings(MIXED[2]) == "答复是空的。"
    assert warnings(MIXED[5]) == "模型没有写出内容，摘要用原文"
    assert warnings(MIXED[0]) == ""


def test_what_needs_a_look():
    assert [needs_check(item) for item in MIXED] == [False, True, False, True, True, True]
    assert not needs_check(digest(1, 0.6, Outcome.LIMITED))
    assert needs_check(digest(1, 0.59, Outcome.LIMITED))


def test_closing_line_and_exit_code():
    tally = DigestTally()
    assert list(tally.watch(MIXED)) == MIXED
    assert tally.exit_code == 3
    assert tally.closing_line() == (
        "共 6 件，完成 5 件，出错 1 件，已解决或基本解决 2 件，列入计划逐步解决 1 件，"
        "解释说明或留作参考 1 件，判断不了 1 件，有提示 2 件。"
    )
    assert tally.to_check == 4
    assert tally.flags == {"deadline_unclear": 2, "no_figures": 1}
    assert tally.messages["deadline_unclear"] == LATE.message


def test_a_clean_run_and_an_empty_one():
    tally = DigestTally()
    list(tally.watch(MIXED[:1]))
    assert tally.exit_code == 0
    assert tally.closing_line() == "共 1 件，完成 1 件，已解决或基本解决 1 件，有提示 0 件。"
    assert DigestTally().closing_line() == "共 0 件，完成 0 件，有提示 0 件。"
