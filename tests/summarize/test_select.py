"""The chosen clauses are the best that fit: checked against trying everything."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.summarize.select import LEAST, NEW_RUN, NOWHERE, SCRAP, WHOLE, Offer, choose

DIFFERENT = "修桥通水清淤护坡绿化照明供热排污铺路架线"


def offer(values, opening, going_on=None, words=None):
    going_on = opening if going_on is None else going_on
    words = words or [DIFFERENT[2 * at : 2 * at + 2] for at in range(len(values))]
    return Offer(np.array(values), opening, going_on, words)


def worth(of, runs):
    """Return what runs are worth, and the room they take."""
    value, room = 0.0, 0
    for run in runs:
        value -= NEW_RUN + SCRAP * max(0, WHOLE - of.opening[run[0]])
        value += sum(of.values[at] - LEAST for at in run)
        room += of.opening[run[0]] + sum(of.going_on[at] for at in run[1:])
    return value, room


def all_choices(of, at=0, runs=(), joined=False):
    """Yield every way to choose: leave a clause, open a run with it, go on with it."""
    if at == len(of.values):
        yield runs
        return
    if not of.going_on[at]:
        yield from all_choices(of, at + 1, runs, joined)
        return
    yield from all_choices(of, at + 1, runs, False)
    yield from all_choices(of, at + 1, (*runs, (at,)), True)
    if joined:
        yield from all_choices(of, at + 1, (*runs[:-1], (*runs[-1], at)), True)


CLAUSE = st.tuples(
    st.floats(0, 1, width=16), st.integers(1, 20), st.sampled_from([0, 0, 2, 3])
) | st.tuples(st.floats(0, 1, width=16), st.just(0), st.just(0))


@settings(deadline=None, max_examples=150)
@given(st.lists(CLAUSE, max_size=7), st.integers(0, 60))
def test_the_choice_is_optimal(clauses, room):
    of = offer(
        [value for value, _, _ in clauses],
        [max(1, size - marker) if size else 0 for _, size, marker in clauses],
        [size for _, size, _ in clauses],
    )
    runs = choose(of, room)
    value, used = worth(of, runs)
    possible = (worth(of, each) for each in all_choices(of))
    assert used <= room
    assert value == pytest.approx(max(v for v, taken in possible if taken <= room), abs=1e-9)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(CLAUSE, st.text("修桥通水清", max_size=6)), max_size=30), st.integers(0, 90)
)
def test_runs_ascend_and_fit_whatever_repeats(clauses, room):
    of = offer(
        [value for (value, _, _), _ in clauses],
        [max(0, size - marker) for (_, size, marker), _ in clauses],
        [size for (_, size, _), _ in clauses],
        [words for _, words in clauses],
    )
    runs = choose(of, room)
    chosen = [at for run in runs for at in run]
    assert chosen == sorted(set(chosen))
    assert all(runs)
    assert all(of.going_on[at] for at in chosen)
    assert worth(of, runs)[1] <= room
    for run in runs:
        for before, at in pairwise(run):
            assert not any(of.going_on[between] for between in range(before + 1, at))


def test_a_connective_does_not_break_a_run():
    assert choose(offer([0.9, 0.0, 0.9], [10, 0, 10]), 20) == [[0, 2]]
    assert choose(offer([0.9, 0.0, 0.9], [10, 5, 10]), 20) == [[0], [2]]


def test_no_run_is_nothing_but_a_connective():
    assert choose(offer([0.9], [0]), 20) == []
    assert choose(offer([0.9, 0.02], [0, 3]), 20) == []
    # numbered runs: a connective would take the room of its number
    assert choose(offer([0.9, 0.9], [2, 12], [0, 10]), 12) == [[1]]


def test_behind_its_neighbour_a_clause_may_be_longer():
    assert choose(offer([0.5, 0.5], [10, 10], [10, 13]), 23) == [[0, 1]]
    # a break costs less room, if not less value
    assert choose(offer([0.5, 0.5], [10, 10], [10, 13]), 22) == [[0], [1]]


def test_padding_does_not_fill_up():
    assert choose(offer([0.9, LEAST], [12, 3]), 100) == [[0]]
    assert choose(offer([LEAST + NEW_RUN - 0.01], [20]), 100) == []
    assert choose(offer([LEAST + NEW_RUN + 0.01], [20]), 100) == [[0]]


def test_scraps_must_be_worth_more():
    assert choose(offer([0.18], [3]), 100) == []
    assert choose(offer([0.18], [9]), 100) == [[0]]


def test_what_fits_nowhere_is_never_chosen():
    assert choose(offer([0.9, 0.9], [NOWHERE, 8]), 120) == [[1]]
    assert choose(offer([0.9, 0.9, 0.9], [8, NOWHERE, 8]), 120) == [[0], [2]]
    assert choose(offer([0.9], [121]), 120) == []
    assert choose(offer([0.9], [120]), 120) == [[0]]


def test_nothing_from_nothing():
    assert choose(offer([], []), 120) == []
    assert choose(offer([0.9], [10]), 0) == []


def test_what_repeats_gives_way_to_something_else():
    words = ["新建停车位240个", "共新建停车位240个", "开通夜间公交2条"]
    plain = offer([0.9, 0.8, 0.4], [12, 12, 12], words=["甲乙丙丁戊", "己庚辛壬癸", "子丑寅卯辰"])
    assert choose(plain, 24) == [[0, 1]]
    assert choose(offer([0.9, 0.8, 0.4], [12, 12, 12], words=words), 24) == [[0], [2]]


def test_short_words_repeat_nothing():
    assert choose(offer([0.9, 0.9], [12, 12], words=["已办结", "已办结"]), 24) == [[0, 1]]
