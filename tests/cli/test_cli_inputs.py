"""Inputs that can't be used: one Chinese line, exit code 1; in a folder, only their own row."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "io"))
from office_samples import HEADER, ROWS, ole_container


def xlsx(*rows: tuple[str, ...]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def encrypted() -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    data = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx(HEADER, *ROWS))).encrypt("123", data)
    return data.getvalue()


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(30_000_000))
    return data.getvalue()


def scanned() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    data = io.BytesIO()
    canvas = Canvas(data)
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.save()
    return data.getvalue()


BAD = {
    "空.csv": (lambda: b"", "空文件"),
    "空.xlsx": (lambda: b"", "空文件"),
    "空白.txt": (lambda: b"  \n \n", "没有文字"),
    "表头.csv": (lambda: ",".join(HEADER).encode(), "只有表头"),
    "表头.xlsx": (lambda: xlsx(HEADER), "只有表头"),
    "无列.csv": (lambda: "甲,乙\n1,2\n3,4\n".encode(), "认不出标题列"),
    "半个.xlsx": (lambda: xlsx(HEADER, *ROWS)[:2000], "没有传完整"),
    "密码.xlsx": (encrypted, "打开密码"),
    "炸弹.xlsx": (bomb, "压缩炸弹"),
    "其实是doc.docx": (lambda: ole_container("WordDocument"), "旧版 Word"),
    "旧.doc": (lambda: ole_container("WordDocument"), "旧版 Word"),
    "扫描.pdf": (scanned, "扫描件"),
    "断.pdf": (lambda: scanned()[:150], "不是完好的 PDF"),
    "乱码.txt": (lambda: bytes(range(256)) * 20, "不是文本文件"),
    "坏.csv": (lambda: "编号,案由,关于修路".encode() + b"\xff\x80", "损坏"),
    "无标记.csv": (lambda: "编号,案由\n".encode("utf-16-le"), "UTF-16"),
    "程序.exe": (lambda: b"MZ\0\0", "不支持"),
    "图.png": (lambda: b"\x89PNG\r\n", "图片"),
    "深.json": (lambda: b"[" * 90_000, "套得太深"),
    "空行.jsonl": (lambda: b"\n\n", "没有一行是 JSON 对象"),
}


@pytest.mark.parametrize("name", BAD)
def test_one_bad_file(classify, fenban, tmp_path, name):
    make, words = BAD[name]
    path = tmp_path / name
    path.write_bytes(make())
    out = tmp_path / "果.xlsx"
    said = classify(path, "--out", out).refused()
    assert words in said
    assert name in said
    assert not out.exists()
    assert fenban("check", path).refused() == said


def test_a_folder_of_bad_and_good_files_loses_nothing(classify, tmp_path):
    folder = tmp_path / "混"
    folder.mkdir()
    for name, (make, _) in BAD.items():
        (folder / name).write_bytes(make())
    (folder / "好.xlsx").write_bytes(xlsx(HEADER, *ROWS))
    (folder / "信.txt").write_text("关于修路的建议\n路坏了。", encoding="utf-8")
    ran = classify(folder)
    assert ran.code == 3
    failed = [record for record in ran.records if record["error"]]
    assert len(failed) == len(BAD)
    good = [record["id"] for record in ran.records if not record["error"]]
    assert sorted(good) == ["001", "002", "003", "信"]
    assert not ran.unforeseen


def test_links_in_a_circle(classify, tmp_path):
    folder = tmp_path / "环"
    folder.mkdir()
    (folder / "自己").symlink_to(folder)
    (folder / "甲").symlink_to("乙")
    (folder / "乙").symlink_to("甲")
    (folder / "信.txt").write_text("关于修路的建议\n路坏了。", encoding="utf-8")
    assert [record["id"] for record in classify(folder).records] == ["信"]
    assert "绕成了圈" in classify(folder / "甲").refused()


def test_a_pipe_is_not_waited_for(classify, tmp_path):
    os.mkfifo(tmp_path / "管.csv")
    assert "不是普通文件" in classify(tmp_path / "管.csv").refused()


def test_empty_folder(classify, tmp_path):
    assert "没有可读的文件" in classify(tmp_path).refused()


@pytest.mark.parametrize("command", ["classify", "check"])
def test_an_empty_name_is_not_the_current_folder(fenban, command):
    assert "文件名是空的" in fenban(command, "").refused(2)


@pytest.mark.parametrize("command", ["classify", "check", "evaluate", "inspect", "train"])
@pytest.mark.parametrize("name", ["没有.csv", "关于修路的建议" * 30])
def test_missing_files_and_texts_given_as_names(fenban, command, name):
    assert fenban(command, name).refused()


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_are_told_apart(classify, tmp_path, encoding):
    path = tmp_path / "表.csv"
    text = "\n".join(",".join(row) for row in (HEADER, *ROWS))
    path.write_bytes(text.encode(encoding))
    assert [record["title"] for record in classify(path).records] == [row[1] for row in ROWS]


def test_a_huge_cell_costs_only_its_row(classify, tmp_path):
    path = tmp_path / "大.csv"
    path.write_text(f"编号,案由,内容\n1,关于甲的建议,{'好' * 1_000_001}\n2,关于乙的建议,x\n")
    records = classify(path).records
    assert "1000001 个字符" in records[0]["error"]
    assert [record["id"] for record in records] == ["1", "2"]
    assert records[1]["error"] is None


def test_control_characters_are_counted(classify, tmp_path):
    path = tmp_path / "控.csv"
    path.write_bytes("编号,案由\n1,关于\x00修\x07路\x1b的建议\n".encode())
    ran = classify(path)
    assert ran.records[0]["title"] == "关于修路的建议"
    assert "去掉了 3 个看不见的控制字符" in ran.err


def test_repeated_ids_are_kept_and_told(classify, tmp_path):
    path = tmp_path / "重.csv"
    path.write_text("编号,案由\n1,关于甲的建议\n1,关于乙的建议\n", encoding="utf-8")
    ran = classify(path)
    assert [record["id"] for record in ran.records] == ["1", "1"]
    assert "编号重复" in ran.err
