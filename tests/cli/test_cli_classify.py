"""`fenban classify`: the contract of its output, row by row."""

from __future__ import annotations

import csv
import json

import pytest
from openpyxl import load_workbook

FIELDS = [
    "id", "title", "topics", "accepted_topics", "lead", "co", "decision", "evidence", "model",
    "error",
]  # fmt: skip


def test_fields_come_in_the_order_of_the_contract(classify, table):
    for record in classify(table).records:
        assert list(record) == FIELDS
        for topic in record["topics"]:
            assert list(topic) == ["label", "name", "probability"]
        for unit in [*record["lead"], *record["co"]]:
            assert list(unit) == ["function", "unit", "probability"]
        for reason in record["evidence"]:
            assert list(reason) == ["kind", "text", "weight"]
            assert reason["kind"] in {"words", "duty", "precedent", "place"}


def test_values_keep_the_promises_of_the_contract(classify, table):
    whole = [record for record in classify(table).records if record["error"] is None]
    for record in whole:
        ranks = [topic["probability"] for topic in record["topics"]]
        assert ranks == sorted(ranks, reverse=True)
        assert len(ranks) == len(whole[0]["topics"])
        assert set(record["accepted_topics"]) <= {topic["label"] for topic in record["topics"]}
        assert record["accepted_topics"][:1] == [record["topics"][0]["label"]]
        leads = [unit["probability"] for unit in record["lead"]]
        assert leads == sorted(leads, reverse=True)
        assert 1 <= len(leads) <= 5
        assert len({unit["unit"] for unit in record["lead"]}) == len(leads)
        assert record["lead"][0]["unit"] not in {unit["unit"] for unit in record["co"]}
        assert all(0 <= p <= 1 for p in [*ranks, *leads])
        assert record["decision"] in {"auto", "review", "abstain"}
        assert "@" in record["model"]


def test_every_row_comes_out_in_order_and_a_bad_one_keeps_its_place(classify, table):
    ran = classify(table)
    assert ran.code == 3
    assert [record["id"] for record in ran.records] == ["001", "002", "003", "004"]
    bad = ran.records[2]
    assert "标题和正文都是空的" in bad["error"]
    assert (bad["decision"], bad["topics"], bad["lead"]) == ("abstain", [], [])
    assert [bool(record["error"]) for record in ran.records] == [False, False, True, False]


def test_results_alone_on_stdout_and_talk_on_stderr(classify, table):
    ran = classify(table)
    assert all(line.startswith("{") and json.loads(line) for line in ran.out.splitlines())
    assert "标题 ← “案由”" in ran.err
    assert "共 4 件，完成 3 件，出错 1 件" in ran.err
    assert "已处理" not in ran.err  # progress is for terminals


def test_quiet_says_nothing_beside_the_results(classify, table, tmp_path):
    assert classify(table, "--quiet").err == ""
    written = classify(table, "--quiet", "--out", tmp_path / "果.xlsx")
    assert (written.err, written.out) == ("", "")


def test_a_folder_names_its_columns_after_reading_them(classify, table):
    assert "标题 ← “案由”" in classify(table.parent).err


@pytest.mark.parametrize("ending", ["jsonl", "csv", "xlsx", "XLSX"])
def test_every_form_holds_every_row(classify, table, tmp_path, ending):
    out = tmp_path / "新" / f"结果.{ending}"
    ran = classify(table, "--out", out)
    assert ran.code == 3
    assert ran.out == ""
    assert f"结果已写到 {out}" in ran.err
    if ending == "jsonl":
        ids = [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()]
    elif ending == "csv":
        with out.open(encoding="utf-8-sig", newline="") as file:
            ids = [row["编号"] for row in csv.DictReader(file)]
    else:
        ids = [row[0] for row in load_workbook(out)["结果"].iter_rows(2, values_only=True)]
    assert ids == ["001", "002", "003", "004"]


def test_the_shown_and_the_written_lines_are_the_same(classify, table, tmp_path):
    out = tmp_path / "a.jsonl"
    classify(table, "--out", out)
    assert out.read_text("utf-8") == classify(table).out


def test_table_on_request(classify, table):
    ran = classify(table, "--table")
    assert "主办单位" in ran.out
    assert "增建公办幼儿园" in ran.out.replace("\n", "")
    assert max(map(len, ran.out.splitlines())) <= 140


@pytest.mark.parametrize(
    ("data", "titles"),
    [
        ("关于修路的建议", ["关于修路的建议"]),
        ("\ufeff关于修路的建议\n路坏了，要修。\n", ["关于修路的建议"]),
        ('{"id":"7","title":"关于修路的建议"}\n', ["关于修路的建议"]),
        ('[{"title":"关于甲的建议"},{"title":"关于乙的建议"}]', ["关于甲的建议", "关于乙的建议"]),
        ("😀👍", ["😀👍"]),
        ("。。。！！", ["。。。！！"]),
        ("مرحبا \u202e关于修路", ["مرحبا \u202e关于修路"]),
        ('{"title":"' + "长" * 100_000 + '"}', ["长" * 100_000]),
    ],
)  # fmt: skip
def test_standard_input(classify, data, titles):
    ran = classify("-", stdin=data.encode())
    assert ran.code == 0
    assert [record["title"] for record in ran.records] == titles


def test_standard_input_in_gbk(classify):
    assert (
        classify("-", stdin="关于修路的建议".encode("gbk")).records[0]["title"] == "关于修路的建议"
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "没有内容"),
        (b" \n\t\n", "没有内容"),
        (b"\x00\x01\x02\xff\xfe\x00", "不是文本文件"),
        (b"PK\x03\x04" + bytes(200), "不是文本文件"),
        (b'{"a": 1}\n', "认不出标题列"),
        (b'[{"title": "x"}', "不是合法的 JSON"),
    ],
)
def test_unusable_standard_input(classify, data, words):
    assert words in classify("-", stdin=data).refused()


def test_no_standard_input_at_all(classify, monkeypatch):
    from nlp.io import read

    monkeypatch.setattr(read.sys, "stdin", None)
    assert read._standard_input().read() == b""


def test_jsonl_gives_a_result_for_every_line(classify, tmp_path):
    source = tmp_path / "行.jsonl"
    source.write_text(
        '{"id":"1","title":"关于修路的建议"}\n{"id":\n[1]\n{}\n{"id":"5","title":"\\ud800"}\n'
        '{"id":"6","title":"关于\\ud800办学\\u0000的建议"}\n{"title":["a"]}\n'
        + "[" * 90_000
        + "\n",
        encoding="utf-8",
    )
    ran = classify(source)
    assert ran.code == 3
    found = [(record["id"], record["title"], bool(record["error"])) for record in ran.records]
    assert found == [
        ("1", "关于修路的建议", False),
        ("r2", "", True),
        ("r3", "", True),
        ("r4", "", True),
        ("5", "", True),
        ("6", "关于办学的建议", False),
        ("r7", "a", False),
        ("r8", "", True),
    ]
    assert not ran.unforeseen
