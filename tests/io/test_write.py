"""What is written is whole, safe in Excel, and reads back."""

from __future__ import annotations

import csv
import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from nlp.errors import InputError
from nlp.io.safe import CUT_MARK
from nlp.io.write import (
    EXCEL_LIMIT,
    Changes,
    Sheet,
    safe_cell,
    write_atomic,
    write_csv,
    write_jsonl,
    write_workbook,
)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-cmd",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1+1",
        "-1+cmd",
        " =1",
        "\n@x",
        "\u3000+a",
    ],
)
def test_formulas_are_neutralised(text: str) -> None:
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize(
    "text", ["关于路灯的建议", "-3.5", "-", "+86", "1=1", "", "——背景", " -3.5"]
)
def test_plain_text_is_left_alone(text: str) -> None:
    assert safe_cell(text) == text


def test_formula_behind_a_control_character_is_neutralised() -> None:
    assert safe_cell("\x00=1+1") == "'=1+1"


def test_control_characters_are_removed_and_counted() -> None:
    changes = Changes()
    assert safe_cell("甲\x00\x1f乙\n丙", changes) == "甲乙\n丙"
    assert changes.removed == 2


def test_cut_at_excels_limit_with_a_visible_mark() -> None:
    changes = Changes()
    assert safe_cell("长" * EXCEL_LIMIT, changes) == "长" * EXCEL_LIMIT
    assert changes.cut == 0
    cut = safe_cell("长" * (EXCEL_LIMIT + 1), changes)
    assert len(cut) == EXCEL_LIMIT
    assert cut.endswith(CUT_MARK)
    assert changes.cut == 1


def test_astral_characters_count_twice_as_in_excel() -> None:
    cut = safe_cell("𠮷" * 20_000)
    assert cut.endswith(CUT_MARK)
    assert len(cut.encode("utf-16-le")) // 2 <= EXCEL_LIMIT


def test_jsonl_reads_back(tmp_path: Path) -> None:
    rows = [{"title": "=关于\x00路灯", "n": 1, "x": None}, {"title": "\ud800"}]
    write_jsonl(tmp_path / "a.jsonl", rows)
    text = (tmp_path / "a.jsonl").read_text("utf-8")
    assert "关于" in text
    assert json.loads(text.split("\n")[0]) == rows[0]
    assert text.count("\n") == 2


def test_csv_opens_in_excel_as_utf8(tmp_path: Path) -> None:
    written = write_csv(tmp_path / "a.csv", ["案由", "内容"], [["=1+1", "一\n二,三\x07"]])
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["案由", "内容"], ["'=1+1", "一\n二,三"]]
    assert written.notes == ("“a.csv”里去掉了 1 个看不见的控制字符。",)


def _sheet(**changed: object) -> Sheet:
    values: dict[str, object] = {
        "name": "结果",
        "header": ("编号", "案由", "主办"),
        "rows": [("007", "=1+1", "县住建局"), ("8", "http://a.cn", "")],
        "widths": (8, 40),
        "choices": {},
    }
    return Sheet(**{**values, **changed})  # type: ignore[arg-type]


def test_workbook_is_text_with_frozen_header_and_filter(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", [_sheet(), _sheet(name="出错", rows=[])])
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["结果", "出错"]
    page = book["结果"]
    assert [[c.value for c in row] for row in page.iter_rows(min_row=2)] == [
        ["007", "'=1+1", "县住建局"],
        ["8", "http://a.cn", None],
    ]
    assert {cell.data_type for cell in page[2]} == {"s"}
    assert page["B3"].hyperlink is None
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:C3"
    assert page.column_dimensions["B"].width == pytest.approx(40, abs=1)


def test_short_lists_are_inline_and_long_ones_on_a_hidden_sheet(tmp_path: Path) -> None:
    units = [f"第{n}人民政府办公室" for n in range(60)]
    sheets = [
        _sheet(choices={0: ["甲", "乙"], 2: units}),
        _sheet(name="待复核", choices={2: units, 1: ["一,二"]}),
    ]
    write_workbook(tmp_path / "a.xlsx", sheets)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["结果", "待复核", "选项"]
    assert book["选项"].sheet_state == "hidden"
    assert [row[0].value for row in book["选项"].iter_rows()] == units
    assert book["选项"]["B1"].value == "一,二"
    rules = {str(r.sqref)[0]: r.formula1 for r in book["结果"].data_validations.dataValidation}
    assert rules == {"A": '"甲,乙"', "C": "'选项'!$A$1:$A$60"}
    rules = {str(r.sqref)[0]: r.formula1 for r in book["待复核"].data_validations.dataValidation}
    assert rules == {"C": "'选项'!$A$1:$A$60", "B": "'选项'!$B$1:$B$1"}


def test_workbook_reports_what_it_cut(tmp_path: Path) -> None:
    written = write_workbook(tmp_path / "a.xlsx", [_sheet(rows=[("1", "长" * 40_000, "")])])
    assert written.cut == 1
    assert "jsonl" in written.notes[0]


def test_failure_keeps_the_old_file_and_leaves_no_litter(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("旧", "utf-8")

    def rows() -> Iterator[dict[str, object]]:
        yield {"n": 1}
        raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        write_jsonl(path, rows())
    assert path.read_text("utf-8") == "旧"
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


def test_failing_workbook_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("旧", "utf-8")

    def rows() -> Iterator[tuple[str, ...]]:
        yield ("1", "甲", "")
        raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        write_workbook(path, [_sheet(rows=rows())])
    assert path.read_text("utf-8") == "旧"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (PermissionError(errno.EACCES, "denied"), "文件正被 Excel 打开？"),
        (OSError(errno.ENOSPC, "full"), "磁盘已满"),
        (OSError(errno.EIO, "io"), "写不了"),
    ],
)
def test_faults_of_the_disk_are_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError, words: str
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("旧", "utf-8")

    def refuse(*_: object) -> None:
        raise fault

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(InputError, match=words):
        write_jsonl(path, [{"n": 1}])
    assert path.read_text("utf-8") == "旧"
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="输出文件夹"):
        write_jsonl(tmp_path / "无" / "a.jsonl", [])


def test_rights_are_those_of_an_ordinary_file(tmp_path: Path) -> None:
    (tmp_path / "ordinary").touch()
    write_atomic(tmp_path / "a", lambda path: path.write_text("x") and None)
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "ordinary").stat().st_mode
    (tmp_path / "a").chmod(0o640)
    write_atomic(tmp_path / "a", lambda path: path.write_text("y") and None)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640
