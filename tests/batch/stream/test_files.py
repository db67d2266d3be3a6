"""Files of a run: the same, whoever writes them."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from stream_samples import Letters, Shouting, from_loud, rows

from nlp.batch.stream import files
from nlp.batch.stream.files import Finished, Settled, Writing, write_files
from nlp.batch.stream.journal import Journal
from nlp.batch.stream.run import Run
from nlp.engines.local import LocalEngine
from nlp.io.write import Written

FILES = ("a.csv", "b.csv", "c.csv")


class Elsewhere:
    """Writes in the opposite order what was pickled for it; `begun` are the numbers."""

    def __init__(self):
        self.begun = []

    def map(self, task, pieces):
        work = pickle.loads(pickle.dumps(task)).open()
        for piece in reversed(list(pieces)):
            self.begun.append(piece.number)
            yield work(pickle.loads(pickle.dumps(piece)))


class Blind(Elsewhere):
    """Does not see the folder."""

    def map(self, task, pieces):
        for piece in pieces:
            yield Finished(piece.number, None)


class Unwanted:
    def map(self, task, pieces):
        raise AssertionError("so little is written here")


def write(path: Path, results, tally: Letters) -> Written:
    cells = [f"{item.id} {item.title} {item.source} {dict(item.given)}" for item in results]
    path.write_text("\n".join([*results.heads(), *cells, *results.lines(), *tally.said()]))
    return Written(path, cut=1 + FILES.index(path.name))


@pytest.fixture
def journal(tmp_path):
    """A run over three files, in chunks of five rows."""
    made = Journal(tmp_path / "journal")
    items = [row for file in FILES for row in rows(23, file)]
    Run(made, LocalEngine(1), Shouting(), b"salt", True, 5).work(items, lambda _: None)
    yield made
    made.close()


def written(journal, folder: Path, engine) -> tuple[list[str], dict[str, str]]:
    folder.mkdir()
    writing = Writing(journal.path, from_loud, Letters, write)
    said = list(write_files(journal, writing, {folder / file: file for file in FILES}, engine))
    return said, {path.name: path.read_text() for path in folder.iterdir()}


@pytest.fixture
def expected(journal, tmp_path):
    said, texts = written(journal, tmp_path / "here", LocalEngine(1))
    assert [note[:10] for note in said] == [f"“{file}”有 {n}" for n, file in enumerate(FILES, 1)]
    assert len(texts) == 3
    assert all("X" not in text and "B1" in text for text in texts.values())
    return said, texts


@pytest.mark.parametrize("engine", [Elsewhere(), Blind()])
def test_the_files_are_the_same_wherever_they_are_written(
    journal, expected, tmp_path, monkeypatch, engine
):
    monkeypatch.setattr(files, "FEW", 0)
    assert written(journal, tmp_path / "there", engine) == expected


def test_what_is_too_long_to_travel_is_written_beside_the_journal(
    journal, expected, tmp_path, monkeypatch
):
    monkeypatch.setattr(files, "FEW", 0)
    monkeypatch.setattr(files, "MOST", 1)
    engine = Elsewhere()
    assert written(journal, tmp_path / "there", engine) == expected
    assert engine.begun == []


def test_a_machine_that_does_not_see_the_folder_writes_nothing(journal, tmp_path):
    writing = Writing(tmp_path / "elsewhere", from_loud, Letters, write)
    sheaf = files.Sheaf(0, tmp_path / "x.txt", files.Held(tuple(journal.kept("a.csv"))))
    assert writing.open()(sheaf) == Finished(0, None)
    assert not sheaf.path.exists()


def test_a_small_run_is_written_here(journal, expected, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "FEW", journal.planned())
    assert written(journal, tmp_path / "there", Unwanted()) == expected


def test_facts_travel():
    assert pickle.loads(pickle.dumps(Settled({"a": 1})))() == {"a": 1}
