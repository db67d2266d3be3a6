"""Options with impossible values, models that are not whole, outputs that can't be written."""

from __future__ import annotations

import shutil

import pytest


@pytest.mark.parametrize("value", ["0", "0.49", "1", "95", "-1", "nan", "inf", "abc", "95%"])
def test_impossible_precision(classify, table, value):
    assert "--precision" in classify(table, "--precision", value).refused(2)


@pytest.mark.parametrize("value", ["0.5", "0.999"])
def test_possible_precision(classify, table, value):
    assert classify(table, "--precision", value).code == 3


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--title", "不存在"),
        ("--title", "Z"),
        ("--title", "0"),
        ("--body", "内容+不存在"),
        ("--id", "99"),
        ("--encoding", "没有"),
    ],
)
def test_columns_and_encodings_that_are_not_there(classify, table, option, value):
    said = classify(table, option, value).refused(2)
    assert value in said


def test_columns_by_name_letter_and_number(classify, table):
    for column in ("案由", "B", "2"):
        assert classify(table, "--title", column).records[0]["title"] == "关于增建公办幼儿园的建议"


BROKEN = {
    "括号": "place: 甲\nunits: [",
    "字段": "x: 1",
    "空": "",
    "引用": "a: &a [*a]",
    "命令": '!!python/object/apply:os.system ["false"]',
    "列表": "- 1\n- 2",
}


@pytest.mark.parametrize("option", ["--place", "--functions"])
@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_broken_yaml(classify, table, tmp_path, option, text):
    path = tmp_path / "坏.yaml"
    path.write_text(text, encoding="utf-8")
    assert "坏.yaml" in classify(table, option, path).refused()


@pytest.mark.parametrize("option", ["--place", "--functions"])
def test_yaml_that_is_no_text_or_not_there(classify, table, tmp_path, option):
    path = tmp_path / "图.yaml"
    path.write_bytes(b"\xff\xfe\x00" * 50)
    assert classify(table, option, path).refused()
    ran = classify(table, option, "没有这个地方")
    assert "没有这个地方" in ran.refused(ran.code)
    assert ran.code in (1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "标题,正文\n关于修路的建议,x\n",
        "标题,主办单位\n关于修路的建议,火星局\n",
        "",
        "标题,主办单位\n",
    ],
)
def test_precedents_without_a_known_unit(classify, table, tmp_path, text):
    path = tmp_path / "先例.csv"
    path.write_text(text, encoding="utf-8")
    assert "先例.csv" in classify(table, "--precedents", path).refused()


def test_models_that_are_missing_or_not_whole(fenban, table, tmp_path, small_model):
    heads = tmp_path / "改一字节" / "heads.safetensors"
    for name in ("改一字节", "外来文件", "缺文件", "坏清单"):
        shutil.copytree(small_model, tmp_path / name)
    data = bytearray(heads.read_bytes())
    data[-1] ^= 1
    heads.write_bytes(data)
    (tmp_path / "外来文件" / "x.pkl").write_bytes(b"x")
    (tmp_path / "缺文件" / "labels.json").unlink()
    (tmp_path / "坏清单" / "manifest.json").write_text("{", encoding="utf-8")
    for name in ("改一字节", "外来文件", "缺文件", "坏清单", "没有", "提案.csv", "."):
        said = fenban("classify", table, "--model", tmp_path / name).refused()
        assert fenban("inspect", tmp_path / name).refused() == said


@pytest.mark.parametrize("name", ["果.doc", "果.xlsx.bak"])
def test_endings_that_can_not_be_written(classify, table, tmp_path, name):
    said = classify(table, "--out", tmp_path / name).refused(2)
    assert ".xlsx、.csv、.jsonl" in said
    assert not (tmp_path / name).exists()


def test_outputs_that_can_not_be_made(classify, table, tmp_path):
    assert "建不了文件夹" in classify(table, "--out", table / "果.csv").refused()
    assert "文件名太长" in classify(table, "--out", tmp_path / f"{'长' * 200}.csv").refused()


@pytest.mark.parametrize("name", ["提案.csv", "../{}/提案.csv", "链接.csv"])
def test_the_input_is_never_the_output(classify, table, tmp_path, name):
    (tmp_path / "链接.csv").symlink_to(table)
    before = table.read_bytes()
    said = classify(table, "--out", tmp_path / name.format(tmp_path.name)).refused(2)
    assert "就是输入文件" in said
    assert table.read_bytes() == before


def test_an_output_inside_the_input_folder_is_not_read_again(classify, table, tmp_path):
    out = tmp_path / "结果.csv"
    first = classify(tmp_path, "--out", out)
    written = out.read_bytes()
    again = classify(tmp_path, "--out", out)
    assert "共 4 件" in first.err
    assert "共 4 件" in again.err
    assert "没有读“结果.csv”" in again.err
    assert out.read_bytes() == written


def test_a_failed_run_leaves_the_earlier_result(classify, table, tmp_path, monkeypatch):
    from nlp.classify.router import Router

    out = tmp_path / "果.csv"
    classify(table, "--out", out)
    before = out.read_bytes()

    def broken(*_):
        raise MemoryError("满了")

    monkeypatch.setattr(Router, "classify", broken)
    ran = classify(table, "--out", out)
    assert (ran.code, "内部出错" in ran.err, "Traceback" in ran.err) == (1, True, False)
    monkeypatch.undo()
    assert out.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["提案.csv", "果.csv"]
