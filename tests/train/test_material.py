"""Training material: every row in all its views, every duty word as a tiny row."""

import numpy as np
import pytest

from nlp.classify.features import Text
from nlp.corpus.rows import Row
from nlp.taxonomy import Duty, Function
from nlp.train.material import DUTY_WEIGHT, duty_rows, views, whole

ROWS = [
    Row("1", "修桥", "桥面坏了。", lead="transport", weight=2.0),
    Row("2", "修井", lead="water"),
    Row("3", "", "学校漏雨。", lead="education", weight=0.5),
]


def test_a_row_with_body_is_shown_in_three_views():
    material = views(ROWS)
    assert material.texts == (
        Text("修桥", "桥面坏了。"),
        Text("修桥"),
        Text("", "桥面坏了。"),
        Text("修井"),
        Text("", "学校漏雨。"),
    )
    assert [row.id for row in material.rows] == ["1", "1", "1", "2", "3"]
    shared = 2 / 3**0.5
    assert material.weights == pytest.approx([shared, shared, shared, 1.0, 0.5])


def test_whole_shows_each_row_once():
    material = whole(ROWS)
    assert [t.whole for t in material.texts] == ["修桥\n桥面坏了。", "修井", "\n学校漏雨。"]
    assert material.rows == tuple(ROWS)
    assert material.weights.tolist() == [2.0, 1.0, 0.5]
    assert views([]).texts == whole([]).texts == ()


def test_where_keeps_the_three_together():
    kept = whole(ROWS).where(np.array([True, False, True]))
    assert [row.id for row in kept.rows] == ["1", "3"]
    assert [text.title for text in kept.texts] == ["修桥", ""]
    assert kept.weights.tolist() == [2.0, 0.5]


def test_views_of_two_lists_are_the_views_of_both():
    joined, at_once = views(ROWS[:1]).joined(views(ROWS[1:])), views(ROWS)
    assert (joined.texts, joined.rows) == (at_once.texts, at_once.rows)
    assert joined.weights.tolist() == at_once.weights.tolist()


def test_duty_words_become_rows_of_their_function():
    functions = (
        Function("water", "水利", duties=(Duty("供水", ("吃水", "供水")), Duty("河道", ("吃水",)))),
        Function("idle", "无"),
    )
    rows = duty_rows(functions)
    assert [(r.title, r.lead, r.weight) for r in rows] == [
        ("供水", "water", DUTY_WEIGHT),
        ("吃水", "water", DUTY_WEIGHT),
        ("河道", "water", DUTY_WEIGHT),
    ]
    assert all(r.topics is None and r.co is None for r in rows)
    assert len({r.id for r in rows}) == 3
