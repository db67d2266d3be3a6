"""A chunk's units are those of its texts one by one, ties included."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nlp.classify.dispatch import TOP, Dispatch
from nlp.places import Directory, Unit
from nlp.taxonomy import Function
from nlp.types import UnitScore

KEYS = ("education", "sports", "water", "court", "township", "park_committee", "health", "tax")
PLACE = Directory(
    "试县",
    "county",
    (
        Unit("县教体局", (), ("education", "sports")),
        Unit("县水务局", (), ("water",)),
        Unit("县卫健局", (), ("health",)),
        Unit("县税务局", (), ("tax",)),
        Unit("乡镇政府", (), ("township",)),
    ),
    towns=("柳林镇",),
    parks=("南山园区",),
    default="县政府办",
)
DISPATCH = Dispatch(PLACE, tuple(Function(key, key) for key in KEYS))
TEXTS = ("修路", "柳林镇修路", "南山园区和柳林镇修路")
CHANCE = st.sampled_from([0.0, 0.1, 0.25, 0.3, 0.9])
"""Few values, so that many are equal."""


def by_hand(row, chances, text, columns) -> tuple[UnitScore, ...]:
    """Name units from the largest on, each by its most probable function."""
    best = sorted(columns, key=lambda column: -row[column])[:TOP]
    functions = [max(DISPATCH.functions_of(c), key=lambda f: chances[f]) for c in best]
    return tuple(
        UnitScore(KEYS[f], DISPATCH.name(c, f, text), round(float(row[c]), 4))
        for c, f in zip(best, functions, strict=True)
    )


@settings(max_examples=100, deadline=None)
@given(arrays(np.float64, (3, len(KEYS)), elements=CHANCE), CHANCE, st.data())
def test_a_chunk_is_its_texts_one_by_one(chances, threshold, data):
    units = DISPATCH.summed(chances)
    places = range(len(DISPATCH.units))
    without = np.array(data.draw(st.lists(st.sampled_from(places), min_size=3, max_size=3)))
    ranked = DISPATCH.ranked_all(units, chances, TEXTS)
    accepted = DISPATCH.accepted_all(units, chances, TEXTS, threshold=threshold, without=without)
    for row, text in enumerate(TEXTS):
        assert ranked[row] == by_hand(units[row], chances[row], text, places)
        reached = [c for c in places if units[row, c] >= threshold and c != without[row]]
        assert accepted[row] == by_hand(units[row], chances[row], text, reached)


def test_no_texts_at_all():
    none = np.zeros((0, len(KEYS)))
    assert DISPATCH.ranked_all(DISPATCH.summed(none), none, ()) == []
