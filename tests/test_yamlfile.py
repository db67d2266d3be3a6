"""The YAML reader keeps texts as texts, tells lines, and survives hostile files."""

from pathlib import Path

import pytest

from nlp.errors import DataError, InputError
from nlp.yamlfile import MAX_BYTES, did_you_mean, read_yaml


@pytest.fixture
def write(tmp_path: Path):
    def _write(text: str | bytes) -> Path:
        path = tmp_path / "甲.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return _write


def test_scalars_stay_text(write):
    node, audit = read_yaml(write("words: [12345, no, 1.50, 2024-01-01, '']\nnone:\n"))
    assert node.plain() == {"words": ["12345", "no", "1.50", "2024-01-01", ""], "none": ""}
    assert audit.faults == ()


def test_every_value_knows_its_line(write):
    node, _ = read_yaml(
        write("# 注释\nunits:\n  - name: 甲\n    functions:\n      - water\n      - x\n")
    )
    assert node.at("units").line == 2
    assert node.at("units", 0, "functions").line == 4
    assert node.at("units", 0, "functions", 1).line == 6
    with pytest.raises(LookupError):
        node.at("units", 7)
    with pytest.raises(LookupError):
        node.at("units", "name")


def test_bom_and_windows_line_ends(write):
    node, _ = read_yaml(write("\ufeffplace: 甲\r\nlevel: county\r\n"))
    assert node.plain() == {"place": "甲", "level": "county"}


def test_empty_file_is_empty_text(write):
    assert read_yaml(write("# 只有注释\n"))[0].plain() == ""


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "“a”写了两次（前一次在第1行）"),
        ("a: 1\n---\nb: 2\n", 2, "只能有一份内容"),
        ("? [1, 2]\n: 3\n", 1, "冒号前应是一段文字"),
    ],
)
def test_faults_of_reading_are_collected(write, text, line, said):
    _, audit = read_yaml(write(text))
    assert audit.faults[0].startswith(f"第{line}行：")
    assert said in audit.faults[0]
    with pytest.raises(DataError):
        audit.finish("")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: [1, 2\n", 3, "文件在此处中断"),
        ("a: 1\n\tb: 2\n", 2, "Tab"),
        ("a：1\nb: 2\n", 1, "中文“：”"),
        ("a: b: c\n", 1, "YAML 写法有误"),
        ("a: 1\nb: \x01\n", 2, "YAML 写法有误"),
        ("a: &x [1]\nb: *x\n", 2, "不支持 YAML 引用"),
        ("[" * 200_000, 1, "嵌套超过"),
        ("- " * 200_000 + "a", 1, "嵌套超过"),
    ],
)
def test_unusable_files_are_one_error_with_a_line(write, text, line, said):
    with pytest.raises(DataError) as caught:
        read_yaml(write(text))
    assert len(caught.value.faults) == 1
    assert caught.value.faults[0].startswith(f"第{line}行：")
    assert said in caught.value.faults[0]
    assert caught.value.hint


def test_tags_never_run_code(write):
    node, _ = read_yaml(write("a: !!python/object/apply:os.system ['echo']\n"))
    assert node.plain() == {"a": ["echo"]}


def test_gbk_file_names_the_line(write):
    with pytest.raises(DataError, match="UTF-8") as caught:
        read_yaml(write("a: 1\nplace: 泽州县\n".encode("gb18030")))
    assert caught.value.faults[0].startswith("第2行：")


def test_size_limit(write):
    with pytest.raises(DataError, match="上限 5 MB"):
        read_yaml(write(b"#" * (MAX_BYTES + 1)))


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(InputError, match="文件不存在"):
        read_yaml(tmp_path / "无.yaml")
    with pytest.raises(InputError, match="这是文件夹"):
        read_yaml(tmp_path)


def test_did_you_mean():
    assert did_you_mean("watter", ["water", "health"]) == "（是否 water？）"
    assert did_you_mean("xyz", ["water", "health"]) == ""
