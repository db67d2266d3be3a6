"""Repeated ids are counted as a set would, in far less memory."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.io import seen as module
from nlp.io.seen import SHOWN, Seen
from nlp.io.target import Tally
from nlp.types import RowRef


@pytest.fixture(params=[1, 3, 10])
def small_block(request, monkeypatch):
    monkeypatch.setattr(module, "BLOCK", request.param)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ids=st.lists(st.text("ab", max_size=3), max_size=60))
def test_as_many_repeat_as_do(small_block, ids):
    seen = Seen()
    for id in ids:
        seen.add(id)
    repeated = {id for id, count in Counter(ids).items() if count > 1}
    assert len(seen) == len(repeated)
    assert len(seen) == len(repeated), "asking changes nothing"
    assert len(seen.shown()) == min(SHOWN, len(repeated))
    assert set(seen.shown()) <= repeated


@given(ids=st.lists(st.text("ab", max_size=2), max_size=60))
def test_within_a_block_the_first_to_repeat_are_shown_in_their_order(ids):
    seen, again = Seen(), dict[str, None]()
    seen.update(ids)
    for at, id in enumerate(ids):
        if id in ids[:at]:
            again.setdefault(id)
    assert seen.shown() == list(again)[:SHOWN]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_many_ids_take_little(times):
    seen = Seen()
    for _ in range(times):
        seen.update(f"提案第{n}号" for n in range(200_000))
    seen.update(f"提案第{n}号" for n in (7, 150_000, 7))
    assert len(seen) == (2 if times == 1 else 200_000)
    held = sum(array.nbytes for runs in (seen._runs, seen._again) for array in runs.arrays)
    assert held < (times + 1) * 200_000 * 8 + 100
    assert not seen._block


def test_a_tally_s_state_is_all_but_its_ids_and_is_taken_over_or_added():
    first = Tally(cleaned=2, cleaned_rows=1)
    for row in range(2, 7):
        first.too_wide(RowRef("a.csv", None, row))
        first.total(RowRef("a.csv", None, row))
    again, both = Tally(), Tally()
    again.replace(first.state())
    assert list(again.notes()) == list(first.notes())
    assert len(list(first.notes())) == 3
    both.absorb(first.state())
    assert both.state() == first.state()
    both.absorb(first.state())
    assert (both.cleaned, both.wide, both.totals) == (4, 10, 10)
    assert both.wide_shown == first.wide_shown


def test_a_state_does_not_change_with_what_comes_later():
    tally = Tally()
    state = tally.state()
    tally.total(RowRef("a.csv", None, 3))
    assert state == Tally().state()
