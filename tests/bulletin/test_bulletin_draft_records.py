"""A year's records out of sheets and files: columns, joining, contradictions, bad input."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.bulletin.draft.columns import user_columns
from nlp.bulletin.draft.records import Records, read_records
from nlp.bulletin.draft.status import Status
from nlp.bulletin.draft.words import words
from nlp.errors import InputError, UsageError
from nlp.io.write import Sheet, write_workbook
from nlp.outcomes import load_outcomes

STATUS = Status(words(), load_outcomes())
A, B, C = "关于修复北渡石桥的提案", "关于增设晨光路公交站的建议", "关于治理青螺湖水葫芦的提案"
ROUTED = ("编号", "标题", "主题", "主题把握", "主办单位", "把握", "会办单位", "处理建议", "理由")
DIGESTED = ("编号", "标题", "摘要", "办理结果", "把握", "依据")


def book(path: Path, *sheets: tuple[str, tuple[str, ...], list[tuple[str, ...]]]) -> Path:
    write_workbook(path, [Sheet(name, head, rows) for name, head, rows in sheets])
    return path


def read(*paths: Path, **columns: str) -> Records:
    return read_records(paths, STATUS, columns)


def cells(records: Records, role: str) -> list[str]:
    return [record.cell(role) for record in records.records]


def about(records: Records) -> list[tuple[str, str]]:
    return [(doubt.key, doubt.about) for doubt in records.doubts]


def test_results_and_digests_are_joined_by_number(tmp_path):
    year = book(
        tmp_path / "year.xlsx",
        ("结果", (*ROUTED, "立案情况", "承办单位"), [
            ("001", A, "民生福祉", "99%", "财政局", "50%", "", "请人工复核", "", "立案", "交通局"),
            ("2", B, "民生福祉", "99%", "财政局", "50%", "", "请人工复核", "", "立案", ""),
        ]),
        ("待复核", ("编号", "标题", "建议主题", "确认主题", "建议主办单位"), [
            ("001", A, "民生福祉", "生态环境", "财政局"),
            ("2", B, "民生福祉", "民生福祉", "财政局"),
        ]),
        ("说明", ("项目", "内容"), [("输入", "x")]),
    )  # fmt: skip
    replies = book(
        tmp_path / "replies.xlsx",
        ("摘要", DIGESTED, [
            ("1", A, "修好了", "已解决或基本解决", "90%", ""),
            ("002", "", "已列入", "列入计划逐步解决", "", ""),
        ]),
        ("待核", ("编号", "标题", "摘要", "办理结果", "确认结果", "把握", "依据"), [
            ("1", A, "修好了", "已解决或基本解决", "列入计划逐步解决", "90%", ""),
        ]),
    )  # fmt: skip
    got = read(year, replies)
    assert cells(got, "outcome") == ["列入计划逐步解决", "列入计划逐步解决"]
    assert cells(got, "topic") == ["生态环境", "民生福祉"]
    assert cells(got, "digest") == ["修好了", "已列入"]
    assert cells(got, "lead") == ["交通局", ""], "what the model suggests is no decision"
    assert [record.modelled for record in got.records] == [set(), {"topic", "outcome"}]
    assert about(got) == []
    assert not got.notes


def test_numbers_made_up_from_rows_join_nothing(tmp_path):
    year = book(tmp_path / "a.xlsx", ("结果", ROUTED, [("r2", A, "", "", "", "", "", "", "")]))
    other = book(tmp_path / "b.xlsx", ("摘要", DIGESTED, [("r2", B, "摘", "A", "", "")]))
    got = read(year, other)
    assert [record.key for record in got.records] == ["第2行"]
    assert about(got) == [("", "登记表里没有")]
    assert cells(got, "digest") == [""]


def test_the_same_number_twice(tmp_path):
    year = book(
        tmp_path / "a.xlsx",
        ("登记", ("编号", "案由", "立案情况", "会办单位"), [
            ("5", A, "立案", "财政局"),
            ("5", A, "不予立案", "水利局"),
            ("5", C, "立案", ""),
        ]),
    )  # fmt: skip
    got = read(year)
    assert [(record.key, record.title) for record in got.records] == [("5", A), ("5（第4行）", C)]
    assert cells(got, "filing")[0] == "立案"
    assert cells(got, "co")[0] == "财政局、水利局"
    assert about(got) == [("5", "编号重复"), ("5", "立案情况不一致"), ("5", "编号重复")]


def test_sheets_of_the_register_add_up_but_other_files_do_not(tmp_path):
    year = book(
        tmp_path / "a.xlsx",
        ("委员", ("编号", "案由"), [("1", A), ("2", B)]),
        ("集体", ("编号", "案由"), [("1", C), ("3", A)]),
    )
    other = book(
        tmp_path / "b.xlsx", ("答复", ("编号", "案由", "办理结果"), [("9", "别的事", "A")])
    )
    got = read(year, other)
    assert [record.title for record in got.records] == [A, B, C, A]
    assert about(got) == [("1", "编号重复"), ("9", "登记表里没有")]


def test_an_office_word_beats_a_model_and_both_are_listed(tmp_path):
    year = book(tmp_path / "a.xlsx", ("登记", ("编号", "案由"), [("1", A)]))
    model = book(
        tmp_path / "b.xlsx", ("摘要", DIGESTED, [("1", A, "摘", "列入计划逐步解决", "", "")])
    )
    office = book(tmp_path / "c.xlsx", ("办理", ("编号", "办理结果"), [("1", "A")]))
    for order in ((model, office), (office, model)):
        got = read(year, *order)
        assert cells(got, "outcome") == ["A"]
        assert got.records[0].modelled == set()
        assert about(got) == [("1", "办理结果不一致")]


def test_words_of_one_class_do_not_contradict(tmp_path):
    year = book(tmp_path / "a.xlsx", ("登记", ("编号", "案由", "办理结果"), [("1", A, "A")]))
    other = book(
        tmp_path / "b.xlsx", ("摘要", DIGESTED, [("1", A, "摘", "已解决或基本解决", "", "")])
    )
    assert about(read(year, other)) == []


def test_heads_that_may_mean_several_are_told_by_their_cells(tmp_path):
    year = book(
        tmp_path / "a.xlsx",
        ("登记", ("案号", "提案名称", "类别", "类型", "状态", "办理情况", "建议主办单位"), [
            ("1", A, "交通运输", "委员提案", "办理中", "A", "财政局"),
            ("2", B, "交通运输", "集体提案", "已办结", "B", "财政局"),
        ]),
    )  # fmt: skip
    got = read(year)
    assert cells(got, "topic") == ["交通运输"] * 2
    assert cells(got, "source") == ["委员提案", "集体提案"]
    assert cells(got, "state") == ["办理中", "已办结"]
    assert cells(got, "outcome") == ["A", "B"]
    assert not got.has("lead")
    assert not got.has("filing")
    assert "办理结果 ← “办理情况”（列名）" in got.columns[0]


def test_long_texts_are_no_status(tmp_path):
    text = "经研究，我局已会同有关部门完成了北渡石桥的加固修复工作，并于六月通车。"
    year = book(tmp_path / "a.xlsx", ("登记", ("编号", "案由", "办理结果"), [("1", A, text)]))
    got = read(year)
    assert not got.has("outcome")
    assert any("“办理结果”列是长文字" in note for note in got.notes)
    assert got.records[0].given["办理结果"] == text


def test_the_user_names_a_column(tmp_path):
    year = book(tmp_path / "a.xlsx", ("登记", ("编号", "案由", "落实程度"), [("1", A, "A")]))
    given = user_columns(["办理结果＝落实程度"])
    assert cells(read_records([year], STATUS, given), "outcome") == ["A"]
    with pytest.raises(InputError, match="找不到“没有的”这一列"):
        read(year, outcome="没有的")
    with pytest.raises(UsageError, match="看不懂"):
        user_columns(["结局=落实程度"])


def test_totals_are_skipped_and_rows_without_a_title_kept(tmp_path):
    year = book(
        tmp_path / "a.xlsx",
        (
            "登记",
            ("编号", "案由", "立案情况"),
            [("1", A, "立案"), ("2", "", "立案"), ("合计", "2件", "")],
        ),
    )
    got = read(year)
    assert [record.key for record in got.records] == ["1", "2"]
    assert "跳过了 1 个合计行。" in got.notes


@pytest.mark.parametrize(
    ("head", "rows", "said"),
    [
        (("姓名", "电话"), [("甲", "1")], "没有可用的表：要有编号列或标题（案由）列"),
        (("编号", "案由"), [], "没有可用的表"),
        (("编号", "案由", "备注"), [("", "", "x")], "没有一行提案"),
    ],
)
def test_unusable_registers(tmp_path, head, rows, said):
    year = book(tmp_path / "a.xlsx", ("登记", head, rows))
    with pytest.raises(InputError, match=said):
        read(year)


def test_rows_with_neither_number_nor_title_are_listed(tmp_path):
    rows = [("1", A, "立案"), ("", "", "立案"), ("", " ", ""), ("3", C, "立案")]
    got = read(book(tmp_path / "a.xlsx", ("登记", ("编号", "案由", "立案情况"), rows)))
    assert ([record.key for record in got.records], got.failed) == (["1", "3"], 1)
    (doubt,) = got.doubts
    assert (doubt.about, doubt.found, doubt.done) == ("没有编号也没有标题", "立案", "没有计入")
    assert "第3行" in doubt.where


def test_folders_and_documents_are_no_registers(tmp_path):
    import docx

    with pytest.raises(InputError, match="是文件夹") as caught:
        read(tmp_path)
    assert "标准输入" not in caught.value.hint
    docx.Document().save(str(tmp_path / "通报.docx"))
    with pytest.raises(InputError, match="不是表格") as caught:
        read(tmp_path / "通报.docx")
    assert "另存为 xlsx" in caught.value.hint


def test_a_missing_file(tmp_path):
    with pytest.raises(InputError, match="找不到文件"):
        read(tmp_path / "没有.xlsx")
