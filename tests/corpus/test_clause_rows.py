"""Roles of clauses and short passages: how rows are read, and that the shipped ones fit."""

import json
from pathlib import Path

import pytest

from nlp.corpus.clauses import RoleRow, load_roles
from nlp.corpus.replies import load_replies
from nlp.errors import DataError, InputError
from nlp.summarize.roles import ROLES
from nlp.text.clean import clean_text
from nlp.types import Outcome

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
PARTS = ("train", "dev", "test")


def bare(text):
    return "".join(text.split())


def test_rows_are_read_in_order(tmp_path):
    first = tmp_path / "b.jsonl"
    first.write_text(
        '{"id": "7", "clauses": [{"text": "已修，", "role": "done"}, {"text": "待验。"}]}\n\n'
        '{"clauses": []}\n',
        encoding="utf-8",
    )
    second = tmp_path / "a.jsonl"
    second.write_text('{"id": 3, "clauses": [{"role": "other"}]}\n', encoding="utf-8")
    rows = [RoleRow("7", (("已修，", "done"), ("待验。", ""))), RoleRow("b-3", ())]
    assert load_roles([first]) == rows
    assert load_roles([tmp_path]) == [RoleRow("3", (("", "other"),)), *rows]


@pytest.mark.parametrize(
    "line", ["[]", "{}", '{"clauses": {"text": "x"}}', '{"clauses": ["已修，"]}', '{"id": "1"']
)
def test_bad_rows_are_told_by_line(tmp_path, line):
    file = tmp_path / "roles.jsonl"
    file.write_text(f'{{"id": "1", "clauses": []}}\n{line}\n', encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_roles([file])
    assert [fault.partition("：")[0] for fault in error.value.faults] == ["第2行"]


def test_missing_inputs(tmp_path):
    with pytest.raises(InputError):
        load_roles([tmp_path / "absent.jsonl"])
    with pytest.raises(InputError):
        load_roles([tmp_path])


@pytest.fixture(scope="module")
def replies():
    return {part: load_replies([CORPORA / "replies" / f"{part}.jsonl"]) for part in PARTS}


@pytest.fixture(scope="module")
def roles():
    return {part: load_roles([CORPORA / "roles" / f"{part}.jsonl"]) for part in PARTS}


@pytest.mark.parametrize("part", PARTS)
def test_shipped_roles_are_known_and_of_replies_of_their_part(roles, replies, part):
    texts = {row.id: bare(clean_text(row.reply)) for row in replies[part]}
    assert len({row.id for row in roles[part]}) == len(roles[part]) >= 0.95 * len(texts)
    found = total = 0
    for row in roles[part]:
        assert row.clauses, row.id
        assert {role for _, role in row.clauses} <= set(ROLES), row.id
        found += sum(bare(text) in texts[row.id] for text, _ in row.clauses)
        total += len(row.clauses)
    assert found > 0.995 * total


def test_every_role_has_examples(roles):
    seen = [role for row in roles["train"] for _, role in row.clauses]
    for role in ROLES:
        assert seen.count(role) >= 100, role


@pytest.fixture(scope="module")
def passages():
    return load_replies([CORPORA / "passages"])


def test_passages_are_short_and_have_outcomes(passages):
    assert len(passages) >= 500
    assert len({row.id for row in passages}) == len(passages)
    for row in passages:
        assert row.outcome in Outcome, row.id
        assert row.title, row.id
        assert 10 <= len(bare(row.reply)) <= 400, row.id
    for outcome in Outcome:
        assert sum(row.outcome is outcome for row in passages) >= 100


def test_no_passage_is_of_a_reply_to_measure_on(passages, replies):
    held_out = [bare(row.reply) for part in ("dev", "test") for row in replies[part]]
    for row in passages:
        text = bare(row.reply)
        assert not any(text in other or other in text for other in held_out), row.id
    ids = {row.id for part in PARTS for row in replies[part]}
    assert not ids & {row.id for row in passages}


def test_lines_are_plain_json_with_known_keys():
    for line in (CORPORA / "passages" / "train.jsonl").read_text("utf-8").splitlines():
        assert set(json.loads(line)) <= {"id", "proposal_title", "reply", "outcome"}, line
