from __future__ import annotations

import re

import pytest

from nlp.errors import DataError, InputError
from nlp.evaluate.gold.lines import is_contract, read_lines


@pytest.fixture
def write(tmp_path):
    def file(*lines, name="gold.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return file


def test_rows_know_their_lines(write, tmp_path):
    files = [
        write('{"title": "甲"}', "", '{"title": "乙"}'),
        write('{"title": "丙"}', name="b/c.jsonl"),
    ]
    gold = read_lines(files, tmp_path)
    assert [row.title for row in gold.rows] == ["甲", "乙", "丙"]
    assert gold.where == ("gold.jsonl 第1行", "gold.jsonl 第3行", "b/c.jsonl 第1行")
    assert read_lines(files[:1], files[0]).where == gold.where[:2]


def test_faults_of_all_files_are_told_with_a_way_on(write, tmp_path):
    files = [
        write('{"title": 3}', '{"title": "好"}', '{"title": "好", "topics": {}}'),
        write('{"title"', name="b/c.jsonl"),
    ]
    with pytest.raises(DataError) as caught:
        read_lines(files, tmp_path)
    assert caught.value.faults == (
        "gold.jsonl 第1行：title 和 body 应为文字",
        "gold.jsonl 第3行：topics 应为文字的列表",
        "b/c.jsonl 第1行：不是完整的 JSON（第9列）",
    )
    assert "删掉" in caught.value.hint


def test_every_faulty_row_is_named_where_not_all_faults_are_shown(write):
    file = write('{"title": "好"}', *['{"title": ""}'] * 12)
    with pytest.raises(DataError) as caught:
        read_lines([file], file)
    assert "另有 2 处" in caught.value.message
    numbers = "、".join(map(str, range(2, 14)))
    assert caught.value.hint.endswith(f"有错的行：第{numbers}行。")


def test_marks_for_nothing_are_counted_with_their_lines(write):
    file = write(
        '{"title": "甲", "topics": ["nan"], "lead": NaN}',
        '{"title": "乙", "topics": null, "co": []}',
        '{"title": "丙", "lead": "无", "co": ["-"]}',
    )
    gold = read_lines([file], file)
    assert [(row.topics, row.lead, row.co) for row in gold.rows] == [
        ((), None, None),
        (None, None, ()),
        (None, None, ()),
    ]
    assert [re.sub(" 写着.*计", "", note) for note in gold.notes] == [
        "有 1 行的 topics（gold.jsonl 第1行）。",
        "有 2 行的 lead（gold.jsonl 第1、3行）。",
        "有 1 行的 co（gold.jsonl 第3行）。",
    ]


def test_nothing_to_read(write):
    file = write("", " ")
    with pytest.raises(InputError, match="没有一行可用"):
        read_lines([file], file)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (['{"title": "甲"}'], True),
        (['{"标题', '{"body": "乙"}'], True),
        (['{"id": "1"}', '{"title": "甲"}'], True),
        (['{"案由": "甲", "类别": "乙"}'], False),
        (["[1]", "半截"], True),
    ],
)
def test_the_contract_is_told_from_objects_under_other_names(write, lines, expected):
    assert is_contract(write(*lines)) is expected
