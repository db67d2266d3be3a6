"""Results read back from the journal are those that were made, at their places."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stream_samples import Letters, Shouting, from_loud, loud, rows, to_loud

from nlp.batch.result import Listed
from nlp.batch.stream.journal import Journal
from nlp.batch.stream.run import Run
from nlp.batch.stream.stored import Stored
from nlp.batch.stream.work import Keep
from nlp.engines.local import LocalEngine
from nlp.types import Proposal, RowRef

TEXT = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\u2028\n县")))
ROW = st.builds(
    Proposal,
    st.text(max_size=3),
    TEXT,
    source=st.builds(RowRef, st.sampled_from("甲乙"), st.none() | TEXT, st.none() | st.integers()),
    given=st.dictionaries(TEXT, TEXT, max_size=3),
)


@pytest.fixture
def journal(tmp_path):
    made = Journal(tmp_path / "j")
    yield made
    made.discard()


def worked(journal: Journal, items, *, by_file: bool = False, keep: Keep | None = None) -> None:
    task = Shouting(keep or Keep(cells=True))
    Run(journal, LocalEngine(1), task, b"salt", by_file, size=5).work(items, lambda _: None)


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ROW, max_size=30))
def test_results_come_back_with_places_and_cells(tmp_path, items):
    journal = Journal(tmp_path / "j")
    worked(journal, items)
    stored, listed = Stored(journal, from_loud), Listed(list(map(loud, items)), to_loud)
    for _ in range(2):  # as often as they are asked for
        found = list(stored)
        assert found == list(listed)
        assert [each.source for each in found] == [item.source for item in items]
        assert "".join(stored.lines()) == "".join(listed.lines())
        assert stored.heads() == listed.heads()
    journal.discard()


def test_counts_of_all_and_of_one_file(journal):
    items = [*rows(30, "a.csv"), *rows(12, "b.csv")]
    worked(journal, items, by_file=True)
    for file, own in ((None, items), ("a.csv", items[:30]), ("b.csv", items[30:]), ("c", [])):
        expected, found = Letters(), Letters()
        list(expected.watch(map(loud, own)))
        stored = Stored(journal, from_loud, file)
        stored.counted(found)
        assert found == expected
        assert [each.id for each in stored] == [item.id for item in own]
    assert journal.files() == ["a.csv", "b.csv"]


def test_without_cells_results_have_none(journal):
    worked(journal, rows(12), keep=Keep())
    stored = Stored(journal, from_loud)
    assert [dict(each.given) for each in stored] == [{}] * 12
    assert stored.heads() == []
    assert [json.loads(line)["id"] for line in "".join(stored.lines()).splitlines()] == [
        str(n) for n in range(12)
    ]
