"""Workbooks as offices really hand them over."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from office_samples import HEADER, ROWS

from nlp.errors import InputError, UsageError
from nlp.io import guard
from nlp.io.cells import TableRow, make_row
from nlp.io.shape import Table, find_header, shape_table, unique_names
from nlp.io.tables import read_tables

Make = Callable[..., Path]


def _cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def test_plain_workbook(make_xlsx: Make) -> None:
    (table,) = read_tables(make_xlsx())
    assert (table.file, table.sheet, table.header) == ("提案.xlsx", "提案", HEADER)
    assert _cells(table) == list(ROWS)
    assert [row.number for row in table.rows] == [2, 3, 4]
    assert table.notes == ()


def test_rows_can_be_read_twice(make_xlsx: Make) -> None:
    (table,) = read_tables(make_xlsx())
    assert _cells(table) == _cells(table)


def test_values_are_text(make_xlsx: Make) -> None:
    row = ("007", 12.0, 1.5, 1234567890123, datetime.date(2024, 3, 1), True)
    (table,) = read_tables(make_xlsx([("编号", "案由", "a", "b", "c", "d"), row]))
    assert _cells(table) == [("007", "12", "1.5", "1234567890123", "2024-03-01", "TRUE")]


def test_number_format_keeps_leading_zeros(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["编号", "案由"])
    book.active.append([42, "关于路灯的建议"])
    book.active["A2"].number_format = "00000"
    book.save(tmp_path / "a.xlsx")
    (table,) = read_tables(tmp_path / "a.xlsx")
    assert _cells(table)[0][0] == "00042"


def test_formula_gives_its_cached_value(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["编号", "案由"])
    sheet.write_formula(1, 0, "=1+1", None, 2)
    sheet.write_string(1, 1, "关于路灯的建议")
    book.close()
    (table,) = read_tables(tmp_path / "a.xlsx")
    assert _cells(table) == [("2", "关于路灯的建议")]
    assert table.notes == ()


def test_formula_without_cached_value_is_noted(make_xlsx: Make) -> None:
    (table,) = read_tables(make_xlsx([("编号", "案由"), ("=1+1", "关于路灯的建议")]))
    assert _cells(table) == [("", "关于路灯的建议")]
    assert any("1 个公式单元格" in note and "A2" in note for note in table.notes)


def test_merged_title_row_above_the_header(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "2024年政协提案交办汇总表"
    sheet.merge_cells("A1:C1")
    sheet.append(["制表单位：政协提案委", None, "2024年3月"])
    for row in (HEADER, *ROWS):
        sheet.append(list(row))
    book.save(tmp_path / "a.xlsx")
    (table,) = read_tables(tmp_path / "a.xlsx")
    assert table.header == HEADER
    assert [row.number for row in table.rows] == [4, 5, 6]


def test_vertical_merge_fills_its_region_only(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [
        ("类别", "案由"),
        ("教育", "关于幼儿园的建议"),
        (None, "关于小学的建议"),
        (None, "关于公园的建议"),
    ]:
        sheet.append(list(row))
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "a.xlsx")
    (table,) = read_tables(tmp_path / "a.xlsx")
    assert [cells[0] for cells in _cells(table)] == ["教育", "教育", ""]


def test_section_rows_merged_across_are_skipped(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (HEADER, ("一、教育类",), *ROWS, ("二、生态类",), ("004", "关于绿化的建议", "")):
        sheet.append(list(row))
    sheet.merge_cells("A2:C2")
    sheet.merge_cells("A6:C6")
    book.save(tmp_path / "a.xlsx")
    (table,) = read_tables(tmp_path / "a.xlsx")
    assert [cells[0] for cells in _cells(table)] == ["001", "002", "003", "004"]


def test_two_row_header(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["案号", "案由", "承办单位", None])
    sheet.append([None, None, "主办", "会办"])
    sheet.append(["1", "关于路灯的建议", "县住建局", "县城管局"])
    for region in ("A1:A2", "B1:B2", "C1:D1"):
        sheet.merge_cells(region)
    book.save(tmp_path / "a.xlsx")
    (table,) = read_tables(tmp_path / "a.xlsx")
    assert table.header == ("案号", "案由", "主办", "会办")
    assert len(_cells(table)) == 1


SPLIT = ["提案分办表,,,,", "序号,提案标题,类别,承办单位,", ",,,主办,会办"]


def test_two_row_header_without_merged_cells(tmp_path: Path) -> None:
    page = ["1,关于修路的建议,民生,交通局,财政局", "2,关于建校的建议,民生,教育局,"]
    path = tmp_path / "表.csv"
    path.write_text(
        "\n".join([*SPLIT, *page, *SPLIT[1:], "3,关于治河的建议,生态,水利局,"]), "utf-8"
    )
    (table,) = read_tables(path)
    assert table.header == ("序号", "提案标题", "类别", "主办", "会办")
    assert [row.cells[0] for row in table.rows] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "below",
    [
        "1,关于修路的建议,民生,交通局,财政局",
        ",,,交通局,财政局",  # no heads
        ",,,主办,",  # one cell says too little
        ",主办,会办,,",  # nothing under a blank head
        "关于垃圾分类的提案,,,市直有关部门,已答复",
        "关于部门协作的建议,,民生,主办,会办",
        ",,,名称,电话",
    ],
)
def test_what_stands_below_a_header_may_be_no_second_row_of_it(tmp_path: Path, below: str) -> None:
    path = tmp_path / "表.csv"
    path.write_text("\n".join([SPLIT[1], below, "2,关于建校的建议,民生,教育局,"]), "utf-8")
    (table,) = read_tables(path)
    assert table.header == ("序号", "提案标题", "类别", "承办单位", "列5")
    assert len(list(table.rows)) == 2


def test_hidden_sheet_is_skipped_and_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (HEADER, *ROWS):
        book.active.append(list(row))
    hidden = book.create_sheet("旧数据")
    hidden.append(list(HEADER))
    hidden.append(["009", "旧的", "旧的"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    (table,) = read_tables(tmp_path / "a.xlsx")
    assert any("旧数据" in note for note in table.notes)
    (asked,) = read_tables(tmp_path / "a.xlsx", sheet="旧数据")
    assert _cells(asked) == [("009", "旧的", "旧的")]


def test_all_sheets_are_read_or_the_one_asked_for(make_xlsx: Make) -> None:
    path = make_xlsx(建议=[HEADER, ("1", "关于路灯的建议", "")])
    assert [table.sheet for table in read_tables(path)] == ["提案", "建议"]
    assert [table.sheet for table in read_tables(path, sheet="2")] == ["建议"]
    with pytest.raises(UsageError, match="没有工作表“三”") as caught:
        read_tables(path, sheet="三")
    assert "提案、建议" in caught.value.hint


def test_repeated_and_empty_heads_get_unique_names() -> None:
    assert unique_names(["案由", "", "案由", "案\n由"], 5) == (
        *("案由", "列2", "案由（列3）", "案 由", "列5"),
    )


def test_offset_table_keeps_spreadsheet_letters(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["B3"] = "案由"
    book.active["C3"] = "内容"
    book.active["B5"] = "关于路灯的建议"
    book.save(tmp_path / "a.xlsx")
    (table,) = read_tables(tmp_path / "a.xlsx")
    assert table.header == ("列1", "案由", "内容")
    assert [(row.number, row.cells[1]) for row in table.rows] == [(5, "关于路灯的建议")]


def test_headerless(make_xlsx: Make) -> None:
    (table,) = read_tables(make_xlsx(ROWS))
    assert table.header == ("列1", "列2", "列3")
    assert len(_cells(table)) == 3
    assert any("没有找到表头" in note for note in table.notes)


def test_kind_value_is_not_a_header() -> None:
    rows = [make_row(n, [str(n), f"关于第{n}条路的建议", "建议"]) for n in range(1, 4)]
    assert find_header(rows).number == 0


def test_repeated_header_rows_are_skipped() -> None:
    rows = [make_row(1, HEADER), make_row(2, ROWS[0]), make_row(3, HEADER), make_row(4, ROWS[1])]
    table = shape_table("a", None, lambda: iter(rows))
    assert table is not None
    assert [row.number for row in table.rows] == [2, 4]


def test_unknown_header_is_the_first_row_with_two_cells() -> None:
    rows = [TableRow(1, ("汇总", "")), TableRow(2, ("甲", "乙")), TableRow(3, ("丙", "丁"))]
    assert find_header(rows).number == 2


def test_old_xls(tmp_path: Path) -> None:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("提案")
    sheet.write_merge(0, 0, 0, 2, "汇总表")
    for r, row in enumerate((HEADER, *ROWS), start=1):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell)
    book.save(str(tmp_path / "a.xls"))
    (table,) = read_tables(tmp_path / "a.xls")
    assert table.header == HEADER
    assert _cells(table) == list(ROWS)
    (tmp_path / "a.xls").rename(tmp_path / "b.xlsx")
    (table,) = read_tables(tmp_path / "b.xlsx")
    assert _cells(table) == list(ROWS)
    assert any("扩展名是 .xlsx" in note and "xls" in note for note in table.notes)


def test_xls_that_is_html(tmp_path: Path) -> None:
    lines = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in ROWS)
    heads = "".join(f"<th>{head}</th>" for head in HEADER)
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>'
        f"<body><table><tr>{heads}</tr>{lines}</table></body></html>"
    )
    (tmp_path / "导出.xls").write_bytes(page.encode("gb18030"))
    (table,) = read_tables(tmp_path / "导出.xls")
    assert table.header == HEADER
    assert _cells(table) == list(ROWS)
    assert any("网页" in note for note in table.notes)


def test_html_rowspan_and_colspan(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text(
        "<table><tr><td colspan=2>汇总</td></tr><tr><td>类别<td>案由</tr>"
        "<tr><td rowspan=2>教育<td>关于幼儿园的建议</tr><tr><td>关于小学的建议</tr></table>",
        encoding="utf-8",
    )
    (table,) = read_tables(tmp_path / "a.xls")
    assert _cells(table) == [("教育", "关于幼儿园的建议"), ("教育", "关于小学的建议")]


def test_xls_that_is_xml_spreadsheet(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_text(
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        '<Worksheet ss:Name="提案"><Table><Row><Cell><Data>编号</Data></Cell>'
        "<Cell><Data>案由</Data></Cell></Row><Row><Cell ss:Index='2'>"
        "<Data>关于路灯的建议&e;</Data></Cell></Row></Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    (table,) = read_tables(tmp_path / "a.xls")
    assert table.sheet == "提案"
    assert _cells(table) == [("", "关于路灯的建议&e;")], "an entity must not be expanded"


@pytest.mark.parametrize(("name", "separator"), [("a.xlsx", ","), ("a.xls", "\t")])
def test_workbook_that_is_text(tmp_path: Path, name: str, separator: str) -> None:
    lines = [separator.join(row) for row in (HEADER, *ROWS)]
    (tmp_path / name).write_bytes("\n".join(lines).encode("gbk"))
    (table,) = read_tables(tmp_path / name)
    assert _cells(table) == list(ROWS)
    assert any("已按实际内容读取" in note for note in table.notes)


def test_password_protected(make_xlsx: Make, tmp_path: Path) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    sealed = BytesIO()
    OOXMLFile(BytesIO(make_xlsx().read_bytes())).encrypt("secret", sealed)
    (tmp_path / "密.xlsx").write_bytes(sealed.getvalue())
    with pytest.raises(InputError, match=r"“密.xlsx”设有打开密码") as caught:
        read_tables(tmp_path / "密.xlsx")
    assert "去掉密码" in caught.value.hint


@pytest.mark.parametrize("share", [0.3, 0.9, 0.99])
def test_truncated_workbook(make_xlsx: Make, tmp_path: Path, share: float) -> None:
    data = make_xlsx().read_bytes()
    (tmp_path / "断.xlsx").write_bytes(data[: int(len(data) * share)])
    with pytest.raises(InputError, match=r"断.xlsx"):
        read_tables(tmp_path / "断.xlsx")


def test_truncated_xls(tmp_path: Path) -> None:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("提案")
    for r in range(500):
        sheet.write(r, 0, f"关于第{r}条路的建议")
    book.save(str(tmp_path / "a.xls"))
    data = (tmp_path / "a.xls").read_bytes()
    (tmp_path / "a.xls").write_bytes(data[: len(data) // 3])
    with pytest.raises(InputError, match=r"a.xls"):
        read_tables(tmp_path / "a.xls")


def test_broken_sheet_xml(make_xlsx: Make, repack: Make) -> None:
    path = repack(make_xlsx(), "坏.xlsx", xl__worksheets__sheet1__xml=b"")
    path = repack(path, "坏2.xlsx", **{"xl__worksheets__sheet1.xml": b"<worksheet><sheetData><row"})
    with pytest.raises(InputError, match=r"坏2.xlsx"):
        read_tables(path)


def test_one_stray_cell_in_the_last_corner_does_not_kill_the_process(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "远.xlsx")
    sheet = book.add_worksheet()
    sheet.write(0, 0, "案由")
    sheet.write(1048575, 16383, "x")
    book.close()
    with pytest.raises(InputError, match="1048576 行 × 16384 列"):
        read_tables(tmp_path / "远.xlsx")


def test_zip_bomb_inside_a_workbook(make_xlsx: Make, repack: Make) -> None:
    path = repack(make_xlsx(), "弹.xlsx", bomb=b"\0" * (guard.RATIO_FROM + 1))
    with pytest.raises(InputError, match="压缩炸弹"):
        read_tables(path)


def test_empty_workbook(make_xlsx: Make) -> None:
    with pytest.raises(InputError, match="没有任何内容"):
        read_tables(make_xlsx([]))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.rtf", b"{\\rtf1 x}", "RTF"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "图片"),
        ("a.rar", b"Rar!\x1a\x07", "RAR"),
        ("a.xls", b"MIME-Version: 1.0\r\n", "mht"),
        ("a.xyz", b"hello", "不支持"),
        ("a.docx", b"hello", "不是有效的"),
        ("a.xlsx", b"PK\x05\x06" + b"\0" * 18, "压缩包"),
    ],
)
def test_foreign_forms_are_named(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=words) as caught:
        read_tables(tmp_path / name)
    assert caught.value.hint or words == "压缩包"
