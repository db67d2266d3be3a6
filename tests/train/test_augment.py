"""Other wordings: a title stays what it is about, and the seed alone decides."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.train.augment import (
    ENDINGS,
    KINDS,
    altered,
    damaged,
    invented_name,
    reframed,
    with_name,
)

TITLE = "关于加强农村小学校车管理的建议"
TITLES = st.text("关于加强农村小学校车管理的建议问题ABc1，。 \n𠮷", max_size=30)
SEEDS = st.integers(0, 2**32 - 1)


def seeded(seed=0):
    return np.random.default_rng(seed)


def many(change, title=TITLE, count=300):
    return [change(title, seeded(seed)) for seed in range(count)]


def longest_common(one, other):
    """Return how many characters of `one` stand in `other` in the same order."""
    row = [0] * (len(other) + 1)
    for a in one:
        before = 0
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], before + 1 if a == b else max(row[j], row[j - 1])
    return row[-1]


@settings(max_examples=100, deadline=None)
@given(title=TITLES, seed=SEEDS)
def test_the_seed_alone_decides(title, seed):
    assert altered(title, seeded(seed)) == altered(title, seeded(seed))


def test_most_titles_stay_and_some_change_in_every_way():
    found = many(altered, count=1000)
    assert 450 < found.count(TITLE) < 700
    assert any("小区" in title for title in found)
    assert any(title.endswith("的提案") for title in found)
    assert any(len(title) == len(TITLE) - 1 for title in found)


def test_a_name_is_letters_and_a_kind_of_place():
    for seed in range(100):
        name = invented_name(seeded(seed))
        kind = max((kind for kind in KINDS if name.endswith(kind)), key=len)
        assert 2 <= len(name) - len(kind) <= 3


def test_a_name_is_put_behind_the_frame():
    for title in many(with_name, count=50):
        assert title.startswith("关于加强")
        assert title.endswith("农村小学校车管理的建议")
        assert len(title) > len(TITLE) + 2


def test_without_a_frame_a_name_stands_in_front():
    for title in many(with_name, "校车太挤", count=50):
        assert title.endswith("校车太挤")
        assert len(title) > 6


def test_another_frame_leaves_the_matter():
    found = set(many(reframed))
    assert {title.replace("关于", "", 1) for title in found} == {
        "加强农村小学校车管理" + ending for ending in ENDINGS
    }
    assert {title.startswith("关于") for title in found} == {True, False}


def test_a_title_of_little_but_its_frame_keeps_it():
    assert set(many(reframed, "修路的建议", count=50)) == {"修路的建议"}


@settings(max_examples=200, deadline=None)
@given(title=TITLES, seed=SEEDS)
def test_damage_is_slight(title, seed):
    found = damaged(title, seeded(seed))
    assert abs(len(found) - len(title)) <= 2
    assert longest_common(title, found) >= len(title) - 2
    assert found[:1] == title[:1]
    assert set(found) <= set(title)


def test_characters_are_lost_doubled_and_swapped():
    found = many(damaged, "甲乙丙丁戊己庚")
    assert any(len(title) < 7 for title in found)
    assert any(len(title) > 7 for title in found)
    assert any(sorted(title) == sorted("甲乙丙丁戊己庚") for title in found)
    assert found.count("甲乙丙丁戊己庚") < 15  # now and then the second damage mends the first


@pytest.mark.parametrize("title", ["", "路", "修路架桥吧"])
def test_short_titles_are_not_damaged(title):
    assert set(many(damaged, title, count=50)) == {title}
