"""JSON in its three costumes."""

from __future__ import annotations

import pytest

from nlp.errors import InputError
from nlp.io.jsonlines import read_json, read_jsonl


def test_keys_are_heads_in_order_even_late_ones() -> None:
    table = read_jsonl('{"id": 1, "title": "甲"}\n\n{"title": "乙", "late": true}\n', "a.jsonl")
    assert table.header == ("id", "title", "late")
    assert [(row.number, row.cells) for row in table.rows] == [
        (1, ("1", "甲", "")),
        (3, ("", "乙", "TRUE")),
    ]


def test_lists_are_joined() -> None:
    (row,) = read_jsonl('{"title": "甲", "topics": ["a", "b"]}', "a").rows
    assert row.cells[1] == "a；b"


@pytest.mark.parametrize("line", ["{broken", "[1]", '"text"', "[" * 100_000])
def test_bad_line_is_a_fault_that_keeps_its_place(line: str) -> None:
    rows = list(read_jsonl(f'{{"title": "甲"}}\n{line}\n{{"title": "乙"}}', "a").rows)
    assert [bool(row.fault) for row in rows] == [False, True, False]
    assert "第 2 行" in rows[1].fault


def test_no_object_at_all() -> None:
    with pytest.raises(InputError, match="没有一行是 JSON 对象"):
        read_jsonl("1\n2\n", "a.jsonl")


@pytest.mark.parametrize(
    "text",
    ['[{"title": "甲\\n一"}]', '{"data": [{"title": "甲\\n一"}]}', '{"title": "甲\\n一"}'],
)
def test_json_list_wrapped_list_or_object(text: str) -> None:
    (row,) = read_json(text, "a.json").rows
    assert row.cells == ("甲\n一",)


def test_jsonl_under_the_wrong_extension() -> None:
    assert len(list(read_json('{"title": "甲"}\n{"title": "乙"}\n', "a.json").rows)) == 2


@pytest.mark.parametrize("text", ["{", "[]", "3"])
def test_useless_json(text: str) -> None:
    with pytest.raises(InputError, match=r"a.json"):
        read_json(text, "a.json")


def test_lone_surrogates_go() -> None:
    (row,) = read_jsonl('{"title": "甲\\ud800乙"}', "a").rows
    assert (row.cells, row.cleaned) == (("甲乙",), 1)
