"""A short run of every target, and the machinery itself: cases repeat, the watch notices."""

import time
from itertools import pairwise
from random import Random

import pytest

from nlp.classify.files import load_router
from nlp.io.read import read_proposals
from nlp.summarize.files import load_digester
from nlp.types import Proposal
from tests.fuzz import nasty
from tests.fuzz.__main__ import main
from tests.fuzz.mutate import Style, change
from tests.fuzz.strategies import drive
from tests.fuzz.targets import BROKEN, TARGETS
from tests.fuzz.watch import watch
from tests.fuzz.worker import Job, Runner
from tests.fuzz.zips import Member, pack, unpack

CASES, FEWER = 200, {"read-pdf": 40}
"""A PDF that is refused costs a new process (nlp/io/pdf.py)."""
LARGE, LONG = 40_000, 6_000
"""Bytes: larger files and longer texts belong to the long run."""


@pytest.mark.parametrize("name", TARGETS)
def test_no_fault_among_the_first_cases(name):
    target = TARGETS[name]
    if not target.seeds(0):
        pytest.skip("the library that writes these files is not installed")
    most = LONG if target.style.text else LARGE
    faults = {}
    for number in range(FEWER.get(name, CASES)):
        data = target.case(0, number)
        try:
            if len(data) <= most:
                target.check(data)
        except BaseException as fault:  # a panic in Rust is no Exception
            if isinstance(fault, KeyboardInterrupt):
                raise
            faults[number] = f"{type(fault).__name__}: {fault}"[:200]
    assert faults == {}


HEALTHY = {
    **dict.fromkeys(("xlsx", "xls", "csv", "parquet", "xml"), ("plain", 4)),
    **{"json": ("lines", 4), "docx": ("plain", 1), "pdf": ("plain", 1)},
    **{"html": ("table", 4), "txt": ("text-1", 1)},
}


@pytest.mark.parametrize("form", HEALTHY)
def test_healthy_files_are_read(form, tmp_path):
    name, count = HEALTHY[form]
    if not nasty.files(form):
        pytest.skip("the library that writes these files is not installed")
    path = tmp_path / f"a.{form}"
    path.write_bytes(nasty.files(form)[name])
    items = list(read_proposals(path).items)
    assert [type(item) for item in items] == [Proposal] * count
    assert items[0].title.startswith("关于")


@pytest.mark.parametrize(("form", "load"), [("router", load_router), ("digester", load_digester)])
def test_healthy_models_load(form, load, tmp_path):
    for member in unpack(nasty.files(form)["plain"]):
        (tmp_path / member.name).parent.mkdir(exist_ok=True)
        (tmp_path / member.name).write_bytes(member.data)
    assert load(tmp_path).name.startswith(tmp_path.name)


@pytest.mark.parametrize("form", ["xlsx", "xls", "parquet", "pdf", "txt", "router"])
def test_files_are_the_same_for_the_same_seed(form):
    first = dict(nasty.files(form, 3))
    nasty.files.cache_clear()
    assert dict(nasty.files(form, 3)) == first


def test_files_are_written_by_name(tmp_path, monkeypatch):
    monkeypatch.setattr(nasty, "FORMS", {"csv": nasty.FORMS["csv"]})
    nasty.main([str(tmp_path), "--seed", "1"])
    assert (tmp_path / "csv-plain.csv").read_text("utf-8").startswith("编号,案由")
    assert len(list(tmp_path.iterdir())) == len(nasty.files("csv", 1))


@pytest.mark.parametrize("name", ["read-csv", "read-xlsx", "router"])
def test_cases_repeat_and_differ(name):
    target = TARGETS[name]
    numbers = range(len(target.seeds(0)), len(target.seeds(0)) + 40)
    first = [target.case(0, number) for number in numbers]
    assert first == [target.case(0, number) for number in numbers]
    assert len(set(first)) > 30
    assert first != [target.case(1, number) for number in numbers]


def test_a_container_stays_one_when_a_member_changes():
    whole = pack([Member("a.xml", b"<a>1</a>"), Member("b.xml", b"<b/>")])
    changed = [change(whole, Random(n), Style(zipped=True), [whole]) for n in range(60)]
    opened = [unpack(data) for data in changed]
    assert sum(map(bool, opened)) > 40
    assert any(members and members != unpack(whole) for members in opened)


def told(tally):
    return [(fault.number, fault.trouble.what.partition(":")[0]) for fault in tally.faults]


@pytest.mark.parametrize(
    ("name", "what"),
    [("raises", "ValueError"), ("spins", "Slow"), ("dies", "Crash"), ("swells", "MemoryError")],
)
def test_the_watch_notices_and_goes_on(name, what):
    tally = watch(Job(name, 0, 0, 6))
    assert told(tally) == [(3, what)]
    assert tally.cases == 6


def test_the_watch_ends_a_case_that_hangs():
    tally = watch(Job("hangs", 0, 0, 6), patience=1.5)
    assert told(tally) == [(3, "Hang")]
    assert tally.cases == 6


def test_the_watch_keeps_to_its_time():
    tally = watch(Job("raises", 0, 0, 10**9), deadline=time.monotonic())
    assert tally.cases == 0


def test_a_run_prints_a_table_and_keeps_the_case(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(TARGETS, "raises", BROKEN["raises"])
    command = ["--target", "raises", "--cases", "6", "--jobs", "1", "--out", str(tmp_path)]
    assert main(command) == 1
    said = capsys.readouterr().out
    assert "raises" in said
    assert "ValueError: no b'3'" in said
    (kept,) = tmp_path.iterdir()
    assert kept.read_bytes() == b"3"
    assert main(["--target", "raises", "--file", str(kept)]) == 1
    kept.write_bytes(b"4")
    assert main(["--target", "raises", "--file", str(kept)]) == 0


class Lines(list):
    """What a runner said."""

    def write(self, line: str) -> None:
        self.append(line.split())

    def flush(self) -> None:
        pass


def test_hypothesis_shrinks_what_it_finds():
    def check(data: bytes) -> None:
        if "的".encode() in data:
            raise LookupError("found")

    said = Lines()
    drive(Runner(check, said), BROKEN["raises"], Job("raises", 0, 0, 400))
    faulty = [before[2] for before, line in pairwise(said) if line[0] == "fault"]
    assert "LookupError:" in " ".join(next(line for line in said if line[0] == "fault"))
    assert min(map(len, faulty)) * 2 < max(map(len, faulty))
