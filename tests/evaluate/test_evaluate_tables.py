from __future__ import annotations

import json
from io import StringIO

import pytest
from rich.console import Console

from nlp.corpus.rows import Row
from nlp.evaluate.run import EvaluationOptions, evaluate
from nlp.evaluate.tables import as_table, summary, to_json


@pytest.fixture
def result(toy):
    return evaluate(toy.router, toy.rows, EvaluationOptions(toy.directory)).evaluation


def test_summary_names_the_headline_numbers(result):
    values = {line.name: line.value for line in summary(result)}
    assert values["评测件数"] == "5"
    assert values["主题准确率"] == "50.0%"
    assert values["　无争议的件"] == "66.7%"
    assert (values["主办前 1 命中"], values["主办前 3 命中"]) == ("50.0%", "75.0%")
    assert (values["会办准确率"], values["会办 F1"]) == ("33.3%", "0.333")
    assert (values["可自动分办"], values["自动分办准确率"]) == ("50.0%", "50.0%")
    assert values["主题校准误差"] == "0.432"
    assert values["模型没有的主办职能"] == "1"
    assert all(line.meaning for line in summary(result))


def test_missing_parts_are_left_out(toy):
    result = evaluate(
        toy.topics_only, toy.rows[:1], EvaluationOptions(toy.directory, 0.999)
    ).evaluation
    values = {line.name: line.value for line in summary(result)}
    assert not any(name.startswith(("主办", "会办")) for name in values)
    assert "　有争议的件" not in values
    assert values["自动分办准确率"] == "—"


def test_blank_rows_are_mentioned(toy):
    rows = [*toy.rows, Row("blank", " ")]
    first = summary(evaluate(toy.router, rows, EvaluationOptions(toy.directory)).evaluation)[0]
    assert "1 件没有可读的文字" in first.meaning


def test_the_table_prints_every_line(result):
    console = Console(width=160, record=True, file=StringIO())
    console.print(as_table(result))
    text = console.export_text()
    assert "toy@0" in text
    assert all(line.name.strip() in text for line in summary(result))


def test_json_is_stable(result):
    content = to_json(result, model="models/toy", gold="gold.jsonl", command="fenban evaluate …")
    assert list(content) == [
        "schema",
        "model",
        "model_name",
        "gold",
        "command",
        "place",
        "rows",
        "empty",
        "topics",
        "lead",
        "co",
        "decision",
        "intervals",
    ]
    assert json.loads(json.dumps(content, ensure_ascii=False, allow_nan=False)) == content
    assert (content["schema"], content["model"], content["model_name"]) == (
        1,
        "models/toy",
        "toy@0",
    )
    assert content["lead"]["unknown_labels"] == {"court": 1}
    assert content["lead"]["functions"][0] == {
        "function": "court",
        "recall1": 0.0,
        "recall3": 0.0,
        "support": 1,
    }
    assert content["topics"]["micro_f1"] == 0.8333
    assert list(content["decision"]) == [
        "rows",
        "skipped",
        "requested",
        "threshold",
        "auto",
        "review",
        "abstain",
        "auto_rows",
        "precision",
        "aurc",
    ]


def test_json_keeps_absent_parts_as_null(toy):
    result = evaluate(toy.topics_only, toy.rows, EvaluationOptions(toy.directory)).evaluation
    content = to_json(result, model="m", gold="g", command="c")
    assert content["lead"] is None
    assert content["co"] is None
