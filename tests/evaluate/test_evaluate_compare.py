from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nlp.corpus.rows import Row
from nlp.errors import UsageError
from nlp.evaluate.answers import Answered, AnswerTask
from nlp.evaluate.bootstrap import Estimate
from nlp.evaluate.compare import Verdict, compare_models, judged
from nlp.evaluate.predict import Predictions
from nlp.evaluate.run import EvaluationOptions, Examined, evaluate, examine

SUBJECTS = "食堂 河道 路灯 公厕 车站 学位 药房 渡口 菜场 球场 古树 水库 桥梁 文庙 粮仓".split()
TOPICS = {"livelihood": "民生福祉", "ecology": "生态环境"}


def rows(labelled: int = 60) -> tuple[Row, ...]:
    """Sixty titles without near-duplicates; the first ones are labelled, half and half."""
    keys = tuple(TOPICS)
    titles = [f"{one}{two}{one}" for two in "甲乙丙丁" for one in SUBJECTS]
    return tuple(
        Row(f"{n}", title, topics=(keys[n % 2],) if n < labelled else None)
        for n, title in enumerate(titles)
    )


def model(toy, name: str, wrong: set[int], own=None) -> Examined:
    """Examine a model of topics that is wrong on some rows, with a confidence of 0.8."""
    own = own or rows()
    said = np.array([(n % 2) ^ (n in wrong) for n in range(len(own))])
    chances = np.where(np.arange(2) == said[:, None], 0.8, 0.2)
    accepted = tuple((tuple(TOPICS)[code],) for code in said)
    found = Predictions(own, (), chances, None, None, accepted, ())
    return examine(Answered(name, TOPICS, (), found), EvaluationOptions(toy.directory))


def test_much_better_is_better(toy):
    found = compare_models(model(toy, "好", {0, 1}), model(toy, "差", set(range(30))))
    assert (found.first, found.second) == ("好", "差")
    accuracy = next(each for each in found.differences if each.figure == "topics.accuracy")
    assert (accuracy.first, accuracy.second) == pytest.approx((58 / 60, 0.5))
    assert accuracy.margin.value == pytest.approx(28 / 60)
    assert 0 < accuracy.margin.low < accuracy.margin.value < accuracy.margin.high
    assert found.verdict("topics.accuracy") is Verdict.BETTER


def test_the_other_way_round_it_is_worse(toy):
    good, bad = model(toy, "好", {0, 1}), model(toy, "差", set(range(30)))
    one, other = compare_models(good, bad), compare_models(bad, good)
    assert other.verdict("topics.accuracy") is Verdict.WORSE
    mirrored = {each.figure: each for each in other.differences}
    for each in one.differences:
        margin = mirrored[each.figure].margin
        assert (margin.low, margin.high) == pytest.approx((-each.margin.high, -each.margin.low))


def test_less_error_is_better(toy):
    """Said with 0.8 and right in 48 of 60: no calibration error; in 30 of 60: 0.3."""
    calm, rash = model(toy, "稳", set(range(0, 60, 5))), model(toy, "冒", set(range(30)))
    found = compare_models(calm, rash)
    ece = next(each for each in found.differences if each.figure == "topics.ece")
    assert ece.margin.value < 0
    assert ece.verdict is Verdict.BETTER


def test_a_few_rows_decide_nothing(toy):
    found = compare_models(model(toy, "甲", {0, 1, 2}), model(toy, "乙", {3, 4}))
    assert found.verdict("topics.accuracy") is Verdict.OPEN
    assert found.verdict("lead.top1") is Verdict.OPEN  # neither has it


def test_a_model_is_no_better_than_itself(toy):
    one = model(toy, "甲", {0, 1, 2})
    found = compare_models(one, one)
    assert {each.verdict for each in found.differences} == {Verdict.OPEN}
    assert found.disagreements == ()


def test_pairing_finds_what_intervals_of_each_hide(toy):
    """Wrong where the other is, too, and on six rows more: the intervals overlap."""
    one, other = model(toy, "甲", set(range(20))), model(toy, "乙", set(range(26)))
    intervals = [each.evaluation.intervals["topics.accuracy"] for each in (one, other)]
    assert intervals[0].low < intervals[1].high
    assert compare_models(one, other).verdict("topics.accuracy") is Verdict.BETTER


def test_rows_on_which_they_differ(toy):
    own = rows(labelled=58)
    found = compare_models(model(toy, "甲", {0, 59}, own), model(toy, "乙", {0, 3}, own))
    assert [(d.id, d.task, d.gold, d.first, d.second) for d in found.disagreements] == [
        ("3", AnswerTask.TOPIC, "ecology", "ecology", "livelihood"),
        ("59", AnswerTask.TOPIC, None, "livelihood", "ecology"),
    ]
    assert found.disagreements[0].title == own[3].title


def test_wins_of_each_label(toy):
    found = compare_models(model(toy, "甲", {0, 2, 1}), model(toy, "乙", {0, 3, 5}))
    each = {
        w.label: (w.name, w.rows, w.first_only, w.second_only, w.both, w.neither)
        for w in found.wins
    }
    assert each == {
        "livelihood": ("民生福祉", 30, 0, 1, 28, 1),
        "ecology": ("生态环境", 30, 2, 1, 27, 0),
    }


def test_models_with_different_labels(toy):
    whole = evaluate(toy.router, toy.rows, EvaluationOptions(toy.directory))
    narrow = evaluate(replace(toy.router, topics=None), toy.rows, EvaluationOptions(toy.directory))
    found = compare_models(whole, narrow)
    assert {each.figure.split(".")[0] for each in found.differences} == {"lead", "co", "decision"}
    assert {each.task for each in found.wins} == {AnswerTask.LEAD}


def test_other_rows_are_refused(toy):
    with pytest.raises(UsageError, match="不是同一批"):
        compare_models(model(toy, "甲", set()), model(toy, "乙", set(), rows(50)))


@pytest.mark.parametrize(
    ("low", "high", "lower", "verdict"),
    [
        (0.01, 0.2, False, Verdict.BETTER),
        (0.01, 0.2, True, Verdict.WORSE),
        (-0.2, -0.01, False, Verdict.WORSE),
        (-0.2, -0.01, True, Verdict.BETTER),
        (-0.1, 0.1, False, Verdict.OPEN),
        (0.0, 0.1, False, Verdict.OPEN),
        (-0.1, 0.0, True, Verdict.OPEN),
    ],
)
def test_what_a_margin_means(low, high, lower, verdict):
    assert judged(Estimate(0.0, low, high), lower_is_better=lower) is verdict
