from __future__ import annotations

from dataclasses import replace

import pytest
from reply_samples import ROWS, contender

from nlp.evaluate.bootstrap import Estimate
from nlp.evaluate.replies.run import evaluate_replies
from nlp.evaluate.replies.texts import Faithfulness, Tally
from nlp.evaluate.replies.verdict import verdict


@pytest.fixture(scope="module")
def model():
    return evaluate_replies([contender()], ROWS, 120).models[0]


def against(model, *interval):
    return replace(model, margin=replace(model.margin, fact_recall=Estimate(*interval)))


@pytest.mark.parametrize(
    ("interval", "grading", "words"),
    [
        ((0.2, 0.1, 0.3), "good", "高 20.0 个百分点"),
        ((-0.2, -0.3, -0.1), "bad", "低 20.0 个百分点"),
        ((0.02, -0.05, 0.09), "open", "分不出好坏"),
    ],
)
def test_only_a_sure_difference_counts(model, interval, grading, words):
    first = verdict(against(model, *interval))[0]
    assert first.grading == grading
    assert words in first.text


def test_without_facts_likeness_decides(model):
    margin = replace(model.margin, fact_recall=None, rouge_l=Estimate(0.3, 0.2, 0.4))
    assert "ROUGE-L" in verdict(replace(model, margin=margin))[0].text
    nothing = replace(model, margin=replace(margin, rouge_l=None))
    assert not any("最好办法" in remark.text for remark in verdict(nothing))


def test_what_is_wrong_is_said(model):
    said = [remark.text for remark in verdict(model) if remark.grading == "bad"]
    assert any("在答复原文里找不到" in text for text in said)
    assert any("超过了规定字数" in text for text in said)
    assert any("1 件没有摘出来（d）" in text for text in said)


def test_all_well(model):
    none = Tally(3, 3)
    scores = replace(
        model.text.scores,
        over_budget=0.0,
        empty=0,
        faithfulness=Faithfulness(1.0, none, none, none, ()),
    )
    fine = replace(
        against(model, 0.2, 0.1, 0.3),
        text=replace(model.text, scores=scores),
        failed=(),
        outcome=replace(model.outcome, accuracy=0.9),
    )
    assert {remark.grading for remark in verdict(fine)} == {"good"}
    empty = replace(fine, text=replace(model.text, scores=replace(scores, empty=2)))
    assert any("2 件的摘要是空的" in remark.text for remark in verdict(empty))
