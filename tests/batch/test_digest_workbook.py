"""Files of a run over replies, opened with another library than the one that wrote them."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from digest_samples import LATE, MIXED, digest, facts, results
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from nlp.batch.digest_tally import DigestTally
from nlp.batch.digest_workbook import CHECK_HEAD, DIGEST_HEAD, write_digests
from nlp.batch.digests import to_digest_record
from nlp.summarize.digest import OUTCOME_NAMES, Digest
from nlp.types import Outcome

RISKY = ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "＝1", "\t=1", '=HYPERLINK("http://x")']


def write(path: Path, items: Sequence[Digest], **more: object) -> Workbook:
    tally = DigestTally()
    items = list(tally.watch(items))
    write_digests(path, results(items), tally, lambda: facts(**more))
    return load_workbook(path)


@pytest.fixture
def book(tmp_path) -> Workbook:
    return write(tmp_path / "摘.xlsx", MIXED)


def rows(sheet: Worksheet) -> list[dict[str, str | None]]:
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_sheets(book):
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == [
        "摘要",
        "待核",
        "出错",
        "说明",
    ]


def test_digests_hold_every_row_in_order_with_its_original_columns(book):
    found = rows(book["摘要"])
    assert list(found[0]) == [*DIGEST_HEAD, "原编号", "答复", "联系电话"]
    assert [row["编号"] for row in found] == [item.id for item in MIXED]
    assert [row["答复"] or "" for row in found] == [item.given["答复"] for item in MIXED]
    assert found[0]["涉及单位"] == "县住建局、城关镇"
    assert found[0]["把握"] == "100%"
    assert found[2]["办理结果"] == "出错"
    assert found[2]["提示"] == "答复是空的。"
    assert found[3]["来源"] == "答复.xlsx 表“第一批” 第5行"


def test_the_most_doubtful_come_first_with_room_to_confirm(book):
    found = rows(book["待核"])
    assert list(found[0]) == list(CHECK_HEAD)
    assert [row["编号"] for row in found] == ["006", "004", "002", "005"]
    assert {row["确认结果"] for row in found} == {row["备注"] for row in found} == {None}


def test_drop_down_offers_the_outcomes(book):
    (rule,) = book["待核"].data_validations.dataValidation
    assert rule.formula1.strip('"').split(",") == list(OUTCOME_NAMES.values())
    assert str(rule.sqref).startswith("E2:E")
    assert CHECK_HEAD[4] == "确认结果"


def test_errors_tell_where(book):
    (found,) = rows(book["出错"])
    assert (found["编号"], found["标题"], found["原因"]) == (
        "003",
        "关于修桥的建议",
        "答复是空的。",
    )
    assert (found["文件"], found["表"], found["行"]) == ("答复.xlsx", "第一批", "4")


def test_facts(book):
    told = {row["项目"]: row["内容"] for row in rows(book["说明"])}
    assert told["摘要写法"] == "摘自原文，每件不超过 120 字"
    assert (told["总件数"], told["完成"], told["出错"]) == ("6", "5", "1")
    assert told["其中：已解决或基本解决"] == "2（40%）"
    assert told["有提示"] == "2（40%）"
    assert told[f"提示：{LATE.message}"] == "2（40%）"
    assert told["待核"].startswith("4（80%）")
    assert told["识别的列"] == "答复 ← “答复”（列名）"
    assert told["提示"] == "有 1 个编号重复。"


def test_rewritten_digests_say_so(tmp_path):
    book = write(tmp_path / "写.xlsx", MIXED[:1], method="abstractive", model="a@1、b")
    told = {row["项目"]: row["内容"] for row in rows(book["说明"])}
    assert told["模型"] == "a@1、b"
    assert "模型改写" in told["摘要写法"]


def test_nothing_but_failures_and_nothing_at_all(tmp_path):
    book = write(tmp_path / "败.xlsx", [MIXED[2]])
    assert len(rows(book["摘要"])) == len(rows(book["出错"])) == 1
    assert rows(book["待核"]) == []
    for ending in ("xlsx", "csv", "jsonl"):
        write_digests(tmp_path / f"空.{ending}", results([]), DigestTally(), facts)
        assert (tmp_path / f"空.{ending}").exists()


@pytest.mark.parametrize("text", RISKY)
def test_formulas_are_neutralised_wherever_they_stand(tmp_path, text):
    more = {"id": text, "title": text, "summary": text, "given": {text: text}}
    item = digest(1, 0.5, Outcome.LIMITED, **more)
    book = write(tmp_path / "险.xlsx", [item])
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert sum(str(cell.value).startswith("'") for cell in book["摘要"][2] if cell.value) == 4

    write_digests(tmp_path / "险.csv", results([item]), DigestTally(), facts)
    with (tmp_path / "险.csv").open(encoding="utf-8-sig", newline="") as file:
        head, row = csv.reader(file)
    assert [cell[0] for cell in (head[-1], row[0], row[1], row[2], row[-1])] == ["'"] * 5


def test_heads_are_unique_whatever_the_input_had(tmp_path):
    given = {**dict.fromkeys(DIGEST_HEAD, "x"), "原标题": "y"}
    book = write(tmp_path / "名.xlsx", [digest(1, 0.5, Outcome.SOLVED, given=given)])
    head = [cell.value for cell in book["摘要"][1]]
    assert len(set(head)) == len(head) == len(DIGEST_HEAD) * 2 + 1


def test_replies_longer_than_a_cell_are_cut_with_a_mark(tmp_path):
    tally = DigestTally()
    item = digest(1, 0.9, Outcome.SOLVED, given={"答复": "长" * 200_000})
    written = write_digests(tmp_path / "长.xlsx", results(list(tally.watch([item]))), tally, facts)
    assert written.cut == 1
    cell = rows(load_workbook(tmp_path / "长.xlsx")["摘要"])[0]["答复"]
    assert "已截断" in cell
    assert len(cell) <= 32_767


def test_csv_and_jsonl(tmp_path):
    write_digests(tmp_path / "a.csv", results(MIXED), DigestTally(), facts)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert [row["编号"] for row in found] == [item.id for item in MIXED]
    assert list(found[0]) == [*DIGEST_HEAD, "原编号", "答复", "联系电话"]
    write_digests(tmp_path / "a.jsonl", results(MIXED), DigestTally(), facts)
    lines = (tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [to_digest_record(item) for item in MIXED]
