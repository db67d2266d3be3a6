"""`fenban evaluate --task bulletins`: labelled reports, read and counted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

EXAM = Path(__file__).parents[1] / "bulletin" / "exam_b"


@pytest.fixture
def reports(tmp_path) -> Path:
    """Three labelled reports in a folder."""
    rows = (EXAM / "gold.jsonl").read_text("utf-8").splitlines()[:3]
    (tmp_path / "gold.jsonl").write_text("\n".join(rows), "utf-8")
    for row in rows:
        name = json.loads(row)["source"]
        shutil.copy(EXAM / name, tmp_path / name)
    return tmp_path


def test_numbers_a_table_and_a_page(fenban, reports, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    files = ("--json", out / "m.json", "--out", out / "r.html")
    ran = fenban("evaluate", reports / "gold.jsonl", "--task", "bulletins", *files)
    assert ran.code == 0
    assert "统计数字" in ran.out
    found = json.loads((out / "m.json").read_text("utf-8"))
    assert (found["schema"], found["task"], found["unread"]) == (1, "bulletins", [])
    (model,) = found["models"]
    assert model["reports"] == 3
    figures = model["fields"]["statistics"]
    assert figures["right"] > 20
    right, missed, extra = (figures[part] for part in ("right", "missed", "extra"))
    assert figures["f1"] == pytest.approx(2 * right / (2 * right + missed + extra), abs=1e-3)
    low, high = figures["f1_interval"]
    assert low <= figures["f1"] <= high
    assert "读报告的评测" in (out / "r.html").read_text("utf-8")


def test_reports_may_lie_elsewhere_and_gold_in_two_files(fenban, reports, tmp_path_factory):
    apart = tmp_path_factory.mktemp("gold")
    rows = [json.loads(line) for line in (reports / "gold.jsonl").read_text("utf-8").splitlines()]
    cases = [case | {"source": row["source"]} for row in rows for case in row.pop("cases")]
    for name, each in (("statistics", rows), ("cases", cases)):
        text = "\n".join(json.dumps(row, ensure_ascii=False) for row in each)
        (apart / f"{name}.jsonl").write_text(text, "utf-8")
    said = fenban("evaluate", apart, "--task", "bulletins").refused(1)
    assert "没有报告" in said
    ran = fenban("evaluate", apart, "--task", "bulletins", "--reports", reports)
    assert ran.code == 0
    assert "所举的件" in ran.out


def test_a_report_that_cannot_be_read_counts_as_missed(fenban, reports):
    name = json.loads((reports / "gold.jsonl").read_text("utf-8").splitlines()[0])["source"]
    (reports / name).write_text("今天天气很好。", "utf-8")
    out = reports.parent / f"{reports.name}.json"
    ran = fenban("evaluate", reports / "gold.jsonl", "--task", "bulletins", "--json", out)
    assert ran.code == 3
    assert f"没有读“{name}”" in ran.err
    found = json.loads(out.read_text("utf-8"))
    assert found["unread"] == [name]
    assert found["models"][0]["fields"]["titles"]["missed"] > 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "第1行不是 JSON"),
        ("[1]", "不是一个 JSON 对象"),
        ('{"kind": "proposal", "source": "a.txt", "place": 3, "stats": {}}', "缺少 place"),
        (
            '{"kind": "proposal", "source": "a", "place": "甲县", "stats": {}, "cases": [{}]}',
            "缺少 title",
        ),
        ("", "没有标注过的报告"),
    ],
)
def test_gold_that_is_none_is_told_with_its_line(fenban, tmp_path, text, said):
    (tmp_path / "g.jsonl").write_text(text, "utf-8")
    assert said in fenban("evaluate", tmp_path / "g.jsonl", "--task", "bulletins").refused(1)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--task", "bulletins", "--baseline"), "不用于读报告"),
        (("--task", "bulletins", "--max-chars", "80"), "只用于答复摘要"),
        (("--reports", "x"), "只用于读报告"),
    ],
)
def test_options_of_other_tasks_are_refused(fenban, reports, options, said):
    assert said in fenban("evaluate", reports / "gold.jsonl", *options).refused(2)
