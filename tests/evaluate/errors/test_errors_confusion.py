"""Confusions counted by hand; the table loses no row however few labels it shows."""

from __future__ import annotations

import numpy as np
from error_samples import answers
from hypothesis import given
from hypothesis import strategies as st

from nlp.evaluate.errors.confusion import OTHER, confusion, top_confusions

#        right right wrong wrong wrong right none
GOLD = (0, 0, 0, 1, 1, 2, -1)
SAID = (0, 0, 1, 0, 0, 2, 1)
PAIRS = st.lists(st.tuples(st.integers(-1, 5), st.integers(0, 5)), min_size=1, max_size=40)
SIX = tuple("abcdef")


def test_a_table_by_hand():
    found = confusion(answers(GOLD, SAID), 3)
    assert found.labels == ("water", "roads", "schools")
    assert found.names == ("水利", "道路", "schools")
    assert found.counts == ((2, 1, 0), (2, 0, 0), (0, 0, 1))
    assert found.other_right == 0


def test_labels_without_confusions_are_counted_together():
    found = confusion(answers(GOLD, SAID), 2)
    assert found.labels == ("water", "roads", OTHER)
    assert found.names[-1] == "其他"
    assert found.counts == ((2, 1, 0), (2, 0, 0), (0, 0, 1))
    assert found.other_right == 1


def test_a_label_that_nobody_uses_is_left_out():
    assert confusion(answers((0, 0), (0, 2)), 3).labels == ("water", "schools")


def test_one_class_only():
    found = confusion(answers((0, 0), (0, 0)), 3)
    assert (found.labels, found.counts) == (("water",), ((2,),))


def test_pairs_by_hand():
    found = top_confusions(answers(GOLD, SAID))
    assert [(one.gold, one.said, one.count) for one in found] == [
        ("roads", "water", 2),
        ("water", "roads", 1),
    ]
    assert (found[0].gold_name, found[0].said_name) == ("道路", "水利")
    assert len(top_confusions(answers(GOLD, SAID), 1)) == 1
    assert top_confusions(answers((0, 1), (0, 1))) == ()


@given(PAIRS, st.integers(1, 6))
def test_every_labelled_row_is_counted_once(pairs, shown):
    gold, said = zip(*pairs, strict=True)
    given_answers = answers(gold, said, labels=SIX)
    found = confusion(given_answers, shown)
    counts = np.array(found.counts).reshape(len(found.labels), len(found.labels))
    assert counts.sum() == sum(label >= 0 for label in gold)
    assert len(found.labels) <= shown + 1
    outside = counts[-1, -1] - found.other_right if OTHER in found.labels else 0
    right = sum(one == other for one, other in pairs)
    assert np.trace(counts) - outside == right
    kept = [i for i, label in enumerate(found.labels) if label != OTHER]
    for i in kept:
        own = SIX.index(found.labels[i])
        assert counts[i].sum() == gold.count(own)


@given(PAIRS)
def test_pairs_add_up_to_the_wrong_rows_most_frequent_first(pairs):
    gold, said = zip(*pairs, strict=True)
    found = top_confusions(answers(gold, said, labels=SIX), 100)
    assert sum(one.count for one in found) == sum(a != b for a, b in pairs if a >= 0)
    assert [one.count for one in found] == sorted((one.count for one in found), reverse=True)
    assert all(one.gold != one.said for one in found)
