"""`fenban evaluate --task replies` and `--out`, with a digester whose answers are written down."""

from __future__ import annotations

import json
import sys
from types import ModuleType

import pytest

from nlp.shipped import shipped
from nlp.summarize.digest import Digest
from nlp.types import Outcome

SHIPPED = shipped("models") / "replies"
ROWS = [
    {
        "id": "1",
        "proposal_title": "关于增设路灯的提案<script>",
        "reply": "您的提案收悉，现答复如下：县住建局已在青石路安装路灯46盏，投入资金23万元。",
        "outcome": "solved",
        "summary": "已在青石路安装路灯46盏，投入资金23万元。",
        "key_spans": ["已在青石路安装路灯46盏"],
        "facts": [
            {"text": "路灯", "must_match": ["46盏"]},
            {"text": "钱", "must_match": ["23万元"]},
        ],
        "units": ["县住建局"],
        "flags": [],
    },
    {"id": "2", "title": "咨询落户", "reply": "凭身份证到派出所办理，3个工作日办结。"},
]
TABLE = "案由,类别\n关于增建公办幼儿园的建议,民生福祉\n关于青石河清淤的建议,生态环境\n"


class Digester:
    name = "replies@toy"

    def summarize(self, replies, options):
        self.options = options
        for reply in replies:
            text = reply.text[: options.max_chars]
            yield Digest(reply.id, summary=text, outcome=Outcome.SOLVED, outcome_probability=0.8)


@pytest.fixture
def opened(monkeypatch):
    """Return the folders that were opened; every model is the toy."""
    folders = []

    def load_digester(folder):
        folders.append(folder)
        return Digester()

    files = ModuleType("nlp.summarize.files")
    files.load_digester = load_digester
    monkeypatch.setitem(sys.modules, "nlp.summarize.files", files)
    return folders


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "答复.jsonl"
    lines = (json.dumps(row, ensure_ascii=False) for row in ROWS)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_tables_numbers_and_report(fenban, opened, gold, tmp_path):
    numbers, report = tmp_path / "新" / "数.json", tmp_path / "报" / "报告.html"
    asked = ("evaluate", gold, "--task", "replies", "--json", numbers, "--out", report)
    ran = fenban(*asked, "--max-chars", 60)
    assert ran.code == 0, ran
    for word in ("要点保全率", "TextRank", "办理结果准确率", "速度"):
        assert word in ran.out
    assert ran.err.splitlines() == [
        f"数字已写到 {numbers}。",
        f"报告已写到 {report}，用浏览器打开，可以打印。",
    ]
    found = json.loads(numbers.read_text("utf-8"))
    assert (found["rows"], found["max_chars"], len(found["baselines"])) == (2, 60, 4)
    assert found["models"][0]["model_name"] == "replies@toy"
    assert found["command"].startswith("fenban evaluate ")
    page = report.read_text("utf-8")
    assert "关于增设路灯的提案&lt;script&gt;" in page
    assert "replies@toy" in page
    assert [folder.name for folder in opened] == ["replies"]


def test_several_models(fenban, opened, gold, tmp_path):
    numbers = tmp_path / "数.json"
    two = ("--model", tmp_path / "甲", "--model", tmp_path / "乙")
    ran = fenban("evaluate", gold, "--task", "replies", *two, "--quiet", "--json", numbers)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert [folder.name for folder in opened] == ["甲", "乙"]
    assert len(json.loads(numbers.read_text("utf-8"))["models"]) == 2


def test_bad_rows_are_named_with_their_lines(fenban, opened, gold):
    gold.write_text(
        '{"reply": "好"}\n{"reply": ""}\n{"reply": "好", "outcome": "done"}\n半行', "utf-8"
    )
    said = fenban("evaluate", gold, "--task", "replies").refused()
    for word in ("第2行", "第3行", "第4行"):
        assert word in said


def test_rows_without_labels(fenban, opened, gold):
    gold.write_text(json.dumps({"reply": "好"}), "utf-8")
    assert "没有一件有标注" in fenban("evaluate", gold, "--task", "replies").refused()


@pytest.mark.parametrize("task", ["all", "replies"])
@pytest.mark.parametrize("option", ["--json", "--out"])
def test_outputs_are_checked_before_any_work(fenban, opened, gold, tmp_path, task, option):
    before = gold.read_bytes()
    asked = ("evaluate", gold, "--task", task, option)
    assert "输入文件" in fenban(*asked, gold).refused(2)
    assert "是文件夹" in fenban(*asked, tmp_path).refused(2)
    both = fenban("evaluate", gold, "--json", tmp_path / "a", "--out", tmp_path / "a")
    assert "两个文件名" in both.refused(2)
    assert gold.read_bytes() == before
    assert opened == []


@pytest.mark.parametrize("chars", [0, 29, 1001])
def test_impossible_lengths(fenban, opened, gold, chars):
    ran = fenban("evaluate", gold, "--task", "replies", "--max-chars", chars)
    assert "30 到 1000" in ran.refused(2)


def test_lengths_are_for_digests_only(fenban, gold):
    assert "--task replies" in fenban("evaluate", gold, "--max-chars", 60).refused(2)


@pytest.mark.skipif(not SHIPPED.is_dir(), reason="models/replies 还没有训练")
def test_the_shipped_model(fenban, gold, tmp_path):
    """The real digester fits: extractive digests invent nothing and keep to the length."""
    numbers = tmp_path / "数.json"
    ran = fenban("evaluate", gold, "--task", "replies", "--quiet", "--json", numbers)
    assert ran.code == 0, ran
    (model,) = json.loads(numbers.read_text("utf-8"))["models"]
    assert (model["failed"], model["over_budget"]) == ([], 0.0)
    assert model["faithfulness"]["violations"] == []


def test_a_table_is_no_gold_of_replies(fenban, opened, tmp_path):
    table = tmp_path / "答复.csv"
    table.write_text("编号,答复\n1,已办结\n", "utf-8")
    said = fenban("evaluate", table, "--task", "replies").refused()
    assert "不是 JSONL" in said
    assert "fenban summarize" in said
