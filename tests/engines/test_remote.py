"""What a machine of a cluster does with the tables it gets."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from nlp.engines.remote import DEVICE, Actor, read_parts, unpacked
from nlp.engines.task import Step, Taken
from nlp.errors import DataError, ModelError, UsageError

pa = pytest.importorskip("pyarrow")


class Length:
    def open(self):
        return len


class Absent:
    def open(self):
        raise ModelError("没有模型。", "请拷过来。")


class Narrow:
    def open(self):
        return self._do

    def _do(self, work):
        if work == "b":
            raise DataError("县.yaml", ["第3行：缺 name"], "请改正。")
        return work


def letters(part):
    yield from (Step(letter.upper(), letter) for letter in part)
    yield Step(("end", part))


def where(part):
    yield Step(str(Path.cwd()), "x")


def refusing(part):
    yield Step("first", "x")
    raise UsageError("没有这一列。", "请看表头。")


@pytest.fixture(autouse=True)
def same_folder(monkeypatch):
    monkeypatch.chdir(Path.cwd())  # restored whatever the code under test does
    monkeypatch.delenv(DEVICE, raising=False)


def through(read, task, *parts, here=".", gpu=False):
    table = pa.table({"part": [pickle.dumps(part) for part in parts]})
    actor = Actor(pickle.dumps((here, task)), gpu)
    for pieces in read_parts(table, pickle.dumps((here, read))):
        for done in actor(pieces):
            yield from unpacked(done)


def test_pieces_are_worked_on_and_remarks_pass():
    assert list(through(letters, Length(), "ab", "c")) == [
        Taken("A", 1),
        Taken("B", 1),
        Taken(("end", "ab")),
        Taken("C", 1),
        Taken(("end", "c")),
    ]


@pytest.mark.parametrize(
    ("read", "task", "kind", "said"),
    [
        (letters, Absent(), ModelError, "没有模型。 请拷过来。"),
        (letters, Narrow(), DataError, "县.yaml 有 1 处错误：第3行：缺 name。 请改正。"),
        (refusing, Length(), UsageError, "没有这一列。 请看表头。"),
    ],
)
def test_errors_reach_the_caller_as_they_are(read, task, kind, said):
    with pytest.raises(kind) as caught:
        list(through(read, task, "abc"))
    assert str(caught.value) == said


def test_names_of_files_mean_what_they_mean_to_the_caller(tmp_path):
    found = list(through(where, Length(), 1, here=str(tmp_path)))
    assert [taken.told for taken in found] == [str(tmp_path)]


def test_a_folder_that_only_the_caller_has_is_no_fault(tmp_path):
    found = list(through(where, Length(), 1, here=str(tmp_path / "nowhere")))
    assert [taken.told for taken in found] == [str(Path.cwd())]


def test_only_an_actor_with_a_card_asks_for_it():
    list(through(letters, Length(), "a"))
    assert DEVICE not in os.environ
    list(through(letters, Length(), "a", gpu=True))
    assert os.environ.pop(DEVICE) == "cuda"
