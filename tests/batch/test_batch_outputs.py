"""CSV and JSONL of a run."""

from __future__ import annotations

import csv
import json

from batch_samples import MIXED, facts, results, suggestion

from nlp.batch.outputs import write_out
from nlp.batch.records import to_record
from nlp.batch.tally import Tally
from nlp.batch.workbook import RESULT_HEAD
from nlp.types import Decision


def test_csv_opens_in_excel_and_keeps_the_original_columns(tmp_path):
    path = tmp_path / "果.csv"
    write_out(path, results(MIXED), Tally(), facts)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *body = csv.reader(file)
    assert head == [*RESULT_HEAD, "原编号", "案由", "联系电话"]
    assert [row[0] for row in body] == [item.id for item in MIXED]
    assert [row[-1] for row in body] == [item.given["联系电话"] for item in MIXED]


def test_csv_neutralises_formulas(tmp_path):
    item = suggestion(1, 0.5, Decision.AUTO, title="=1+1", given={"=x": "@SUM(A1)"})
    write_out(tmp_path / "险.csv", results([item]), Tally(), facts)
    with (tmp_path / "险.csv").open(encoding="utf-8-sig", newline="") as file:
        head, row = csv.reader(file)
    assert (head[-1], row[1], row[-1]) == ("'=x", "'=1+1", "'@SUM(A1)")


def test_jsonl_is_the_contract_line_by_line(tmp_path):
    path = tmp_path / "果.jsonl"
    write_out(path, results(MIXED), Tally(), facts)
    lines = path.read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [to_record(item) for item in MIXED]
    assert "关于修建" in lines[0]  # readable, not \\u escapes


def test_a_failed_record_claims_nothing():
    record = to_record(MIXED[2])
    assert (record["decision"], record["topics"], record["lead"]) == ("abstain", [], [])
    assert record["error"] == "标题和正文都是空的。"


def test_no_rows_at_all(tmp_path):
    for ending in ("csv", "jsonl", "xlsx"):
        write_out(tmp_path / f"空.{ending}", results([]), Tally(), facts)
        assert (tmp_path / f"空.{ending}").exists()
