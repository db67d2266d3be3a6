"""The digests that the rows themselves carry: what a good one of this length can keep."""

from __future__ import annotations

from benchmarks.digests.system import Digesting, Entry


def open_rows() -> Digesting:
    return lambda rows, max_chars: [row.summary or "" for row in rows]


ENTRY = Entry(
    name="reference",
    about="the rows' own digests, written by hand; not compared with themselves",
    open=open_rows,
    written=True,
)
