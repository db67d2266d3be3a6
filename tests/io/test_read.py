"""INPUT in every guise, down to the last row."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from office_samples import HEADER, ROWS, ole_container

from nlp.errors import InputError, UsageError
from nlp.io.read import ReadOptions, Source, read_proposals
from nlp.types import Proposal, RowError, RowRef

Make = Callable[..., Path]
LONG = (
    "城东新区五年间交付了十一个小区，入住近两万人，三到六岁的娃娃有一千三百多个，公办园只有一所。"
)


def _good(source: Source) -> list[Proposal]:
    items = list(source.items)
    assert all(isinstance(item, Proposal) for item in items), items
    return [item for item in items if isinstance(item, Proposal)]


def _stdin(text: str | bytes) -> Source:
    data = text if isinstance(text, bytes) else text.encode()
    return read_proposals("-", stdin=io.BytesIO(data))


def test_workbook(make_xlsx: Make) -> None:
    source = read_proposals(make_xlsx())
    items = _good(source)
    assert [(item.id, item.title, item.body) for item in items] == list(ROWS)
    assert items[0].source == RowRef("提案.xlsx", "提案", 2)
    assert items[0].given == dict(zip(HEADER, ROWS[0], strict=True))
    assert source.columns[0] == "标题 ← “案由”（列名）"
    assert source.files == ("提案.xlsx",)
    assert source.notes == []


def test_several_bodies_are_joined_by_a_blank_line(make_xlsx: Make) -> None:
    rows = [("情况分析", "案由", "具体建议"), ("甲", "关于路灯的建议", "乙"), ("丙", "题", "")]
    bodies = [item.body for item in _good(read_proposals(make_xlsx(rows)))]
    assert bodies == ["甲\n\n乙", "丙"]


def test_body_that_repeats_another_is_not_doubled(make_xlsx: Make) -> None:
    rows = [("案由", "内容", "正文"), ("关于路灯的建议", "修灯", "请修灯。")]
    assert _good(read_proposals(make_xlsx(rows)))[0].body == "请修灯。"


def test_maps_lead_the_caller_to_gold_columns(make_xlsx: Make) -> None:
    rows = [("案由", "主办单位", "类别"), ("关于路灯的建议", "县住建局", "城建")]
    source = read_proposals(make_xlsx(rows))
    (item,) = _good(source)
    columns = source.map_for(item)
    assert columns is not None
    lead = columns.head("lead")
    assert lead == "主办单位"
    assert item.given[lead] == "县住建局"
    assert columns.head("co") is None


def test_missing_ids_are_row_numbers(make_xlsx: Make) -> None:
    rows = [("编号", "案由"), ("9", "关于路灯的建议"), ("", "关于公园的建议")]
    assert [item.id for item in _good(read_proposals(make_xlsx(rows)))] == ["9", "r3"]


def test_duplicate_ids_are_kept_and_noted(make_xlsx: Make) -> None:
    rows = [("编号", "案由"), ("1", "关于路灯的建议"), ("1", "关于公园的建议"), ("2", "关于路")]
    source = read_proposals(make_xlsx(rows))
    assert [item.id for item in _good(source)] == ["1", "1", "2"]
    assert source.notes == ["有 1 个编号重复（如 1），都按原样保留。"]


def test_row_without_title_and_body_is_an_error_in_its_place(make_xlsx: Make) -> None:
    rows = [HEADER, ROWS[0], ("002", "", " "), ROWS[2]]
    items = list(read_proposals(make_xlsx(rows)).items)
    assert [type(item).__name__ for item in items] == ["Proposal", "RowError", "Proposal"]
    error = items[1]
    assert isinstance(error, RowError)
    assert error.message.startswith("标题和正文都是空的（“案由”和“内容”列没有内容）")
    assert (error.id, error.source.row) == ("002", 3)


def test_missing_title_uses_the_body(make_xlsx: Make) -> None:
    (item,) = _good(read_proposals(make_xlsx([HEADER, ("1", "", "路灯坏了，请修。")])))
    assert (item.title, item.body) == ("", "路灯坏了，请修。")


def test_total_rows_are_noted_not_errors(make_xlsx: Make) -> None:
    source = read_proposals(make_xlsx([HEADER, *ROWS, ("合计", "", "")]))
    assert len(_good(source)) == 3
    assert any("合计行" in note for note in source.notes)


def test_over_long_cell_is_a_row_error(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"案由,内容\n甲,{'长' * 10_000_000}\n乙,丙\n", "utf-8")
    first, second = read_proposals(tmp_path / "a.csv").items
    assert isinstance(first, RowError)
    assert "10000000 个字符" in first.message
    assert isinstance(second, Proposal)


def test_control_characters_are_counted_once_at_the_end(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("案由,内容\n甲\x01\x02,乙\n丙\x03,丁\n", "utf-8")
    source = read_proposals(tmp_path / "a.csv")
    assert [item.title for item in _good(source)] == ["甲", "丙"]
    assert source.notes == ["2 行里共去掉了 3 个看不见的控制字符。"]


def test_rows_wider_than_the_header_are_noted_and_kept(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("案由,内容\n甲,乙,丙\n", "utf-8")
    source = read_proposals(tmp_path / "a.csv")
    assert _good(source)[0].given == {"案由": "甲", "内容": "乙", "列3": "丙"}
    assert any("格数比表头多" in note for note in source.notes)


def test_only_a_header(make_xlsx: Make) -> None:
    with pytest.raises(InputError, match="只有表头（编号、案由、内容）"):
        read_proposals(make_xlsx([HEADER]))


def test_no_usable_column_names_the_heads_and_the_option(make_xlsx: Make) -> None:
    path = make_xlsx([("姓名", "电话", "金额"), ("张三", "138", "5")])
    with pytest.raises(InputError, match="表头有：姓名、电话、金额") as caught:
        read_proposals(path)
    assert "--title" in caught.value.hint
    options = ReadOptions(overrides={"title": "A"})
    assert [item.title for item in _good(read_proposals(path, options))] == ["张三"]


def test_unknown_override(make_xlsx: Make) -> None:
    with pytest.raises(UsageError, match="编号、案由、内容"):
        read_proposals(make_xlsx(), ReadOptions(overrides={"title": "题"}))


def test_useless_sheets_are_noted_beside_useful_ones(make_xlsx: Make) -> None:
    source = read_proposals(make_xlsx(统计=[("单位", "件数"), ("教育局", 3)], 空表=[HEADER]))
    assert len(_good(source)) == 3
    assert any("统计" in note for note in source.notes)
    assert any("空表" in note and "只有表头" in note for note in source.notes)


def test_ids_of_several_sheets_do_not_collide(make_xlsx: Make) -> None:
    rows = [("案由",), ("关于路灯的建议",)]
    source = read_proposals(make_xlsx(rows, 建议=rows))
    assert [item.id for item in _good(source)] == ["提案-提案-r2", "提案-建议-r2"]
    assert source.notes == []


def test_form_in_a_workbook(make_xlsx: Make) -> None:
    rows = [("提案登记表",), ("案由", "关于路灯的建议"), ("提案人", "张三"), ("内容", LONG)]
    (item,) = _good(read_proposals(make_xlsx(rows)))
    assert (item.title, item.given["提案人"]) == ("关于路灯的建议", "张三")
    assert LONG in item.body


def test_jsonl_keeps_other_keys(tmp_path: Path) -> None:
    row = {"id": "7", "title": "关于路灯的建议", "body": "坏了", "lead": "housing", "n": 3}
    (tmp_path / "a.jsonl").write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    (item,) = _good(read_proposals(tmp_path / "a.jsonl"))
    assert (item.id, item.title, item.body) == ("7", "关于路灯的建议", "坏了")
    assert item.given["lead"] == "housing"
    assert item.given["n"] == "3"


def test_bad_json_line_keeps_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"title": "甲"}\n{bad\n{"title": "乙"}\n', "utf-8")
    items = list(read_proposals(tmp_path / "a.jsonl").items)
    assert [item.source.row for item in items if isinstance(item, RowError)] == [2]
    assert [item.title for item in items if isinstance(item, Proposal)] == ["甲", "乙"]


def test_encoding_option(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("標題,內容\n關於路燈的建議,壞了\n".encode("big5"))
    source = read_proposals(tmp_path / "a.csv", ReadOptions({"title": "1"}, encoding="big5"))
    assert _good(source)[0].title == "關於路燈的建議"


def test_docx_is_one_proposal(make_docx: Make) -> None:
    (item,) = _good(read_proposals(make_docx("提案编号：8", "关于路灯的建议", LONG)))
    assert (item.id, item.title, item.body) == ("8", "关于路灯的建议", LONG)


def test_docx_with_a_list_in_a_table(make_docx: Make) -> None:
    path = make_docx("提案目录", [["案号", "案由"], ["1", "关于路灯的建议"], ["2", "关于公园"]])
    assert [item.id for item in _good(read_proposals(path))] == ["1", "2"]


def test_docx_with_a_table_of_figures_stays_one(make_docx: Make) -> None:
    path = make_docx("关于路灯的建议", LONG, [["名称", "数量"], ["路灯", "80"], ["灯杆", "75"]])
    (item,) = _good(read_proposals(path))
    assert "灯杆\t75" in item.body


def test_docx_that_lists_titles(make_docx: Make) -> None:
    titles = [f"{n}. 关于第{n}条路路灯的建议" for n in range(1, 6)]
    source = read_proposals(make_docx("提案目录", *titles))
    assert [item.title for item in _good(source)] == [title[3:] for title in titles]
    assert any("另有 1 行不像标题" in note for note in source.notes)


def test_text_table_saved_as_txt(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("编号\t案由\n1\t关于路灯的建议\n", "utf-16")
    assert [item.title for item in _good(read_proposals(tmp_path / "a.txt"))] == ["关于路灯的建议"]


def test_html_list(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html><table><tr><th>编号<th>案由<tr><td>1<td>关于路灯的建议</table></html>", "utf-8"
    )
    assert [item.id for item in _good(read_proposals(tmp_path / "a.html"))] == ["1"]


def test_folder(make_xlsx: Make, make_docx: Make, tmp_path: Path) -> None:
    make_xlsx(name="b.xlsx")
    make_docx("关于路灯的建议", LONG, name="a.docx")
    (tmp_path / "子").mkdir()
    (tmp_path / "子" / "c.csv").write_bytes("案由\n关于公园的建议\n".encode("gbk"))
    (tmp_path / "d.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "e.doc").write_bytes(ole_container("WordDocument"))
    (tmp_path / "~$b.xlsx").write_bytes(b"lock")
    (tmp_path / ".hidden.csv").write_bytes(b"x")
    source = read_proposals(tmp_path)
    assert source.files == ("a.docx", "b.xlsx", "d.png", "e.doc", "子/c.csv")
    items = list(source.items)
    assert [item.source.file for item in items] == [
        *("a.docx", "b.xlsx", "b.xlsx", "b.xlsx", "d.png", "e.doc", "子/c.csv")
    ]
    errors = [item for item in items if isinstance(item, RowError)]
    assert [item.id for item in errors] == ["d", "e"]
    assert "另存为 docx" in errors[1].message
    assert items[-1].id == "c-r2"
    assert any("2 个隐藏文件、锁文件或链接" in note for note in source.notes)


def test_folder_with_a_symlink_loop(make_xlsx: Make, tmp_path: Path) -> None:
    make_xlsx(name="a.xlsx")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "a.xlsx")
    source = read_proposals(tmp_path)
    assert len(_good(source)) == 3
    assert any("link.xlsx" in note and "loop" in note for note in source.notes)


def test_folder_without_files(tmp_path: Path) -> None:
    (tmp_path / ".hidden").touch()
    with pytest.raises(InputError, match="没有可读的文件"):
        read_proposals(tmp_path)


def test_folder_describes_equal_columns_once(make_xlsx: Make, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        make_xlsx(name=name)
    (tmp_path / "c.csv").write_text("标题\n关于公园的建议\n", "utf-8")
    source = read_proposals(tmp_path)
    assert len(_good(source)) == 7
    assert source.columns[0] == "a.xlsx 表“提案” 等 2 个表："
    assert len(source.columns) == 6


def test_one_odd_file_does_not_stop_a_folder(
    make_xlsx: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_xlsx(name="b.xlsx")
    (tmp_path / "a.txt").write_text("x")

    def explode(*_: object, **__: object) -> None:
        raise ValueError("boom")

    monkeypatch.setattr("nlp.io.reader.read_document", explode)
    items = list(read_proposals(tmp_path).items)
    assert isinstance(items[0], RowError)
    assert "a.txt" in items[0].message
    assert len(items) == 4


def test_missing_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="找不到文件"):
        read_proposals(tmp_path / "无.csv")


def test_stdin_one_proposal() -> None:
    (item,) = _good(_stdin("关于路灯的建议\n路灯坏了。\n请修。\n"))
    assert (item.id, item.title, item.body) == ("r1", "关于路灯的建议", "路灯坏了。\n请修。")


def test_stdin_long_first_line_is_body() -> None:
    (item,) = _good(_stdin(LONG * 2))
    assert (item.title, item.body) == ("", LONG * 2)


def test_stdin_jsonl_and_its_bad_lines() -> None:
    items = list(_stdin('\n{"id": "1", "title": "关于路灯的建议"}\nbad\n').items)
    assert [(type(item).__name__, item.id) for item in items] == [
        ("Proposal", "1"),
        ("RowError", "r3"),
    ]


def test_stdin_in_gbk() -> None:
    assert _good(_stdin("关于路灯的建议".encode("gbk")))[0].title == "关于路灯的建议"


@pytest.mark.parametrize("data", [b"", b" \n\n"])
def test_empty_stdin(data: bytes) -> None:
    with pytest.raises(InputError, match="标准输入里没有内容"):
        _stdin(data)


def test_binary_stdin() -> None:
    with pytest.raises(InputError, match="标准输入"):
        _stdin(b"PK\x03\x04" + b"\0\x01" * 500)
