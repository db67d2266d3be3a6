"""The shipped corpus `corpora/proposals`: parses, known labels, parts that share nothing."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz, process

from nlp.corpus.duplicates import SIMILARITY, duplicate_groups, strip_frame
from nlp.corpus.rows import load_rows
from nlp.taxonomy import load_scheme

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
PROPOSALS = CORPORA / "proposals"
PARTS = {"train": "train", "dev": "dev", "test": "test.jsonl"}


@pytest.fixture(scope="module")
def parts():
    return {part: load_rows([PROPOSALS / name]) for part, name in PARTS.items()}


@pytest.mark.parametrize("part", PARTS)
def test_every_label_is_known(part, parts):
    topics = {topic.key for topic in load_scheme().topics}
    functions = {file.stem for file in (CORPORA / "functions").glob("*.yaml")}
    assert len(parts[part]) > 500
    for row in parts[part]:
        assert row.lead is None or row.lead in functions, row.id
        assert set(row.co or ()) <= functions, row.id
        assert set(row.topics or ()) <= topics, row.id
        assert row.lead or row.topics, row.id
        assert row.lead not in (row.co or ()), row.id


def test_ids_are_unique(parts):
    ids = [row.id for rows in parts.values() for row in rows]
    assert len(set(ids)) == len(ids)


def test_held_out_parts_label_everything(parts):
    for row in (*parts["dev"], *parts["test"]):
        assert row.lead
        assert row.topics
        assert row.co is not None


def shared_titles(parts, held, other):
    """Compare every pair: MinHash alone misses some short titles."""
    titles = {part: [strip_frame(r.title) for r in parts[part]] for part in (held, other)}
    table = process.cdist(
        titles[held],
        titles[other],
        scorer=fuzz.ratio,
        score_cutoff=SIMILARITY,
        dtype=np.float32,
        workers=2,
    )
    pairs = np.argwhere(table >= SIMILARITY).tolist()
    return [(parts[held][i].title, parts[other][j].title) for i, j in pairs]


@pytest.mark.parametrize(("held", "other"), [("dev", "train"), ("test", "train"), ("dev", "test")])
def test_no_near_duplicate_title_in_another_part(held, other, parts):
    assert shared_titles(parts, held, other) == []


def test_dev_and_test_share_no_group(parts):
    titles = [r.title for part in ("dev", "test") for r in parts[part]]
    groups = duplicate_groups(titles)
    size = len(parts["dev"])
    assert not set(groups[:size]) & set(groups[size:])


def test_whole_places_are_apart(parts):
    places = {part: {r.place for r in rows if r.place} for part, rows in parts.items()}
    assert all(places.values())
    assert not places["train"] & (places["dev"] | places["test"])
    assert not places["dev"] & places["test"]


@pytest.mark.skipif(
    not (PROPOSALS / "README.md").exists(), reason="corpora/proposals/README.md is not written yet"
)
def test_datasets_loads_the_folder_offline(tmp_path, parts):
    code = (
        "import datasets, sys;"
        "d = datasets.load_dataset(sys.argv[1], cache_dir=sys.argv[2]);"
        "d = d if 'train' in d else {};"
        "print({k: len(v) for k, v in sorted(d.items())}, 'title' in d['train'].column_names)"
    )
    env = os.environ | {
        "HF_HUB_OFFLINE": "1",
        "HF_DATASETS_OFFLINE": "1",
        "HF_HOME": str(tmp_path / "home"),
    }
    run = subprocess.run(
        [sys.executable, "-c", code, str(PROPOSALS), str(tmp_path / "cache")],
        capture_output=True,
        text=True,
        env=env,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    sizes = {part: len(parts[part]) for part in sorted(PARTS)}
    assert run.stdout.strip() == f"{sizes} True"
