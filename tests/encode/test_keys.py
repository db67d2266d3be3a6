"""Keys of n-grams: a table finds what a dict would, however its slots are crowded."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.encode.keys import BITS, MAX_ORDER, SPREAD, KeyTable, code_table, to_codes, windows

BACK = pow(int(SPREAD), -1, 2**64)
"""Multiplication by SPREAD names a key's slot; this undoes it."""


def digits(key):
    """Return the character numbers of a key of the longest order."""
    return [key >> BITS * (MAX_ORDER - 1 - i) & (2**BITS - 1) for i in range(MAX_ORDER)]


def crowd(slot, count):
    """Return keys that lie in one slot of any table with at most 2^20 slots: alike in front."""
    keys = ((slot << 44) + i for i in range(1, 2 * count))
    whole = [key for key in (hashed * BACK % 2**64 for hashed in keys) if all(digits(key))]
    return whole[:count]


def table(keys):
    return KeyTable(np.array(sorted(keys), np.uint64))


def spelt(keys):
    """Return character numbers that spell keys one after the other, a 0 behind each."""
    return np.array([n for key in keys for n in (*digits(key), 0)], np.uint64)


def looked_up(known, codes, orders):
    """Return what `find` should: each n-gram looked up in a dict."""
    columns = {key: column for column, key in enumerate(sorted(known))}
    rows = []
    for start in range(len(codes)):
        row = []
        for order in orders:
            gram = [int(c) for c in codes[start : start + order]]
            key = sum(c << BITS * (order - 1 - i) for i, c in enumerate(gram))
            row.append(columns.get(key, -1) if len(gram) == order and all(gram) else -1)
        rows.append(row)
    return rows


CODES = st.lists(st.integers(0, 4), max_size=40)
GRAMS = st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=4), max_size=30)


@settings(max_examples=100, deadline=None)
@given(grams=GRAMS, codes=CODES, first=st.integers(1, 4), more=st.integers(0, 3))
def test_find_equals_a_dict(grams, codes, first, more):
    known = {sum(c << BITS * (len(g) - 1 - i) for i, c in enumerate(g)) for g in grams}
    orders = range(first, min(first + more, MAX_ORDER) + 1)
    found = table(known).find(np.array(codes, np.uint64), orders)
    assert found.tolist() == looked_up(known, codes, orders)


CROWD = [*crowd(0, 40), *crowd(1, 40), *crowd(2**20 - 1, 40)]


@settings(max_examples=100, deadline=None)
@given(known=st.sets(st.sampled_from(CROWD)), asked=st.lists(st.sampled_from(CROWD), max_size=40))
def test_find_equals_a_dict_where_all_keys_want_three_slots(known, asked):
    codes, orders = spelt(asked), range(MAX_ORDER, MAX_ORDER + 1)
    assert table(known).find(codes, orders).tolist() == looked_up(known, codes, orders)


def test_the_crowd_does_share_a_slot():
    crowded = np.array(crowd(3, 40), np.uint64)
    assert len(set(crowded.tolist())) == 40
    assert len(np.unique((crowded * SPREAD) >> np.uint64(44))) == 1


def test_a_table_of_many_keys():
    known = [(a << BITS) + b for a in range(1, 301) for b in range(1, 301)]
    codes = np.random.default_rng(0).integers(0, 400, 2000).astype(np.uint64)
    found = table(known).find(codes, range(1, 4))
    assert found.tolist() == looked_up(known, codes, range(1, 4))
    assert (found[:, 1] >= 0).sum() > 500


def test_an_empty_table_finds_nothing():
    found = table([]).find(np.array([1, 0, 2, 3], np.uint64), range(1, 3))
    assert found.tolist() == [[-1, -1]] * 4


@pytest.mark.parametrize("orders", [range(1, 2), range(1, 5), range(4, 5)])
def test_no_codes(orders):
    assert table([1]).find(np.zeros(0, np.uint64), orders).shape == (0, len(orders))


def test_codes_follow_the_charset_and_end_with_zero():
    numbers = code_table("0a水利")
    assert to_codes(["水a", "", "利龘"], numbers).tolist() == [3, 2, 0, 0, 4, 0, 0]


def test_digits_and_capitals_share_a_number():
    numbers = code_table("0ab")
    assert to_codes(["09aAbBC"], numbers).tolist() == [1, 1, 2, 2, 3, 3, 0, 0]


def test_windows_stop_at_unknown_characters():
    seen = dict(
        zip((1, 2, 3), windows(np.array([1, 2, 0, 3], np.uint64), range(1, 4)), strict=True)
    )
    assert seen[1][0].tolist() == [0, 1, 3]
    assert (seen[2][0].tolist(), seen[2][1].tolist()) == ([0], [(1 << BITS) + 2])
    assert seen[3][0].tolist() == []
