"""CSV and JSONL of a run, and the checks before it."""

from __future__ import annotations

import csv
import json

import pytest
from batch_samples import MIXED, facts, suggestion

from nlp.batch.outputs import check_out, watched, write_out
from nlp.batch.records import to_record
from nlp.batch.tally import Tally
from nlp.batch.workbook import RESULT_HEAD
from nlp.errors import InputError, UsageError
from nlp.types import Decision


def test_csv_opens_in_excel_and_keeps_the_original_columns(tmp_path):
    path = tmp_path / "果.csv"
    write_out(path, MIXED, Tally(), facts)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *body = csv.reader(file)
    assert head == [*RESULT_HEAD, "原编号", "案由", "联系电话"]
    assert [row[0] for row in body] == [item.id for item in MIXED]
    assert [row[-1] for row in body] == [item.given["联系电话"] for item in MIXED]


def test_csv_neutralises_formulas(tmp_path):
    item = suggestion(1, 0.5, Decision.AUTO, title="=1+1", given={"=x": "@SUM(A1)"})
    write_out(tmp_path / "险.csv", [item], Tally(), facts)
    with (tmp_path / "险.csv").open(encoding="utf-8-sig", newline="") as file:
        head, row = csv.reader(file)
    assert (head[-1], row[1], row[-1]) == ("'=x", "'=1+1", "'@SUM(A1)")


def test_jsonl_is_the_contract_line_by_line(tmp_path):
    path = tmp_path / "果.jsonl"
    write_out(path, MIXED, Tally(), facts)
    lines = path.read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [to_record(item) for item in MIXED]
    assert "关于修建" in lines[0]  # readable, not \\u escapes


def test_a_failed_record_claims_nothing():
    record = to_record(MIXED[2])
    assert (record["decision"], record["topics"], record["lead"]) == ("abstain", [], [])
    assert record["error"] == "标题和正文都是空的。"


def test_no_rows_at_all(tmp_path):
    for ending in ("csv", "jsonl", "xlsx"):
        write_out(tmp_path / f"空.{ending}", [], Tally(), facts)
        assert (tmp_path / f"空.{ending}").exists()


def test_check_out_makes_the_folder_and_nothing_else(tmp_path):
    check_out(tmp_path / "新" / "果.xlsx")
    assert list((tmp_path / "新").iterdir()) == []


def test_check_out_refuses(tmp_path):
    source = tmp_path / "提案.csv"
    source.write_text("x")
    with pytest.raises(UsageError, match="就是输入文件"):
        check_out(source, str(source))
    with pytest.raises(UsageError, match="不会写"):
        check_out(tmp_path / "果.doc")
    with pytest.raises(InputError, match="建不了文件夹"):
        check_out(source / "果.csv")
    assert source.read_text() == "x"


def test_watched_tells_how_many_have_come():
    told: list[int] = []
    assert list(watched(MIXED, told.append)) == MIXED
    assert told == [1, 2, 3, 4, 5, 6]
