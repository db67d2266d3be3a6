"""The journal: what it was given comes back, whatever happened to its file meanwhile."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections import deque
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.batch.stream import schema as module
from nlp.batch.stream.journal import Done, Journal
from nlp.batch.stream.kept import Placing
from nlp.errors import InputError
from nlp.types import RowRef

ROOT = Path(__file__).parents[3]
TEXT = st.text(st.one_of(st.characters(), st.sampled_from("\ud800\u2028\n\x00县")), max_size=30)
PLACE = st.builds(RowRef, TEXT, st.none() | TEXT, st.none() | st.integers(0, 2**40))
CHUNK = st.tuples(st.binary(min_size=1, max_size=16), TEXT, TEXT, TEXT, st.lists(PLACE, min_size=1))


def filled(path: Path, count: int = 3) -> list[Done]:
    """Leave a journal with some chunks, as a run that was killed does."""
    journal = Journal(path)
    found = [
        Done(bytes([n]) * 16, f'{{"第": {n}}}\n' * 200, f"格{n}\n", f'{{"数": {n}}}')
        for n in range(count)
    ]
    for number, done in enumerate(found):
        journal.place(Placing(number, done.key, (RowRef("a.csv", None, number),)))
        journal.add(done)
    assert [placed.done for placed in journal.placed()] == found
    journal.close()
    return found


def stored(path: Path, expected: list[Done]) -> list[Done]:
    """Open a journal and return what it has of the expected."""
    journal = Journal(path)
    deque(journal.begin(), 0)
    for number, done in enumerate(expected):
        journal.place(Placing(number, done.key, (RowRef("a.csv", None, number),)))
    found = [placed.done for placed in journal.placed()]
    assert [done.key for done in found] == [done.key for done in expected if done.key in journal]
    journal.close()
    return found


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(CHUNK, min_size=1, max_size=6, unique_by=lambda chunk: chunk[0]))
def test_what_goes_in_comes_out_in_order(tmp_path, chunks):
    journal = Journal(tmp_path / "j")
    for number, (key, *_, places) in enumerate(chunks):
        journal.place(Placing(number, key, places))
    for key, lines, cells, counts, _ in reversed(chunks):  # done in any order
        assert key not in journal
        journal.add(Done(key, lines, cells, counts))
        assert key in journal
    found = list(journal.placed())
    assert [(p.done.key, p.done.lines, p.done.given, p.done.counts) for p in found] == [
        chunk[:4] for chunk in chunks
    ]
    assert [placed.places for placed in found] == [tuple(chunk[4]) for chunk in chunks]
    assert list(journal.counts()) == [chunk[3] for chunk in chunks]
    files = list(dict.fromkeys(chunk[4][0].file for chunk in chunks))
    assert journal.files() == files
    for file in files:
        own = [chunk for chunk in chunks if chunk[4][0].file == file]
        assert [placed.done.key for placed in journal.placed(file)] == [c[0] for c in own]
        assert list(journal.counts(file)) == [chunk[3] for chunk in own]
    journal.discard()
    assert list(tmp_path.iterdir()) == []


def test_the_next_run_finds_results_and_makes_a_plan_of_its_own(tmp_path):
    found = filled(tmp_path / "j")
    journal = Journal(tmp_path / "j")
    assert (journal.note, len(journal)) == ("", 3)
    assert all(done.key in journal for done in found)
    assert list(journal.begin()) == []
    assert (list(journal.placed()), journal.files()) == ([], [])
    journal.place(Placing(0, found[2].key, (RowRef("新.csv", "表", 8),)))
    (placed,) = journal.placed()
    assert (placed.done, placed.places) == (found[2], (RowRef("新.csv", "表", 8),))
    journal.close()


def test_one_chunk_at_two_places(tmp_path):
    (done,) = filled(tmp_path / "j", 1)
    journal = Journal(tmp_path / "j")
    deque(journal.begin(), 0)
    for number, file in enumerate(("a.csv", "b.csv")):
        journal.place(Placing(number, done.key, (RowRef(file, None, 2),)))
    assert [placed.places[0].file for placed in journal.placed()] == ["a.csv", "b.csv"]
    journal.close()


def test_only_the_owner_may_read_it(tmp_path):
    journal = Journal(tmp_path / "j")
    journal.add(Done(b"k", "文", "", "{}"))
    files = list(tmp_path.iterdir())
    assert len(files) > 1  # the database and what was written since
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    journal.discard()


def test_a_journal_without_results_leaves_nothing(tmp_path):
    Journal(tmp_path / "j").close()
    assert list(tmp_path.iterdir()) == []


def test_a_second_run_on_the_same_output_is_refused_and_the_first_goes_on(tmp_path):
    first = Journal(tmp_path / "j")
    with pytest.raises(InputError) as caught:
        Journal(tmp_path / "j")
    assert "另一个分办程序正在做同一个输出" in caught.value.message
    first.place(Placing(0, b"k", (RowRef("a"),)))
    first.add(Done(b"k", "文", "", "{}"))
    assert [placed.done.lines for placed in first.placed()] == ["文"]
    first.close()
    assert b"k" in Journal(tmp_path / "j")


HOLDER = """
import sys, time
from pathlib import Path
from nlp.batch.stream.journal import Done, Journal
journal = Journal(Path(sys.argv[1]))
journal.add(Done(b"k", "x", "", "{}"))
print("open", flush=True)
time.sleep(60)
"""


def test_the_lock_goes_with_a_process_that_is_killed(tmp_path):
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "j")]
    holder = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(InputError, match="正在做同一个输出"):
            Journal(tmp_path / "j")
    finally:
        holder.kill()
        holder.communicate()
    journal = Journal(tmp_path / "j")
    assert b"k" in journal
    journal.close()


def test_another_version_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "SCHEMA", module.SCHEMA + 1)
    filled(tmp_path / "j")
    monkeypatch.undo()
    journal = Journal(tmp_path / "j")
    assert (journal.note, len(journal)) == ("上次的进度是另一版本的程序记的，从头做。", 0)
    journal.add(Done(b"k", "", "", ""))
    journal.close()
    assert Journal(tmp_path / "j").note == ""


def emptied(data: bytes) -> bytes:
    return b""


def garbage(data: bytes) -> bytes:
    return random.Random(7).randbytes(len(data))


def text(data: bytes) -> bytes:
    return "编号,案由\n1,关于修路的建议\n".encode() * 100


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def header_only(data: bytes) -> bytes:
    return data[:100]


def zeroed(data: bytes) -> bytes:
    return data[:100] + bytes(len(data) - 100)


@pytest.mark.parametrize("damage", [emptied, garbage, text, half, header_only, zeroed])
def test_a_damaged_file_is_replaced(tmp_path, damage):
    path = tmp_path / "j"
    expected = filled(path, 40)
    path.write_bytes(damage(path.read_bytes()))
    journal = Journal(path)
    assert len(journal) == 0
    assert ("已损坏" in journal.note) == (damage is not emptied)
    journal.close()
    assert filled(path, 40) == expected


def test_no_flipped_byte_passes_for_a_result_or_stops_the_run(tmp_path):
    path = tmp_path / "j"
    expected = filled(path)
    whole = path.read_bytes()
    for at in [*range(110), *random.Random(7).sample(range(len(whole)), 150)]:
        broken = bytearray(whole)
        broken[at] ^= 0xFF
        path.write_bytes(broken)
        found = stored(path, expected)
        assert all(done in expected for done in found), at


@pytest.mark.parametrize("change", ["counts = x'00'", "lines = 7", "key = x'99'"])
def test_where_one_result_is_damaged_none_is_trusted(tmp_path, change):
    path = tmp_path / "j"
    expected = filled(path)
    with sqlite3.connect(path) as base:
        base.execute(f"UPDATE results SET {change} WHERE key = ?", (expected[1].key,))
    base.close()
    journal = Journal(path)
    assert (journal.note, len(journal)) == ("上次的进度文件已损坏，从头做。", 0)
    journal.close()
    assert filled(path) == expected


def test_chunks_without_results_are_counted(tmp_path):
    journal = Journal(tmp_path / "j")
    for number in range(3):
        journal.place(Placing(number, bytes([number]), (RowRef("a"),)))
    journal.add(Done(b"\x01", "", "", ""))
    assert journal.lacking() == 2
    journal.close()


def test_tables_of_another_program_are_replaced(tmp_path):
    path = tmp_path / "j"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE results (key BLOB, lines BLOB)")
        base.execute(f"PRAGMA user_version={module.SCHEMA}")
    base.close()
    assert "已损坏" in Journal(path).note


def test_a_full_disk_is_told_and_what_was_kept_stays(tmp_path):
    path = tmp_path / "j"
    expected = filled(path)
    journal = Journal(path)
    journal._base.execute("PRAGMA max_page_count=1")  # no less than it has: it can't grow
    with pytest.raises(InputError) as caught:
        journal.add(Done(b"big", random.Random(7).randbytes(50_000).hex(), "", ""))
    assert "磁盘已满" in caught.value.message
    assert "会接着做" in caught.value.hint
    assert b"big" not in journal
    journal.close()
    assert stored(path, expected) == expected


LIMITED = """
import resource, sys
from pathlib import Path
from nlp.batch.stream.journal import Done, Journal
from nlp.errors import InputError
journal = Journal(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    for number in range(100):
        journal.add(Done(b"%d" % number, str(number) * 1000, "", ""))
        journal.add(Done(b"x%d" % number, __import__("random").randbytes(5000).hex(), "", ""))
except InputError as fault:
    print(fault.message, len(journal))
    journal.close()
"""


def test_a_disk_that_refuses_to_write_is_told_and_what_was_kept_stays(tmp_path):
    command = [sys.executable, "-c", LIMITED, str(tmp_path / "j")]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "读写不了：磁盘" in ran.stdout, ran.stderr
    journal = Journal(tmp_path / "j")
    assert len(journal) == int(ran.stdout.split()[-1]) > 10
    journal.close()


def test_a_network_share_that_goes_away(tmp_path):
    class Gone:
        """A connection whose disk is not there any more."""

        def execute(self, *_):
            fault = sqlite3.OperationalError("disk I/O error")
            fault.sqlite_errorname = "SQLITE_IOERR_READ"
            raise fault

        def close(self):
            raise sqlite3.OperationalError("disk I/O error")

    journal = Journal(tmp_path / "j")
    journal.add(Done(b"k", "文", "", ""))
    true, journal._base = journal._base, Gone()
    for work in (
        lambda: journal.add(Done(b"l", "", "", "")),
        lambda: journal.place(Placing(0, b"k", (RowRef("a"),))),
        lambda: list(journal.placed()),
        lambda: list(journal.counts()),
        journal.files,
    ):
        with pytest.raises(InputError, match="磁盘或网络盘出错"):
            work()
    journal.close()
    true.close()
    assert b"k" in Journal(tmp_path / "j")


def test_a_folder_that_goes_away_meanwhile(tmp_path):
    folder = tmp_path / "夹"
    folder.mkdir()
    journal = Journal(folder / "j")
    journal.add(Done(b"k", "文", "", ""))
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    journal.place(Placing(0, b"k", (RowRef("a"),)))
    assert [placed.done.lines for placed in journal.placed()] == ["文"]
    journal.discard()
    with pytest.raises(InputError, match="没有这个文件或文件夹"):
        Journal(folder / "j")


def test_places_that_can_not_be_written(tmp_path):
    (tmp_path / "夹").mkdir()
    with pytest.raises(InputError, match="读写不了"):
        Journal(tmp_path / "夹")
    assert (tmp_path / "夹").is_dir()
    with pytest.raises(InputError, match="文件名太长"):
        Journal(tmp_path / ("长" * 100))


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="no folder that is always read-only")
def test_a_read_only_folder():
    with pytest.raises(InputError, match=r"没有权限|只读"):
        Journal(Path("/sys/kernel/.果.csv.journal"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do anything")
def test_a_read_only_journal_stays(tmp_path):
    expected = filled(tmp_path / "j")
    (tmp_path / "j").chmod(0o400)
    with pytest.raises(InputError, match="没有写的权限"):
        Journal(tmp_path / "j")
    (tmp_path / "j").chmod(0o600)
    assert stored(tmp_path / "j", expected) == expected
