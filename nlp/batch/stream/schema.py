"""What a journal's file must hold to be trusted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from nlp.batch.stream.faults import DamagedError, ForeignError
from nlp.batch.stream.packing import intact

SCHEMA = 2
"""Raised whenever tables or what they hold change; another number's journal is not read."""
_TABLES = (
    "CREATE TABLE results (key BLOB PRIMARY KEY, lines BLOB NOT NULL, given BLOB NOT NULL, "
    "counts BLOB NOT NULL, sum INTEGER NOT NULL)",
    "CREATE TABLE plan (number INTEGER PRIMARY KEY, key BLOB NOT NULL, file BLOB NOT NULL, "
    "places BLOB NOT NULL, ids BLOB NOT NULL, state BLOB NOT NULL, sum INTEGER NOT NULL)",
    "CREATE INDEX plan_files ON plan (file, number)",
    "CREATE TABLE input (stamp BLOB NOT NULL)",
)


def check(base: sqlite3.Connection) -> None:
    """Make the tables of a new file; refuse those of another version.

    Raises ForeignError, DamagedError and what SQLite raises.
    """
    (version,) = base.execute("PRAGMA user_version").fetchone()
    tables = base.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL").fetchall()
    fresh = version == 0 and not tables
    for statement in _TABLES if fresh else ():
        base.execute(statement)
    if not fresh and version != SCHEMA:
        raise ForeignError
    # written even if it is there: a damaged header may say that nothing can be
    base.execute(f"PRAGMA user_version={SCHEMA}")
    (sound,) = base.execute("PRAGMA integrity_check(1)").fetchone()
    if sound != "ok" or not (fresh or {sql for (sql,) in tables} == set(_TABLES)):
        raise DamagedError


def sound_keys(base: sqlite3.Connection) -> Iterator[bytes]:
    """Yield the keys of all results; where one is not as it was written, trust none.

    Raises DamagedError.
    """
    rows = base.execute("SELECT key, lines, given, counts, sum FROM results")
    for *parts, told in rows:
        if not intact(parts, told):
            raise DamagedError
        yield parts[0]
