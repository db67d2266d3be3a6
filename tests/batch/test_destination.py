"""Where results go, and what is refused before any work is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.batch.destination import Destination
from nlp.errors import InputError, UsageError


def checked(out: Path, source: Path | str = "-") -> Destination:
    found = Destination.of(out)
    found.check(str(source))
    return found


@pytest.fixture
def source(tmp_path) -> Path:
    path = tmp_path / "提案.csv"
    path.write_text("x")
    return path


def test_a_file_or_a_folder(tmp_path):
    (tmp_path / "夹.csv").mkdir()
    for name, by_file in (("果.xlsx", False), ("果.CSV", False), ("果", True), ("夹.csv", True)):
        assert Destination.of(tmp_path / name) == Destination(tmp_path / name, by_file)
    for name in ("果.doc", "果.xlsx.bak", "果.json"):
        with pytest.raises(UsageError, match="不会写"):
            Destination.of(tmp_path / name)


def test_the_journal_stands_beside_the_output_hidden(tmp_path):
    assert Destination.of(tmp_path / "果.csv").journal == tmp_path / ".果.csv.journal"
    assert Destination.of(tmp_path / "果").journal == tmp_path / "果" / ".fenban.journal"


def test_which_forms_show_the_rows_own_cells(tmp_path):
    shown = [name for name in ("a.xlsx", "a.CSV", "a.jsonl", "a.parquet", "夹")
             if Destination.of(tmp_path / name).cells]  # fmt: skip
    assert shown == ["a.xlsx", "a.CSV", "夹"]


def test_checking_makes_the_folder_and_nothing_else(tmp_path):
    checked(tmp_path / "新" / "果.xlsx")
    assert list((tmp_path / "新").iterdir()) == []
    checked(tmp_path / "夹")
    assert list((tmp_path / "夹").iterdir()) == []


def test_an_input_is_never_overwritten(source, tmp_path):
    with pytest.raises(UsageError, match="就是输入文件"):
        checked(source, source)
    with pytest.raises(UsageError, match="就是输入文件"):
        checked(tmp_path, source)  # its results would have its own name
    (tmp_path / "链接").mkdir()
    (tmp_path / "链接" / "提案.csv").symlink_to(source)
    with pytest.raises(UsageError, match="就是输入文件"):
        checked(tmp_path / "链接", source)
    other = source.rename(tmp_path / "提案.xls")
    checked(tmp_path, other)  # 提案.xls.xlsx is another file


def test_a_folder_within_the_input_or_the_other_way_round(tmp_path, source):
    for out in (tmp_path, tmp_path / "果", tmp_path / "甲" / "果"):
        with pytest.raises(UsageError, match="在输入文件夹里面"):
            checked(out, tmp_path)
    inner = tmp_path / "收文"
    inner.mkdir()
    (inner / "a.csv").write_text("x")
    checked(tmp_path, inner)
    (inner / "收文").mkdir()  # 收文/收文/a.csv would be written to 收文/a.csv
    with pytest.raises(UsageError, match="在输入文件夹里面"):
        checked(tmp_path, inner)


def test_what_can_not_be_written(source):
    with pytest.raises(InputError, match="建不了文件夹"):
        checked(source / "果.csv")
    with pytest.raises(InputError, match="建不了文件夹"):
        checked(source / "夹")
    assert source.read_text() == "x"


def test_one_target_or_one_for_every_input(tmp_path):
    assert Destination.of(tmp_path / "果.csv").targets(["a", "b"]) == {tmp_path / "果.csv": None}
    files = ["甲.xls", "子/乙.jsonl", "甲.xls.xlsx", "信.DOCX", "丙.CSV", "标准输入"]
    found = Destination.of(tmp_path).targets(files)
    assert {path.relative_to(tmp_path).as_posix(): file for path, file in found.items()} == {
        "甲.xls.xlsx": "甲.xls.xlsx",
        "甲.xls.xlsx.xlsx": "甲.xls",
        "子/乙.jsonl": "子/乙.jsonl",
        "信.DOCX.xlsx": "信.DOCX",
        "丙.CSV": "丙.CSV",
        "标准输入.xlsx": "标准输入",
    }


def test_what_a_killed_run_left_is_swept_and_nothing_else(tmp_path):
    names = ["[果].csv", ".[果].csv.ab12.tmp", ".果.csv.ab12.tmp", ".[果].csv.journal", "x.tmp"]
    for name in names:
        (tmp_path / name).touch()
    found = Destination.of(tmp_path / "[果].csv")
    found.sweep(found.path)
    assert {path.name for path in tmp_path.iterdir()} == set(names) - {names[1]}


def test_a_warning_of_more_rows_than_a_sheet_holds(tmp_path):
    book, table = Destination.of(tmp_path / "果.XLSX"), Destination.of(tmp_path / "果.csv")
    assert [book.doubt(rows) for rows in (None, 0, 1_048_576)] == [""] * 3
    assert "果.csv" in book.doubt(1_048_577)
    assert table.doubt(2_000_000) == ""
    assert Destination.of(tmp_path / "夹").doubt(2_000_000) == ""
