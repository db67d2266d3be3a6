"""What the terminal and programs get of an evaluation of digests."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO

import pytest
from reply_samples import ROWS, contender
from rich.console import Console

from nlp.evaluate.replies.lines import flag_name, summary
from nlp.evaluate.replies.run import evaluate_replies
from nlp.evaluate.replies.tables import as_tables, compared, to_json


@pytest.fixture(scope="module")
def result():
    return evaluate_replies([contender()], ROWS, 120)


def test_every_number_is_explained(result):
    lines = summary(result, result.models[0])
    values = {line.name: line.value for line in lines}
    assert values["评测件数"] == "5"
    assert values["要点保全率"] == "50.0%"
    assert values["超长的摘要"] == "20.0%"
    assert values["办理结果准确率"] == "50.0%"
    assert values["　按类别字母"] == "100.0%"
    assert values["单位准确率"] == "66.7%"
    assert values["　没有时限（no_deadline）"] == "1.000"
    assert all(line.meaning for line in lines)
    (invented,) = (line for line in lines if line.name == "　原文里没有的")
    assert "b：4公里" in invented.meaning
    assert "1 件没有摘出来" in lines[0].meaning


def test_unlabelled_parts_are_left_out():
    rows = [replace(row, facts=None, summary=None, units=None, flags=None) for row in ROWS]
    result = evaluate_replies([contender()], rows, 120)
    names = {line.name for line in summary(result, result.models[0])}
    assert "办理结果准确率" in names
    assert not names & {"要点保全率", "ROUGE-L", "单位 F1", "警示 F1"}
    assert result.reference is None


def test_the_comparison_names_models_only_where_there_are_several(result):
    assert [row[0] for row in compared(result)] == [
        "本模型",
        "开头截取",
        "去套话后的开头",
        "TextRank",
        "LexRank",
        "人写的参考摘要",
    ]
    two = evaluate_replies([contender("甲@1"), contender("乙@2")], ROWS, 120)
    assert [row[0] for row in compared(two)][:2] == ["甲@1", "乙@2"]
    assert len(list(as_tables(two))) == 3


@pytest.mark.parametrize("width", [80, 200])
def test_tables_print_whole(result, width):
    console = Console(width=width, record=True, file=StringIO())
    for table in as_tables(result):
        console.print(table)
    text = console.export_text()
    assert "…" not in text.replace("（d…）", "")
    for line in summary(result, result.models[0]):
        assert line.name.strip() in text


def test_unknown_warnings_show_their_code():
    assert flag_name("vague") == "空泛（vague）"
    assert flag_name("new_one") == "new_one"


def test_json_is_stable(result):
    content = to_json(result, gold="gold.jsonl", command="fenban evaluate …")
    assert json.loads(json.dumps(content, ensure_ascii=False, allow_nan=False)) == content
    assert list(content) == [
        "schema",
        "task",
        "gold",
        "command",
        "rows",
        "labelled",
        "max_chars",
        "reference",
        "baselines",
        "models",
    ]
    assert (content["schema"], content["task"], content["rows"]) == (1, "replies", 5)
    assert content["labelled"] == {"facts": 3, "summary": 2, "outcome": 4, "units": 3, "flags": 3}
    assert list(content["models"][0]) == [
        "model",
        "model_name",
        "rows",
        "empty",
        "fact_rows",
        "facts",
        "fact_recall",
        "rouge_rows",
        "rouge_1",
        "rouge_2",
        "rouge_l",
        "chars",
        "compression",
        "over_budget",
        "faithfulness",
        "failed",
        "margin",
        "outcome",
        "units",
        "flags",
        "replies_per_second",
    ]
    model = content["models"][0]
    assert (model["model"], model["model_name"]) == ("models/replies", "replies@0")
    assert model["fact_recall"] == {"value": 0.5, "low": 0.0, "high": 1.0}
    assert model["failed"] == ["d"]
    assert model["outcome"]["confusion"]["solved"]["solved"] == 1
    assert list(model["margin"]) == ["baseline", "title", "fact_recall", "rouge_l"]
    assert content["baselines"][0]["name"] == "lead"
    assert content["reference"]["fact_recall"]["value"] == 0.75


def test_json_keeps_absent_parts_as_null():
    rows = [replace(ROWS[0], facts=None, summary=None, units=None, flags=None)]
    content = to_json(evaluate_replies([contender()], rows, 120), gold="g", command="c")
    assert content["reference"] is None
    model = content["models"][0]
    absent = ("fact_recall", "rouge_1", "rouge_l", "units", "flags")
    assert [model[key] for key in absent] == [None] * 5
