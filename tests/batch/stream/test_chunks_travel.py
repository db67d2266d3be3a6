"""Chunks on their way to another process, and what a row is known by."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from nlp.batch.stream.chunks import Chunk, row_digest
from nlp.types import EMPTY, Proposal, Reply, RowError, RowRef

TEXT = st.text(st.sampled_from("=,012\x1f甲\ud800"), max_size=3)
CELLS = st.just(EMPTY) | st.dictionaries(TEXT, TEXT, max_size=3)
PLACE = st.builds(RowRef, TEXT, st.none() | TEXT, st.none() | st.integers(1, 9))
ROW = st.one_of(
    st.builds(Proposal, TEXT, TEXT, TEXT, PLACE, CELLS),
    st.builds(Reply, TEXT, TEXT, TEXT, TEXT, PLACE, CELLS),
    st.builds(RowError, TEXT, TEXT, TEXT, PLACE, CELLS),
)


@given(st.binary(max_size=16), st.lists(ROW, max_size=5))
def test_a_chunk_arrives_as_it_left(key, rows):
    sent = Chunk(key, tuple(rows))
    arrived = pickle.loads(pickle.dumps(sent))
    assert arrived == sent  # with places and cells
    assert list(map(type, arrived.rows)) == list(map(type, rows))


def cells(row) -> tuple:
    return tuple(row.given.items())


@given(ROW, ROW)
def test_rows_that_say_something_else_are_told_apart(one, other):
    said = [repr((type(row), row.id, row.title, cells(row), texts(row))) for row in (one, other)]
    assert (row_digest(one) == row_digest(other)) == (said[0] == said[1])


def texts(row) -> list[str]:
    return [getattr(row, name, "") for name in ("body", "text", "message")]


def test_a_cell_that_repeats_a_text_is_not_one_that_says_so():
    repeated = Proposal("1", "甲", "乙", given={"题": "甲"})
    for cell in ("=1", "1", "", "乙"):
        assert row_digest(repeated) != row_digest(Proposal("1", "甲", "乙", given={"题": cell}))
    assert row_digest(repeated) == row_digest(Proposal("1", "甲", "乙", given={"题": "甲"}))
