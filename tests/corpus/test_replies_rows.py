"""Labelled replies: read as they stand, every fault named with its line."""

import json
from dataclasses import replace

import pytest

from nlp.corpus.replies import Fact, ReplyRow, load_replies, parse_reply, reply_fingerprint
from nlp.errors import DataError, InputError
from nlp.types import Outcome

FULL = {
    "id": "A7",
    "proposal_title": "关于给渡口换一条新船的建议",
    "reply": "渡口新船已于5月交付。",
    "lead": "transport",
    "outcome": "solved",
    "summary": "新船5月交付",
    "key_spans": ["新船已于5月交付"],
    "facts": [{"text": "新船交付", "must_match": ["5月"]}],
    "units": [],
    "flags": ["template"],
    "kind": "suggestion",
}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "replies.jsonl"


def write(file, *lines):
    texts = [x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines]
    file.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return file


def test_every_field_is_read(file):
    assert load_replies([write(file, FULL)]) == [
        ReplyRow(
            "A7",
            "关于给渡口换一条新船的建议",
            "渡口新船已于5月交付。",
            Outcome.SOLVED,
            "新船5月交付",
            ("新船已于5月交付",),
            (Fact("新船交付", ("5月",)),),
            (),
            ("template",),
            "suggestion",
            "transport",
        )
    ]


def test_missing_fields_mean_not_labelled(file):
    (row,) = load_replies([write(file, {"reply": "收悉。"})])
    assert row == ReplyRow("replies-1", "", "收悉。")
    assert row.flags is None


def test_the_title_may_stand_under_title(file):
    rows = [{"title": "甲", "reply": "一"}, {"proposal_title": "乙", "title": "丙", "reply": "二"}]
    assert [row.title for row in load_replies([write(file, *rows)])] == ["甲", "乙"]


def test_spans_and_matches_outside_the_reply_are_no_fault(file):
    row = FULL | {"key_spans": ["别处"], "facts": [{"text": "x", "must_match": ["9月"]}]}
    assert load_replies([write(file, row)])[0].key_spans == ("别处",)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"reply": "半截', "不是完整的 JSON（第11列）"),
        ("[1]", "应为 {…} 形式的一件，实为列表 […]"),
        ({"title": "题"}, "reply 没有内容（有的键：title）"),
        ({"reply": " "}, "reply 没有内容（有的键：reply）"),
        ({"reply": 7}, "reply 应为文字"),
        ({"reply": "文", "summary": ["x"]}, "summary 应为文字"),
        (
            {"reply": "文", "outcome": "A"},
            "outcome 应为 solved、planned、limited、explained 之一，实为 A",
        ),
        ({"reply": "文", "flags": "vague"}, "flags 应为文字的列表"),
        ({"reply": "文", "facts": ["5月"]}, "facts 应为 {text, must_match} 的列表"),
        ({"reply": "文", "facts": [{"must_match": [5]}]}, "must_match 应为文字的列表"),
    ],
)
def test_a_fault_is_named_with_its_line(file, line, message):
    with pytest.raises(DataError) as caught:
        load_replies([write(file, {"reply": "好的"}, "", line)])
    assert caught.value.faults == (f"第3行：{message}",)


def test_all_faults_are_told_at_once(file):
    with pytest.raises(DataError) as caught:
        load_replies([write(file, {"reply": ""}, FULL, {"reply": "文", "outcome": 1})])
    assert [f[:4] for f in caught.value.faults] == ["第1行：", "第3行："]


def test_missing_and_empty_inputs_are_refused(tmp_path, file):
    with pytest.raises(InputError, match=r"找不到 .*nowhere"):
        load_replies([tmp_path / "nowhere"])
    with pytest.raises(InputError, match="没有一件答复"):
        load_replies([write(file, "")])


def test_folders_are_read_in_sorted_order(tmp_path):
    for name in ("b.jsonl", "a.jsonl"):
        write(tmp_path / name, {"reply": name})
    assert [row.reply for row in load_replies([tmp_path])] == ["a.jsonl", "b.jsonl"]


def test_fingerprint_sees_what_training_sees():
    row = parse_reply(FULL, "x")
    same = reply_fingerprint([row])
    assert reply_fingerprint([replace(row, id="另一个")]) == same
    changed = [
        replace(row, title="题"),
        replace(row, reply="文\ud800"),
        replace(row, outcome=None),
        replace(row, summary=None),
        replace(row, key_spans=None),
        replace(row, facts=(Fact("新船交付", ("新船",)),)),
        replace(row, units=None),
        replace(row, flags=()),
        replace(row, kind="message"),
        replace(row, lead=""),
    ]
    assert len({same, *(reply_fingerprint([each]) for each in changed)}) == 11
