"""Labelled rows: read as they stand, every fault named with its line."""

import json
from dataclasses import replace

import pytest

from nlp.corpus.rows import (
    Row,
    fingerprint,
    load_rows,
    numbered_lines,
    parse_row,
    read_jsonl,
)
from nlp.errors import DataError, InputError

FULL = {
    "id": "A7",
    "title": "给渡口换一条新船",
    "body": "旧船漏水。",
    "topics": ["livelihood", "industry", "livelihood"],
    "lead": "transport",
    "co": [],
    "ambiguous": True,
    "weight": 0.5,
    "place": "东州",
}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "rows.jsonl"


def write(file, *lines):
    texts = [x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines]
    file.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return file


def test_every_field_is_read(file):
    assert load_rows([write(file, FULL)]) == [
        Row(
            "A7",
            "给渡口换一条新船",
            "旧船漏水。",
            ("livelihood", "industry"),
            "transport",
            (),
            True,
            0.5,
            "东州",
        )
    ]


def test_missing_fields_mean_not_labelled(file):
    (row,) = load_rows([write(file, {"title": "渡口"})])
    assert (row.id, row.topics, row.lead, row.co, row.weight) == ("rows-1", None, None, None, 1.0)


def test_other_defensible_leads_are_read_each_once(file):
    (row,) = load_rows([write(file, {"title": "渡口", "also": ["water", "health", "water"]})])
    assert row.also == ("water", "health")
    assert (
        parse_row({"title": "渡口"}, "x").also == parse_row({"title": "渡口", "also": []}, "x").also
    )


def test_the_primary_topic_is_the_first():
    assert Row("1", "题", topics=("ecology", "livelihood")).primary == "ecology"
    assert Row("1", "题", topics=()).primary is None
    assert Row("1", "题").primary is None


def test_text_joins_title_and_body():
    assert Row("1", "题").text == "题"
    assert Row("1", "题", "文").text == "题\n文"


@pytest.mark.parametrize("mark", ["\u2028", "\x85", "\x0c", "\x1c"])
def test_only_line_feeds_end_a_line(file, mark):
    (row,) = load_rows([write(file, json.dumps({"title": f"路{mark}灯"}, ensure_ascii=False))])
    assert row.title == f"路{mark}灯" or mark < " "


def test_windows_line_ends_bom_and_blank_lines(file):
    file.write_bytes('\ufeff{"title": "甲"}\r\n\r\n  \r\n{"title": "乙"}\r\n'.encode())
    assert [(r.id, r.title) for r in load_rows([file])] == [("rows-1", "甲"), ("rows-4", "乙")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"title": "半截', "不是完整的 JSON（第11列）"),
        ("[1]", "应为 {…} 形式的一件，实为列表 […]"),
        ('"题"', "应为 {…} 形式的一件，实为一段文字"),
        ("null", "应为 {…} 形式的一件，实为 null"),
        ("5", "应为 {…} 形式的一件，实为数字"),
        ({"title": 7}, "title 和 body 应为文字"),
        ({"title": "题", "body": ["段"]}, "title 和 body 应为文字"),
        ({"title": " \u3000", "body": ""}, "title 和 body 都没有内容（有的键：title、body）"),
        ({"id": "x"}, "title 和 body 都没有内容（有的键：id）"),
        ({"title": "题", "lead": ["water"]}, "lead 应为一个职能的键"),
        ({"title": "题", "topics": "ecology"}, "topics 应为文字的列表"),
        ({"title": "题", "topics": ["ecology", 3]}, "topics 应为文字的列表"),
        ({"title": "题", "co": [""]}, "co 应为文字的列表"),
        ({"title": "题", "also": "water"}, "also 应为文字的列表"),
        ({"title": "题", "weight": -0.1}, "weight 应为不小于零的数"),
        ({"title": "题", "weight": "1"}, "weight 应为不小于零的数"),
        ({"title": "题", "weight": True}, "weight 应为不小于零的数"),
        ('{"title": "题", "weight": NaN}', "weight 应为不小于零的数"),
        ('{"title": "题", "weight": Infinity}', "weight 应为不小于零的数"),
    ],
)
def test_a_fault_is_named_with_its_line(file, line, message):
    with pytest.raises(DataError) as caught:
        read_jsonl(write(file, {"title": "好的"}, "", line))
    assert caught.value.faults == (f"第3行：{message}",)
    assert str(file) in caught.value.message


def test_all_faults_are_told_at_once(file):
    bad = [{"title": ""}] * 12
    with pytest.raises(DataError) as caught:
        read_jsonl(write(file, {"title": "好的"}, *bad, '{"title"'))
    assert len(caught.value.faults) == 13
    assert [f[:4] for f in caught.value.faults[:2]] == ["第2行：", "第3行："]
    assert "13 处错误" in caught.value.message
    assert "另有 3 处" in caught.value.message


def test_other_encodings_are_refused(file):
    file.write_bytes('{"title": "渡口"}'.encode("gb18030"))
    with pytest.raises(InputError, match=r"第 11 字节起不是 UTF-8") as caught:
        load_rows([file])
    assert "UTF-8" in caught.value.hint


def test_missing_path_and_folder_without_rows(tmp_path):
    with pytest.raises(InputError, match=r"找不到 .*nowhere"):
        load_rows([tmp_path / "nowhere"])
    (tmp_path / "note.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match=r"没有 \.jsonl 文件"):
        load_rows([tmp_path])


def test_a_file_without_rows_is_refused(file):
    with pytest.raises(InputError, match="没有一行可用"):
        load_rows([write(file, "", "  ")])


def test_folders_are_read_in_sorted_order_and_deeply(tmp_path):
    for name in ("b.jsonl", "a/z.jsonl", "a/c.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        write(path, {"title": name})
    assert [r.title for r in load_rows([tmp_path])] == ["a/c.jsonl", "a/z.jsonl", "b.jsonl"]


def test_fingerprint_sees_what_training_sees():
    row = parse_row(FULL, "x")
    same = fingerprint([row])
    assert fingerprint([replace(row, id="另一个", place="", ambiguous=False)]) == same
    changed = [
        replace(row, title="题"),
        replace(row, body="文"),
        replace(row, topics=("ecology",)),
        replace(row, topics=None),
        replace(row, lead=None),
        replace(row, co=("water",)),
        replace(row, co=None),
        replace(row, weight=1.0),
        replace(row, also=("water",)),
    ]
    assert len({same, *(fingerprint([each]) for each in changed)}) == 10
    assert fingerprint([row, changed[0]]) != fingerprint([changed[0], row])


def test_fingerprint_takes_any_text():
    assert fingerprint([Row("1", "半\ud800个")]) != fingerprint([Row("1", "半个")])


@pytest.mark.parametrize("mark", ["NaN", '"nan"', '"无"', '"-"', '"／"', '""', "null"])
def test_a_mark_for_nothing_is_no_label(file, mark):
    line = f'{{"title": "渡口", "topics": {mark}, "lead": {mark}, "co": {mark}, "also": {mark}}}'
    (row,) = load_rows([write(file, line)])
    assert row == Row("rows-1", "渡口")


def test_nan_of_a_data_frame_is_no_value_anywhere(file):
    keys = ("id", "body", "ambiguous", "place", "year", "kind", "region")
    line = '{"title": "渡口", ' + ", ".join(f'"{key}": NaN' for key in keys) + "}"
    assert load_rows([write(file, line)]) == [Row("rows-1", "渡口")]


def test_marks_inside_a_list_are_left_out(file):
    line = '{"title": "渡口", "topics": [NaN, "ecology", "nan"], "co": ["无"]}'
    (row,) = load_rows([write(file, line)])
    assert (row.topics, row.co) == (("ecology",), ())


def test_numbered_lines_count_blank_ones(file):
    found = numbered_lines(write(file, {"title": "甲"}, "", {"title": "乙"}), parse_row)
    assert [(line.number, line.value.id) for line in found] == [(1, "rows-1"), (3, "rows-3")]
