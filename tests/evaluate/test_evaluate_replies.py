from __future__ import annotations

from pathlib import Path

import pytest
from reply_samples import DIGESTS, ROWS, contender

from nlp.corpus.replies import load_replies
from nlp.errors import InputError, UsageError
from nlp.evaluate.replies.run import evaluate_replies

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "replies-dev.jsonl"


@pytest.fixture(scope="module")
def result():
    return evaluate_replies([contender()], ROWS, 120)


def test_everything_is_measured(result):
    assert [judged.scores.name for judged in result.baselines] == [
        "lead",
        "lead_after_boilerplate",
        "textrank",
        "lexrank",
    ]
    (model,) = result.models
    assert model.text.scores.name == "replies@0"
    assert model.digests == tuple(DIGESTS[row.id] for row in ROWS)
    assert model.failed == ("d",)
    assert model.outcome.rows == 4
    assert model.units.rows == 3
    assert model.flags.rows == 3
    assert model.replies_per_second > 0


def test_the_reference_is_judged_by_its_facts(result):
    scores = result.reference.scores
    assert (scores.rows, scores.facts, scores.rouge_l) == (2, 4, None)
    assert scores.fact_recall.value == 0.75


def test_the_margin_is_over_the_best_baseline(result):
    (model,) = result.models
    recalls = {j.scores.name: j.scores.fact_recall.value for j in result.baselines}
    best = max(recalls.values())
    assert recalls[model.margin.baseline] == best
    difference = model.text.scores.fact_recall.value - best
    assert model.margin.fact_recall.value == pytest.approx(difference)


def test_digesters_see_id_title_and_text():
    seen = []

    def digest(items):
        for item in items:
            seen.append((item.id, item.title, item.text))
            yield DIGESTS[item.id]

    heard = []
    one = contender()
    two = type(one)(one.path, one.name, digest)
    evaluate_replies([one, two], ROWS, 120, heard.append)
    assert seen == [(row.id, row.title, row.reply) for row in ROWS]
    assert heard == [1, 2, 3, 4, 5] * 2


def test_a_digester_must_not_lose_rows():
    one = contender()
    lossy = type(one)(one.path, one.name, lambda items: (DIGESTS[i.id] for i in list(items)[1:]))
    with pytest.raises(ValueError):
        evaluate_replies([lossy], ROWS, 120)


def test_what_cannot_be_measured():
    with pytest.raises(InputError, match="没有一件有标注"):
        evaluate_replies([], ROWS[4:], 120)
    with pytest.raises(UsageError, match="至少为 1"):
        evaluate_replies([], ROWS, 0)


@pytest.mark.skipif(not GOLD.exists(), reason="需要 ../shared/gold/replies-dev.jsonl")
def test_baselines_on_real_replies():
    """Not worse than what was measured when the baselines were first written."""
    result = evaluate_replies([], load_replies([GOLD]), 120)
    found = {
        judged.scores.name: (judged.scores.fact_recall.value, judged.scores.rouge_l.value)
        for judged in result.baselines
    }
    least = {
        "lead": (0.14, 0.19),
        "lead_after_boilerplate": (0.30, 0.29),
        "textrank": (0.29, 0.29),
        "lexrank": (0.23, 0.25),
    }
    for name, (recall, likeness) in least.items():
        assert found[name][0] >= recall, found
        assert found[name][1] >= likeness, found
    assert result.reference.scores.fact_recall.value > 0.95
