"""The systems that are compared, in the order of the table; one file a source."""

from __future__ import annotations

from benchmarks.digests.system import Entry
from benchmarks.digests.systems import by_hand, fenban, plain, sumy

ENTRIES: tuple[Entry, ...] = (*plain.ENTRIES, *sumy.ENTRIES, fenban.ENTRY, by_hand.ENTRY)
