"""The shipped digest model keeps what the project promises of it."""

import json
from pathlib import Path

import pytest

from nlp.corpus.replies import load_replies, reply_fingerprint
from nlp.evaluate.replies.run import Contender, evaluate_replies
from nlp.summarize.files import load_digester

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "models" / "replies"
CORPORA = ROOT / "corpora"
REAL = ROOT.parent / "shared" / "gold" / "replies-dev.jsonl"


@pytest.fixture(scope="module")
def metrics():
    return json.loads((MODEL / "metrics.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def digester():
    return load_digester(MODEL)


def test_it_was_trained_on_the_committed_corpora():
    rows = load_replies([CORPORA / "replies" / f"{part}.jsonl" for part in ("train", "dev")])
    passages = load_replies([CORPORA / "passages"])
    manifest = json.loads((MODEL / "manifest.json").read_text(encoding="utf-8"))
    learned = [row for row in rows if row.facts and row.outcome]
    assert manifest["corpus"] == reply_fingerprint([*learned, *passages])


def test_it_is_small():
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) < 5_000_000


def test_figures_of_the_test_part(metrics):
    assert metrics["fact_recall"]["value"] >= 0.62
    assert metrics["rouge_l"]["value"] >= 0.44
    assert metrics["faithfulness"]["share"] == 1.0
    assert metrics["outcome"]["accuracy"] >= 0.80
    assert metrics["outcome"]["ece"] <= 0.08
    assert not metrics["failed"]


def test_vague_replies_of_the_test_part_are_found(metrics):
    (vague,) = [score for score in metrics["flags"]["codes"] if score["label"] == "vague"]
    assert vague["precision"] >= 0.7
    assert vague["recall"] >= 0.8


@pytest.mark.skipif(not REAL.is_file(), reason="the real replies are not in the repository")
def test_digests_of_real_replies(digester):
    rows = load_replies([REAL])
    result = evaluate_replies([Contender("replies", "replies", digester.summarize)], rows, 120)
    (model,) = result.models
    scores = model.text.scores
    assert scores.fact_recall and scores.fact_recall.value >= 0.62
    assert scores.rouge_l and scores.rouge_l.value >= 0.44
    assert scores.faithfulness.share == 1.0
    assert scores.over_budget == 0.0
