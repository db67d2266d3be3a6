"""The journal of a run: what is done, kept in SQLite beside the output until it is written.

Results are kept by the key of their chunk (rows, model, options); the plan says in which order
this run's chunks stand and where their rows come from. SQLite in WAL mode survives the end of
the process at any moment; the exclusive lock goes with the process that holds it, whatever
ends it, and needs no shared memory, so that a network share will do.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from nlp.batch.stream.faults import (
    ForeignError,
    around,
    as_error,
    name_of,
    unusable,
)
from nlp.batch.stream.kept import Done, Kept, Passed, Placed, Placing, Pressed
from nlp.batch.stream.packing import (
    as_bytes,
    as_text,
    check_sum,
    intact,
    packed_places,
    pressed,
    released,
)
from nlp.batch.stream.schema import check, sound_keys
from nlp.io.system import reason


@dataclass(slots=True)
class Journal:
    """An open journal; `note` says in Chinese why an older one was not used."""

    path: Path
    note: str = ""
    _base: sqlite3.Connection = field(init=False, repr=False)
    _known: set[bytes] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Open, lock and check the file; one that can't be used is replaced."""
        try:
            self._lock()
            return
        except ForeignError:
            self.note = "上次的进度是另一版本的程序记的，从头做。"
        except (sqlite3.Error, UnicodeDecodeError) as fault:  # the latter in SQLite's message
            if around(fault) and not self._claims_read_only(fault):
                raise as_error(self.path, fault) from fault
            self.note = "上次的进度文件已损坏，从头做。"
        self._remove()
        with self._guarded():
            self._lock()

    def _lock(self) -> None:
        self._create()
        self._base = sqlite3.connect(self.path, timeout=0.2, isolation_level="DEFERRED")
        try:
            self._base.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("BEGIN EXCLUSIVE")
            check(self._base)
            self._known = set(sound_keys(self._base))
            self._base.commit()
            self._base.execute("PRAGMA synchronous=NORMAL")
        except BaseException:
            self._base.close()
            raise

    def _create(self) -> None:
        """Make the file with its owner's rights only: it and what SQLite adds hold texts."""
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            pass
        except OSError as fault:
            raise unusable(self.path, reason(fault)) from fault

    def __contains__(self, key: bytes) -> bool:
        return key in self._known

    @property
    def known(self) -> frozenset[bytes]:
        """Return the keys of all that is done, for processes that don't see the journal."""
        return frozenset(self._known)

    def __len__(self) -> int:
        """Return how many chunks are done, those of earlier inputs included."""
        return len(self._known)

    def begin(self, stamp: bytes = b"") -> Iterator[Passed]:
        """Begin this run's plan, and yield the chunks of an earlier one that stand in it.

        These are its first ones with results, if it had the same input; never its last one,
        for what stood behind that in the input is not known.

        :param stamp: what tells inputs apart; without it nothing is taken over.
        """
        with self._guarded():
            told = self._base.execute("SELECT stamp FROM input").fetchall()
            number = 0
            if stamp and told == [(stamp,)]:
                for passed in self._passed():
                    number += 1
                    yield passed
            self._base.execute("DELETE FROM plan WHERE number >= ?", (number,))
            self._base.execute("DELETE FROM input")
            self._base.execute("INSERT INTO input VALUES (?)", (stamp,))
            self._base.commit()

    def _passed(self) -> Iterator[Passed]:
        columns = "number, key, file, places, ids, state, sum"
        but_last = "number < (SELECT max(number) FROM plan)"
        rows = self._base.execute(f"SELECT {columns} FROM plan WHERE {but_last} ORDER BY number")
        for expected, (number, key, *parts, told) in enumerate(rows):
            if number != expected or key not in self._known or not intact([key, *parts], told):
                return
            passed = Passed.of(key, *parts[1:])
            if passed is None:
                return
            yield passed

    def place(self, placing: Placing) -> None:
        """Put a chunk into the plan of this run, under the file of its first row."""
        places = packed_places(placing.places)
        parts = (as_bytes(placing.places[0].file), places, placing.ids, pressed(placing.state))
        with self._guarded():
            row = (placing.number, placing.key, *parts, check_sum(placing.key, *parts))
            self._base.execute("INSERT INTO plan VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def ids(self) -> Iterator[str]:
        """Yield the ids of this run's rows, in order."""
        with self._guarded():
            for (ids,) in self._base.execute("SELECT ids FROM plan ORDER BY number"):
                yield from json.loads(released(ids))

    def add(self, done: Done | Pressed) -> None:
        """Keep a chunk's results; from here on no end of the process can lose them."""
        done = Pressed.of(done) if isinstance(done, Done) else done
        parts = (done.key, done.lines, done.given, done.counts)
        with self._guarded():
            row = (*parts, check_sum(*parts))
            self._base.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)", row)
            self._base.commit()
        self._known.add(done.key)

    def placed(self, file: str | None = None) -> Iterator[Placed]:
        """Yield this run's results in order, or only those of the rows of one input file."""
        return (kept.placed() for kept in self.kept(file))

    def kept(self, file: str | None = None) -> Iterator[Kept]:
        """Yield the same as it is kept."""
        with self._guarded():
            found = self._planned("results.key, lines, given, counts, places", file)
            for *parts, places in found:
                yield Kept(Pressed(*parts), places)

    def counts(self, file: str | None = None) -> Iterator[str]:
        """Yield the counts of the same chunks."""
        with self._guarded():
            for (counts,) in self._planned("counts", file):
                yield released(counts)

    def files(self) -> list[str]:
        """Return the input files of this run's chunks, in order."""
        with self._guarded():
            found = self._base.execute("SELECT file FROM plan GROUP BY file ORDER BY min(number)")
            return [as_text(file) for (file,) in found]

    def planned(self, file: str | None = None) -> int:
        """Return how many chunks this run has, or the rows of one input file."""
        with self._guarded():
            ((found,),) = self._planned("count(*)", file)
            return int(found)

    def lacking(self) -> int:
        """Return how many chunks of the plan have no results."""
        with self._guarded():
            lost = "SELECT count(*) FROM plan WHERE key NOT IN (SELECT key FROM results)"
            (found,) = self._base.execute(lost).fetchone()
            return int(found)

    def _planned(self, columns: str, file: str | None) -> sqlite3.Cursor:
        one = "" if file is None else "WHERE file = ?"
        wanted = f"SELECT {columns} FROM plan JOIN results USING (key) {one} ORDER BY number"
        return self._base.execute(wanted, () if file is None else (as_bytes(file),))

    def close(self) -> None:
        """Let the lock go and keep the file for the next run, if there is anything in it."""
        with suppress(sqlite3.Error):
            self._base.close()
        if not self._known:
            self._remove()

    def discard(self) -> None:
        """Remove the file: the output is written, and it holds texts."""
        self.close()
        self._remove()

    def _remove(self) -> None:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    def _claims_read_only(self, fault: Exception) -> bool:
        """Tell a damaged header that says so from rights that are missing."""
        return name_of(fault) == "READONLY" and os.access(self.path, os.W_OK)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as fault:
            raise as_error(self.path, fault) from fault
