"""Rows in order of a key, however many there are."""

from __future__ import annotations

import sqlite3
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.batch import ordering
from nlp.batch.ordering import sorted_rows

KEY = st.floats(allow_nan=False) | st.integers(-5, 5).map(float)
ROWS = st.lists(st.tuples(KEY, st.lists(st.text(max_size=5), max_size=3)), max_size=30)


@given(ROWS)
def test_order_is_that_of_a_stable_sort(rows):
    assert list(sorted_rows(iter(rows))) == [row for _, row in sorted(rows, key=lambda r: r[0])]


def test_rows_wait_outside_of_memory():
    rows = ((-number % 997, ["文" * 1000]) for number in range(6000))  # 12 MB in memory
    tracemalloc.start()
    try:
        assert sum(1 for _ in sorted_rows(rows)) == 6000
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_a_full_disk_is_the_system_s_fault(monkeypatch):
    class Small(sqlite3.Connection):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            self.execute("PRAGMA max_page_count=20")

    monkeypatch.setattr(ordering.sqlite3, "connect", Small)
    with pytest.raises(OSError, match="full"):
        list(sorted_rows((0.0, ["文" * 1000]) for _ in range(1000)))
