"""The surest wrong answers first, with the reasons that belong to the answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.evaluate.answers import AnswerTask, ask
from nlp.evaluate.errors.mistakes import mistakes
from nlp.evaluate.run import EvaluationOptions


def asked(toy, task, router=None, rows=None):
    router = router or toy.router
    answered = ask(router, rows or toy.rows, toy.directory)
    return next(each for each in answered.answers if each.task is task)


def found(toy, task, router=None, rows=None, most=20):
    router = router or toy.router
    options = EvaluationOptions(toy.directory)
    return mistakes(router, asked(toy, task, router, rows), options, most)


def test_leads_by_hand(toy):
    # b: education 0.3, health 0.1, industry_it with telecom 0.5: right; c: health 0.45, not water
    # d: industry_it with telecom 0.7, while gold is court
    surest, other = found(toy, AnswerTask.LEAD)
    assert (surest.id, surest.gold, surest.said) == ("d", "court", "industry_it")
    assert surest.confidence == pytest.approx(0.7, abs=1e-4)
    assert (other.id, other.gold, other.said) == ("c", "water", "health")
    assert other.confidence == pytest.approx(0.45, abs=1e-4)
    assert not other.ambiguous


def test_reasons_for_leads_are_those_of_classify(toy):
    for mistake in found(toy, AnswerTask.LEAD):
        row = next(row for row in toy.rows if row.id == mistake.id)
        (said,) = toy.router.classify([row.title])
        assert mistake.evidence == tuple(each.text for each in said.evidence) != ()


def test_reasons_for_topics_are_words_for_the_topic(toy):
    first, second = found(toy, AnswerTask.TOPIC)
    assert (first.id, first.gold, first.said) == ("d", "governance", "industry")
    assert first.evidence == ("用词：“工厂噪声”",)
    assert (second.id, second.ambiguous) == ("b", True)
    assert second.evidence == ("用词：“宽带资费”",)


def test_an_abstaining_model_gives_no_reasons_for_a_unit(toy):
    surest = found(toy, AnswerTask.LEAD, toy.wary)[0]
    assert (surest.id, surest.evidence) == ("d", ())


def test_only_so_many_are_shown(toy):
    assert [one.id for one in found(toy, AnswerTask.LEAD, most=1)] == ["d"]


def test_nothing_wrong(toy):
    assert found(toy, AnswerTask.LEAD, rows=toy.rows[:1]) == ()
    assert found(toy, AnswerTask.TOPIC, rows=toy.rows[:1]) == ()


def test_rows_of_one_id_keep_their_own_reasons(toy):
    rows = [replace(row, id="same") for row in toy.rows]
    titles = [one.title for one in found(toy, AnswerTask.TOPIC, rows=rows)]
    assert titles == ["工厂噪声", "宽带资费"]
