from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nlp.evaluate.answers import UNLABELLED, AnswerTask, ask


@pytest.fixture
def given(toy):
    return ask(toy.router, toy.rows, toy.directory)


@pytest.fixture
def topics(given):
    return given.answers[0]


@pytest.fixture
def leads(given):
    return given.answers[1]


def test_who_was_asked(given, toy):
    assert given.name == "toy@0"
    assert tuple(given.topics) == toy.router.topics.labels
    assert given.functions == toy.router.functions
    assert [each.task for each in given.answers] == [AnswerTask.TOPIC, AnswerTask.LEAD]


def test_labels_are_the_models_and_then_the_golds(topics, leads):
    assert topics.labels == ("livelihood", "industry", "ecology", "governance")
    assert leads.labels == ("education", "health", "industry_it", "water", "court")
    assert topics.chances.shape == (5, 4)
    assert not topics.chances[:, 3].any()
    np.testing.assert_allclose(leads.chances.sum(axis=1), 1.0)


def test_gold_is_folded_as_the_answers_are(leads):
    assert [leads.labels[code] for code in leads.gold[:4]] == [
        "education",
        "industry_it",
        "water",
        "court",
    ]
    assert leads.gold[4] == UNLABELLED
    # of b, industry_it and telecom are told with 0.25 each
    assert leads.chances[1, 2] == pytest.approx(0.5)


def test_what_is_said_and_whether_it_is_right(topics, leads):
    assert [topics.labels[code] for code in topics.said] == [
        "livelihood",
        "industry",
        "ecology",
        "industry",
        "livelihood",
    ]
    assert topics.labelled.tolist() == [True, True, True, True, False]
    assert topics.right.tolist() == [True, False, True, False, False]
    assert leads.right.tolist() == [True, True, False, False, False]
    assert topics.confidence[:3] == pytest.approx([0.7, 0.5, 0.62], abs=1e-6)


def test_columns_have_chinese_names_where_the_model_knows_them(given):
    named = replace(given, topics={"livelihood": "民生福祉", "industry": "产业", "ecology": "生态"})
    topics = named.answers[0]
    assert [topics.name(i) for i in range(4)] == ["民生福祉", "产业", "生态", "governance"]


def test_tasks_without_labels_or_without_a_model_are_left_out(toy):
    def tasks(router, rows):
        return [each.task for each in ask(router, rows, toy.directory).answers]

    unlabelled = [replace(row, topics=None) for row in toy.rows]
    assert tasks(toy.router, unlabelled) == [AnswerTask.LEAD]
    assert tasks(toy.topics_only, toy.rows) == [AnswerTask.TOPIC]
    assert tasks(replace(toy.router, topics=None), toy.rows) == [AnswerTask.LEAD]
    assert tasks(toy.router, toy.rows[4:]) == []
    assert ask(toy.topics_only, toy.rows, toy.directory).functions == ()


def test_rows_without_text_are_not_answered(toy):
    blank = replace(toy.rows[0], id="blank", title=" ")
    given = ask(toy.router, [blank, *toy.rows], toy.directory)
    assert given.found.empty == ("blank",)
    assert given.answers[0].rows == toy.rows
