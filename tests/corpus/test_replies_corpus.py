"""The shipped corpus `corpora/replies`: known labels, true digests, parts that share nothing."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nlp.corpus.duplicates import duplicate_groups
from nlp.corpus.replies import load_replies
from nlp.types import Outcome

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
REPLIES = CORPORA / "replies"
PARTS = ("train", "dev", "test")
FLAGS = {"vague", "policy_only", "off_topic", "no_deadline", "padding"}
KINDS = {"proposal", "suggestion", "message"}


@pytest.fixture(scope="module")
def parts():
    return {part: load_replies([REPLIES / f"{part}.jsonl"]) for part in PARTS}


@pytest.fixture(scope="module")
def rows(parts):
    return [row for part in PARTS for row in parts[part]]


def bare(text):
    return re.sub(r"\s", "", text)


def test_enough_rows_in_order_with_unique_ids(parts, rows):
    assert len(rows) >= 400
    assert len({row.id for row in rows}) == len(rows)
    for part in PARTS:
        ids = [row.id for row in parts[part]]
        assert ids == sorted(ids)


def test_every_label_is_known(rows):
    functions = {file.stem for file in (CORPORA / "functions").glob("*.yaml")}
    for row in rows:
        assert row.title, row.id
        assert row.outcome in Outcome, row.id
        assert row.flags is not None, row.id
        assert row.units is not None, row.id
        assert set(row.flags) <= FLAGS, row.id
        assert row.kind in KINDS, row.id
        assert row.lead in functions, row.id


def test_a_missing_deadline_is_flagged_on_planned_replies_only(rows):
    for row in rows:
        assert "no_deadline" not in row.flags or row.outcome is Outcome.PLANNED, row.id


def test_annotations_are_verbatim(rows):
    for row in rows:
        reply = bare(row.reply)
        matches = [text for fact in row.facts for text in fact.must_match]
        assert matches, row.id
        assert row.key_spans, row.id
        for text in (*row.key_spans, *matches, *row.units):
            assert bare(text) in reply, (row.id, text)


def test_digests_are_short_and_hold_the_facts_and_only_figures_of_the_reply(rows):
    for row in rows:
        reply, summary = bare(row.reply), bare(row.summary)
        assert 40 <= len(summary) <= 100, row.id
        for figure in re.findall(r"\d+(?:[.,]\d+)*", summary):
            assert re.search(rf"(?<!\d){re.escape(figure)}(?!\d)", reply), (row.id, figure)
        for fact in row.facts:
            assert any(bare(text) in summary for text in fact.must_match), (row.id, fact)


def test_no_near_duplicate_in_another_part(parts, rows):
    groups = duplicate_groups([row.reply for row in rows])
    part_of = [part for part in PARTS for _ in parts[part]]
    assert len(set(zip(groups, part_of, strict=True))) == len(set(groups))


def test_held_out_parts_hold_every_writer_kind_and_enough_vague_rows(parts, rows):
    writers = {row.id.split("-")[0] for row in rows}
    for part, least in (("train", 25), ("dev", 12), ("test", 25)):
        assert {row.id.split("-")[0] for row in parts[part]} == writers
        assert {row.kind for row in parts[part]} == KINDS
        assert {row.outcome for row in parts[part]} == set(Outcome)
        assert sum("vague" in row.flags for row in parts[part]) >= least


def test_the_datasheet_states_the_counts(parts):
    text = (REPLIES / "README.md").read_text(encoding="utf-8")
    for part in PARTS:
        kinds = [row.kind for row in parts[part]]
        counts = [len(kinds), *(kinds.count(k) for k in ("proposal", "suggestion", "message"))]
        assert f"| `{part}.jsonl` | {' | '.join(map(str, counts))} |" in text
    for label in (*Outcome, *FLAGS):
        counts = [sum(label in (r.outcome, *r.flags) for r in parts[part]) for part in PARTS]
        assert f"| `{label}` | {' | '.join(map(str, counts))} |" in text


def test_datasets_loads_the_folder_offline(tmp_path, parts):
    code = (
        "import datasets, sys;"
        "d = datasets.load_dataset(sys.argv[1], cache_dir=sys.argv[2]);"
        "print({k: len(v) for k, v in sorted(d.items())}, d['test'][0]['facts'][0]['must_match'])"
    )
    env = os.environ | {
        "HF_HUB_OFFLINE": "1",
        "HF_DATASETS_OFFLINE": "1",
        "HF_HOME": str(tmp_path / "home"),
    }
    run = subprocess.run(
        [sys.executable, "-c", code, str(REPLIES), str(tmp_path / "cache")],
        capture_output=True,
        text=True,
        env=env,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    sizes = {part: len(parts[part]) for part in sorted(PARTS)}
    first = list(parts["test"][0].facts[0].must_match)
    assert run.stdout.strip() == f"{sizes} {first}"
