"""The workbook staff work on, opened with another library than the one that wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from batch_samples import MIXED, TOPICS, UNITS, facts, results, suggestion
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from nlp.batch.outputs import write_out
from nlp.batch.tally import Tally
from nlp.batch.workbook import RESULT_HEAD
from nlp.types import Decision, Suggestion


def write(path: Path, items: Sequence[Suggestion], **more: object) -> Workbook:
    tally = Tally()
    items = list(tally.watch(items))
    write_out(path, results(items), tally, lambda: facts(**more))
    return load_workbook(path)


@pytest.fixture
def book(tmp_path) -> Workbook:
    return write(tmp_path / "果.xlsx", MIXED)


def rows(sheet: Worksheet) -> list[dict[str, str | None]]:
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def test_four_sheets_and_a_hidden_list(book):
    shown = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert shown == ["结果", "待复核", "出错", "说明"]


def test_results_hold_every_row_in_order_with_its_original_columns(book):
    found = rows(book["结果"])
    assert [row["编号"] for row in found] == [item.id for item in MIXED]
    assert [row["原编号"] for row in found] == [item.given["编号"] for item in MIXED]
    assert [row["联系电话"] or "" for row in found] == [i.given["联系电话"] for i in MIXED]
    assert [row["案由"] or "" for row in found] == [i.given["案由"] for i in MIXED]
    assert found[2]["处理建议"] == "出错"
    assert found[0]["主办单位"] == MIXED[0].lead[0].unit


def test_everything_is_text(book):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert book["结果"]["A2"].value == "001"


def test_review_is_sorted_by_doubt_and_leaves_out_what_is_sure(book):
    found = rows(book["待复核"])
    assert [row["编号"] for row in found] == ["004", "002", "005"]
    assert found[0]["确认主办单位"] is None  # nobody's suggestion is pre-filled on an abstention
    assert found[1]["确认主办单位"] == found[1]["建议主办单位"]
    assert found[1]["确认会办单位"] == found[1]["建议会办单位"]


def test_errors_tell_where(book):
    (found,) = rows(book["出错"])
    assert (found["编号"], found["文件"], found["表"], found["行"]) == (
        "003",
        "提案.xlsx",
        "第一批",
        "4",
    )


def listed(book: Workbook, formula: str) -> list[str]:
    if formula.startswith('"'):
        return formula.strip('"').split(",")
    found = re.fullmatch(r"='?(.+?)'?!\$?(\w+)\$?(\d+):\$?\w+?\$?(\d+)", f"={formula.lstrip('=')}")
    sheet, column, first, last = found.groups()
    return [book[sheet][f"{column}{row}"].value for row in range(int(first), int(last) + 1)]


def test_drop_downs_offer_all_topics_and_units(book):
    offered = {
        str(rule.sqref).split(":")[0]: (listed(book, rule.formula1), rule)
        for rule in book["待复核"].data_validations.dataValidation
    }
    assert offered["D2"][0] == list(TOPICS)
    assert offered["G2"][0] == list(UNITS)
    assert len(",".join(UNITS)) > 255  # more than Excel allows inside a rule
    for _, rule in offered.values():
        assert rule.errorStyle == "warning"  # another unit may be typed
        assert int(str(rule.sqref).split(":")[1][1:]) > len(rows(book["待复核"])) + 1


def test_short_lists_of_units_and_none_at_all(tmp_path):
    few = write(tmp_path / "少.xlsx", MIXED, unit_names=("县教育局", "县财政局"))
    rules = few["待复核"].data_validations.dataValidation
    assert [listed(few, rule.formula1) for rule in rules][1] == ["县教育局", "县财政局"]
    none = write(tmp_path / "无.xlsx", MIXED, unit_names=(), topic_names=())
    assert none["待复核"].data_validations.dataValidation == []


def test_figures_add_up(book):
    figures: dict[str, list[str]] = {}
    for row in rows(book["说明"]):
        figures.setdefault(row["项目"], []).append(row["内容"])
    number = {name: int(re.match(r"\d+", values[0])[0]) for name, values in figures.items()
              if re.match(r"\d+($|（)", values[0])}  # fmt: skip
    assert number["总件数"] == len(MIXED) == number["完成"] + number["出错"]
    parts = [n for name, n in number.items() if name.startswith("其中：")]
    assert sum(parts) == number["完成"] == 5
    assert sum(n for name, n in number.items() if name.startswith("主题 ")) == 5
    assert sum(n for name, n in number.items() if name.startswith("主办 ")) == 5
    assert figures["单位目录"] == ["云溪县"]
    assert figures["提示"] == ["有 1 个编号重复。"]
    assert figures["识别的列"] == ["标题 ← “案由”（列名）"]


def test_nothing_in_the_file_tells_when_it_was_written(tmp_path):
    write(tmp_path / "果.xlsx", MIXED)
    with ZipFile(tmp_path / "果.xlsx") as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
    properties = load_workbook(tmp_path / "果.xlsx").properties
    assert {properties.created, properties.modified} == {datetime(2000, 1, 1)}


def test_nothing_but_failures(tmp_path):
    book = write(tmp_path / "败.xlsx", [MIXED[2]])
    assert len(rows(book["结果"])) == 1
    assert rows(book["待复核"]) == []


RISKY = ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "＝1", "\t=1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", RISKY)
def test_formulas_are_neutralised_wherever_they_stand(tmp_path, text):
    item = suggestion(1, 0.5, Decision.REVIEW, id=text, title=text, given={text: text})
    book = write(tmp_path / "险.xlsx", [item])
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    values = [str(cell.value) for cell in book["结果"][2] if cell.value]
    assert sum(value.startswith("'") for value in values) == 3


def test_heads_of_results_are_unique_whatever_the_input_had(tmp_path):
    given = {**dict.fromkeys(RESULT_HEAD, "x"), "原标题": "y", "原原标题": "z"}
    book = write(tmp_path / "名.xlsx", [suggestion(1, 0.5, Decision.AUTO, given=given)])
    head = [cell.value for cell in book["结果"][1]]
    assert len(set(head)) == len(head) == len(RESULT_HEAD) * 2 + 2
    assert [cell.value for cell in book["结果"][2]][len(RESULT_HEAD) :] == list(given.values())


def test_long_texts_and_control_characters_are_told(tmp_path):
    item = suggestion(1, 0.5, Decision.AUTO, title="长" * 40_000, given={"备注": "a\x07b"})
    tally = Tally()
    written = write_out(tmp_path / "长.xlsx", results(list(tally.watch([item]))), tally, facts)
    assert (written.cut, written.removed) == (1, 1)
    title = load_workbook(tmp_path / "长.xlsx")["结果"]["B2"].value
    assert "已截断" in title
    assert len(title) <= 32_767
