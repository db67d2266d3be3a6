"""CSV in the encodings, delimiters and states of disrepair that come in."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_samples import HEADER, ROWS

from nlp.errors import InputError
from nlp.io.cells import MAX_CELL
from nlp.io.delimited import looks_tabular, read_delimited, sniff_delimiter
from nlp.io.tables import read_tables


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_encodings_and_delimiters(tmp_path: Path, codec: str, separator: str) -> None:
    lines = [separator.join(row) for row in (HEADER, *ROWS)]
    (tmp_path / "a.csv").write_bytes("\r\n".join(lines).encode(codec))
    (table,) = read_tables(tmp_path / "a.csv")
    assert table.header == HEADER
    assert [row.cells for row in table.rows] == list(ROWS)


def test_quoted_line_breaks_and_quotes() -> None:
    table = read_delimited('案由,内容\n"关于""断头路""的建议","一，\n二"\n,x\n', "a.csv")
    rows = list(table.rows)
    assert rows[0].cells == ('关于"断头路"的建议', "一，\n二")
    assert [row.number for row in rows] == [2, 3]


def test_blank_rows_are_skipped_but_counted() -> None:
    table = read_delimited("\n案由,内容\n\n甲,乙\n,\n丙,丁\n", "a.csv")
    assert [row.number for row in table.rows] == [4, 6]


def test_excel_separator_line() -> None:
    table = read_delimited("sep=;\n案由;内容\n甲,乙;丙\n", "a.csv")
    assert [(row.number, row.cells) for row in table.rows] == [(3, ("甲,乙", "丙"))]


def test_unclosed_quote_is_a_fault_not_a_silent_gulp() -> None:
    table = read_delimited('案由,内容\n甲,乙\n丙,"丁\n戊,己\n', "a.csv")
    rows = list(table.rows)
    assert rows[0].fault == ""
    assert "第 3 行起有一个引号没有成对" in rows[1].fault


def test_unclosed_quote_on_the_last_line() -> None:
    rows = list(read_delimited('案由,内容\n甲,"乙', "a.csv").rows)
    assert "第 2 行" in rows[-1].fault


def test_lone_quote_inside_a_cell_is_text() -> None:
    rows = list(read_delimited('案由,内容\n12"管,乙\n', "a.csv").rows)
    assert [(row.cells, row.fault) for row in rows] == [(('12"管', "乙"), "")]


def test_ten_megabyte_cell(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"案由,内容\n甲,{'长' * 10_000_000}\n乙,丙\n", "utf-8")
    (table,) = read_tables(tmp_path / "a.csv")
    first, second = table.rows
    assert "10000000 个字符" in first.fault
    assert str(MAX_CELL) in first.fault
    assert (second.cells, second.fault) == (("乙", "丙"), "")


def test_control_characters_are_counted() -> None:
    (row,) = read_delimited("案由,内容\n甲\x00\x01,乙\n", "a.csv").rows
    assert (row.cells, row.cleaned) == (("甲", "乙"), 2)


def test_single_column_of_titles_with_commas() -> None:
    table = read_delimited("标题\n关于幼儿园的建议\n", "a.csv")
    assert table.header == ("标题",)


def test_default_delimiter_wins_when_used() -> None:
    assert sniff_delimiter("a;b,c;d", ",") == ","
    assert sniff_delimiter('"a,b";c', ",") == ";"
    assert sniff_delimiter("a", "\t") == "\t"


def test_nothing_in_it() -> None:
    with pytest.raises(InputError, match="没有任何内容"):
        read_delimited("\n,,\n \n", "a.csv")


def test_text_export_of_excel_is_tabular_and_prose_is_not() -> None:
    assert looks_tabular("编号\t案由\t内容\n1\t甲\t乙\n")
    assert not looks_tabular("关于路灯的建议\n\t一、情况\n路灯\t坏了。\n")
