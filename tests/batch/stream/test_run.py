"""A run does what the journal lacks, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from stream_samples import Shouting, from_loud, loud, rows

from nlp.batch.stream.chunks import cut
from nlp.batch.stream.journal import Journal
from nlp.batch.stream.run import Advance, Run
from nlp.batch.stream.salt import salt_of
from nlp.batch.stream.stored import Stored
from nlp.engines.local import LocalEngine
from nlp.types import Proposal

SIZE = 5
HERE = LocalEngine(1)


class Stopped(Exception):
    pass


class Backwards:
    """An engine that gives everything back in the opposite order."""

    def map(self, task, pieces):
        work = task.open()
        yield from [work(piece) for piece in reversed(list(pieces))]


class Forgetful:
    """An engine that loses what it was given last."""

    def map(self, task, pieces):
        work = task.open()
        yield from [work(piece) for piece in list(pieces)[:-1]]


def run(path, items, task=None, *, salt=b"salt", engine=HERE, tell=lambda _: None):
    """Run to the end and return what the journal then has."""
    journal = Journal(path)
    try:
        advance = Run(journal, engine, task or Shouting(), salt, size=SIZE).work(items, tell)
        return advance, list(Stored(journal, from_loud))
    finally:
        journal.close()


def broken_off(path, items, at: int) -> None:
    """Run until `at` rows are read, and stop as if the process were killed."""

    def some() -> Iterator:
        yield from items[:at]
        raise Stopped

    with pytest.raises(Stopped):
        run(path, some())


def test_a_fresh_run(tmp_path):
    told: list[Advance] = []
    advance, found = run(tmp_path / "j", rows(60), tell=told.append)
    assert found == list(map(loud, rows(60)))
    assert advance == told[-1] == Advance(read=60, done=60, before=0)
    assert all(now.done + now.before <= now.read for now in told)
    assert [now.read for now in told] == sorted(now.read for now in told)


def test_in_whatever_order_an_engine_works(tmp_path):
    _, found = run(tmp_path / "j", rows(60), engine=Backwards())
    assert [each.id for each in found] == [row.id for row in rows(60)]


def test_no_rows_at_all(tmp_path):
    assert run(tmp_path / "j", []) == (Advance(), [])


@pytest.mark.parametrize("at", [1, 20, 43, 59])
def test_a_second_run_does_only_what_is_left(tmp_path, at):
    broken_off(tmp_path / "j", rows(60), at)
    task = Shouting()
    advance, found = run(tmp_path / "j", rows(60), task)
    assert found == list(map(loud, rows(60)))
    assert advance.before + advance.done == 60
    assert task.asked == [row.id for row in rows(60)][advance.before :]
    assert advance.before >= max(0, at - 2 * SIZE)


def test_a_row_changed_in_between_costs_its_own_chunk(tmp_path):
    broken_off(tmp_path / "j", rows(60), 60)
    items = rows(60)
    items[20] = Proposal("20", "neu")
    task = Shouting()
    _, found = run(tmp_path / "j", items, task)
    assert found == list(map(loud, items))
    assert "20" in task.asked
    assert len(task.asked) <= 6 * SIZE


def test_another_salt_reuses_nothing(tmp_path):
    broken_off(tmp_path / "j", rows(60), 60)
    task = Shouting()
    advance, _ = run(tmp_path / "j", rows(60), task, salt=b"other")
    assert (len(task.asked), advance.before) == (60, 0)


def test_the_same_chunk_again_is_worked_on_once_and_not_called_an_earlier_run_s(tmp_path):
    alike = [Proposal("1", "a")] * 95
    chunks = {chunk.key: len(chunk.rows) for chunk in cut(alike, b"salt", size=SIZE)}
    for name, engine in (("here", HERE), ("later", Backwards())):
        task = Shouting()
        advance, found = run(tmp_path / name, alike, task, engine=engine)
        assert len(found) == 95
        assert len(task.asked) == sum(chunks.values()) < 95
        assert advance == Advance(95, 95, 0)


def test_an_engine_that_loses_something_is_found_out(tmp_path):
    with pytest.raises(RuntimeError, match="1 chunks were not done"):
        run(tmp_path / "j", rows(60), engine=Forgetful())


def test_salts_differ_with_every_part_and_with_their_order():
    salts = {
        salt_of(*parts)
        for parts in ((), ("a",), ("a", "b"), ("b", "a"), (("a", "b"),), ("ab",), (1,), ("1",))
    }
    assert len(salts) == 8
    assert salt_of("a", 0.95) == salt_of("a", 0.95)
