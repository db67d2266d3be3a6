"""Rows put in order without all of them being in memory."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager


@contextmanager
def _as_system_faults() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as fault:
        raise OSError(errno.ENOSPC, str(fault)) from fault


def sorted_rows(keyed: Iterable[tuple[float, Sequence[str]]]) -> Iterator[list[str]]:
    """Yield rows by ascending key; rows of one key keep their order.

    They wait in a database of SQLite's own, which goes to disk when it grows.
    Raises OSError when that disk is full.
    """
    with closing(sqlite3.connect("")) as base, _as_system_faults():
        base.execute("CREATE TABLE rows (number INTEGER PRIMARY KEY, place REAL, cells TEXT)")
        listed = ((key, json.dumps(row)) for key, row in keyed)  # escapes lone surrogates
        base.executemany("INSERT INTO rows (place, cells) VALUES (?, ?)", listed)
        for (cells,) in base.execute("SELECT cells FROM rows ORDER BY place, number"):
            yield json.loads(cells)
