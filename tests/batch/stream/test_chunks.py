"""Rows cut into chunks: nothing lost, and a change costs only what it changes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from nlp.batch.stream import chunks
from nlp.batch.stream.chunks import Chunk, cut, row_digest
from nlp.types import Proposal, Reply, RowError, RowRef

SIZE = 5
TEXT = st.text(st.sampled_from("甲乙\x1f\n\u2028\ud800,1"), max_size=4)
CELLS = st.dictionaries(TEXT, TEXT, max_size=2)
ROW = st.one_of(
    st.builds(Proposal, TEXT, TEXT, TEXT, given=CELLS),
    st.builds(Reply, TEXT, TEXT, TEXT, TEXT, given=CELLS),
    st.builds(RowError, TEXT, TEXT, TEXT, given=CELLS),
)


def rows(count: int, file: str = "a.csv") -> list[Proposal]:
    return [
        Proposal(str(n), f"关于第{n}件事的建议", source=RowRef(file, None, n + 2))
        for n in range(count)
    ]


def cut_small(items, salt: bytes = b"salt", *, by_file: bool = False) -> list[Chunk]:
    return list(cut(items, salt, by_file=by_file, size=SIZE))


def keys(items, salt: bytes = b"salt") -> set[bytes]:
    return {chunk.key for chunk in cut_small(items, salt)}


@given(st.lists(ROW, max_size=60))
def test_cutting_keeps_all_rows_in_order(items):
    found = cut_small(items)
    assert [row for chunk in found for row in chunk.rows] == items
    assert all(1 <= len(chunk.rows) <= 2 * SIZE for chunk in found)
    assert cut_small(iter(items)) == found


@given(st.integers(0, 300), st.booleans())
def test_a_row_put_in_or_taken_out_changes_few_chunks(at, inserted):
    before = rows(300)
    extra = [Proposal("新", "关于新事的建议")] if inserted else []
    after = before[:at] + extra + before[at + (not inserted) :]
    assert len(keys(before)) > 40
    # where chunks are full before an edge comes, the next edge brings both back together
    assert len(keys(after) - keys(before)) <= 6


def test_a_changed_row_changes_its_own_chunk():
    before, after = rows(300), rows(300)
    after[150] = replace(after[150], body="新的正文")
    assert 1 <= len(keys(after) - keys(before)) <= 6
    moved = [replace(row, source=RowRef("b.csv", "表", 9)) for row in before]
    assert keys(moved) == keys(before)  # where a row stands decides nothing


def test_another_model_or_option_changes_all_keys():
    assert not keys(rows(300)) & keys(rows(300), b"other")


def test_no_chunk_has_rows_of_two_files_where_each_file_has_its_own_output():
    items = [*rows(7, "a.csv"), *rows(7, "b.csv"), *rows(1, "c.csv")]
    files = [{row.source.file for row in chunk.rows} for chunk in cut_small(items, by_file=True)]
    assert all(len(each) == 1 for each in files)
    assert {file for each in files for file in each} == {"a.csv", "b.csv", "c.csv"}
    alike = [row for row in rows(7, "a.csv") for _ in range(2)]
    assert [len(chunk.rows) for chunk in cut_small(alike, by_file=True)] == [
        len(chunk.rows) for chunk in cut_small(alike)
    ]


@given(ROW, ROW)
def test_rows_have_the_same_digest_only_if_they_say_the_same(one, other):
    assert (row_digest(one) == row_digest(other)) == (one == other)


def test_texts_that_only_together_are_the_same_are_told_apart():
    split = [
        Proposal("1", "甲\x1f乙", ""),
        Proposal("1", "甲", "\x1f乙"),
        Proposal("1\x1f甲", "乙"),
    ]
    assert len({row_digest(row) for row in split}) == 3
    assert row_digest(Proposal("1", "", given={"a": "b"})) != row_digest(
        Proposal("1", "", given={"a": "", "b": ""})
    )


def test_the_usual_size(monkeypatch):
    monkeypatch.setattr(chunks, "SIZE", SIZE)
    assert list(cut(rows(100), b"salt")) == cut_small(rows(100))


def test_long_texts_make_small_chunks(monkeypatch):
    monkeypatch.setattr(chunks, "HEAVY", 1000)
    items = [Proposal(str(n), "建议", "长" * 100) for n in range(40)]
    found = list(cut(items, b"salt", size=10**9))
    assert [len(chunk.rows) for chunk in found] == [4] * 10
    assert [row for chunk in found for row in chunk.rows] == items


def test_places_are_those_of_the_rows():
    (chunk,) = cut_small(rows(1))
    assert chunk.places == [RowRef("a.csv", None, 2)]
