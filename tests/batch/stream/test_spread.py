"""A run on a cluster: read in parts and given back in any order, it is the run of one machine."""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stream_samples import Shouting, from_loud

from nlp.batch.stream import spread
from nlp.batch.stream.journal import Journal
from nlp.batch.stream.run import Run
from nlp.batch.stream.spread import PART_BYTES, PART_FILES, Reading, SpreadRun, portions
from nlp.batch.stream.stored import Stored
from nlp.engines.local import LocalEngine
from nlp.engines.task import Taken
from nlp.errors import InputError
from nlp.io.proposals import PROPOSALS
from nlp.io.read import read_proposals
from nlp.io.source import Listing, ReadOptions

SIZE = 5


@dataclass
class Shuffled:
    """A cluster of no machines: everything is pickled, and comes back last first."""

    steps: list = field(default_factory=list)

    def spread(self, read, task, parts):
        read = pickle.loads(pickle.dumps(read))
        for part in pickle.loads(pickle.dumps(parts)):
            self.steps += [pickle.loads(pickle.dumps(step)) for step in read(part)]
        work = task.open()
        for step in reversed(self.steps):
            done = None if step.work is None else pickle.loads(pickle.dumps(work(step.work)))
            yield Taken(step.told, done)


@dataclass
class Losing(Shuffled):
    """Loses one piece."""

    lost: int = 0

    def spread(self, read, task, parts):
        found = list(super().spread(read, task, parts))
        del found[self.lost]
        yield from found


class Twice(Shuffled):
    """Says everything twice, as a machine does that takes over from one that died."""

    def spread(self, read, task, parts):
        yield from 2 * list(super().spread(read, task, parts))


@pytest.fixture
def folder(tmp_path) -> Path:
    """Tables with the same ids, cells of their own, a bad row, a total and a damaged file."""
    found = tmp_path / "in"
    found.mkdir()
    for name in ("甲", "乙", "丙"):
        lines = [f"{n},关于第{n}件{name}事的建议,附注{n}" for n in range(12)]
        text = "\n".join(["编号,标题,备注", *lines, ",,", "合计,12,"])
        (found / f"{name}.csv").write_text(text, "utf-8")
    (found / "坏.xlsx").write_bytes(b"PK\x03\x04 nothing")
    (found / ".藏.csv").write_text("编号,标题\n1,不读", "utf-8")
    row = {"id": "7", "title": "关于\x07修路的建议"}
    (found / "行.jsonl").write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    return found


@pytest.fixture
def one_file_a_part(monkeypatch):
    monkeypatch.setattr(spread, "PART_FILES", 1)


def local(path, source, *, by_file=True):
    journal = Journal(path)
    Run(journal, LocalEngine(1), Shouting(), b"salt", by_file, SIZE).work(source.items, _quiet)
    return journal


def cluster(path, source, *, by_file=True, engine=None, tell=lambda _: None):
    journal = Journal(path)
    run = SpreadRun(journal, engine or Shuffled(), Shouting(), b"salt", by_file, SIZE)
    return journal, run.work(source, tell)


def _quiet(_):
    pass


def told(journal, source):
    """Return all that is written of a run."""
    results = Stored(journal, from_loud)
    lines = [(item, item.source, dict(item.given)) for item in results]
    return lines, results.heads(), source.columns, source.notes, source.maps


@pytest.mark.parametrize("by_file", [True, False])
def test_a_folder_gives_what_one_machine_gives(folder, tmp_path, one_file_a_part, by_file):
    here, there = read_proposals(folder), read_proposals(folder)
    one = local(tmp_path / "a", here, by_file=by_file)
    many, advance = cluster(tmp_path / "b", there, by_file=by_file)
    assert told(many, there) == told(one, here)
    assert many.files() == one.files() or not by_file
    assert (advance.read, advance.done, advance.before) == (41, 41, 0)
    assert any("编号重复" in note for note in there.notes)
    assert any("控制字符" in note for note in there.notes)
    assert any("隐藏文件" in note for note in there.notes)


def test_a_single_file_tells_its_remarks_once(folder, tmp_path):
    here, there = read_proposals(folder / "甲.csv"), read_proposals(folder / "甲.csv")
    one = local(tmp_path / "a", here)
    many, _ = cluster(tmp_path / "b", there)
    assert told(many, there) == told(one, here)


def test_what_one_machine_has_done_is_not_done_again(folder, tmp_path):
    local(tmp_path / "a", read_proposals(folder)).close()
    engine = Shuffled()
    journal, advance = cluster(tmp_path / "a", read_proposals(folder), engine=engine)
    assert (advance.done, advance.before) == (0, 41)
    assert [step.work for step in engine.steps] == [None] * len(engine.steps)
    assert len(list(Stored(journal, from_loud))) == 41


def test_only_the_chunk_that_changed_is_done_again(folder, tmp_path):
    local(tmp_path / "a", read_proposals(folder)).close()
    with (folder / "丙.csv").open("a", encoding="utf-8") as file:
        file.write("\n99,关于新增一件事的建议,")
    _, advance = cluster(tmp_path / "a", read_proposals(folder))
    assert advance.before > 30
    assert 0 < advance.done < 12


def test_progress_only_grows(folder, tmp_path):
    seen = []
    cluster(tmp_path / "a", read_proposals(folder), tell=seen.append)
    assert [now.done for now in seen] == sorted(now.done for now in seen)
    assert seen[-1].read == 41


@pytest.mark.parametrize("lost", [0, 1, -1])  # remarks, then chunks
def test_a_lost_piece_is_no_success(folder, tmp_path, lost):
    with pytest.raises(RuntimeError, match="not done"):
        cluster(tmp_path / "a", read_proposals(folder), engine=Losing(lost=lost))


def test_what_is_said_twice_counts_once(folder, tmp_path):
    here, there = read_proposals(folder), read_proposals(folder)
    one = local(tmp_path / "a", here)
    many, advance = cluster(tmp_path / "b", there, engine=Twice())
    assert told(many, there) == told(one, here)
    assert advance.done == 41


def test_a_machine_that_does_not_see_the_input_says_so(folder):
    listing = read_proposals(folder).listing
    reading = Reading(replace(listing, path=folder / "别处"), b"", True, 0, frozenset())
    with pytest.raises(InputError, match=r"看不到.*别处"):
        list(reading(portions(listing)[0]))


def test_a_machine_with_another_version_says_so(folder):
    listing = read_proposals(folder).listing
    reading = Reading(listing, b"", True, 0, frozenset(), version="0.0.0")
    with pytest.raises(InputError, match=r"0\.0\.0"):
        list(reading(portions(listing)[0]))


@given(st.lists(st.integers(0, PART_BYTES * 2), min_size=1, max_size=60), st.integers(1, 4))
def test_portions_hold_every_file_once_and_few_of_them(sizes, repeated):
    names = tuple(f"{n}.csv" for n in range(len(sizes) * repeated))
    by_name = {name: sizes[n % len(sizes)] for n, name in enumerate(names)}
    listing = Listing(Path("x"), names, True, PROPOSALS, ReadOptions())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spread, "_size", lambda _, file: by_name[file])
        found = portions(listing)
    assert tuple(file for portion in found for file in portion.files) == names
    assert [portion.number for portion in found] == list(range(len(found)))
    for portion in found:
        whole = sum(by_name[file] for file in portion.files)
        assert len(portion.files) == 1 or whole <= PART_BYTES
        assert len(portion.files) <= PART_FILES
