"""Measure every system, or take the figures from an earlier run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.digests.measure import Question, measure
from benchmarks.digests.system import Entry
from benchmarks.shared.cache import Cache, Kept
from benchmarks.shared.failures import reason
from benchmarks.shared.hashes import digest

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of one system: its figures, or why it has none."""

    entry: Entry
    kept: Kept | None = None
    fault: str = ""


def run(entries: Sequence[Entry], question: Question, cache: Cache, say: Say) -> list[Line]:
    """Measure what the cache lacks; a system that fails costs its own row only."""
    return [_line(entry, question, cache, say) for entry in entries]


def _line(entry: Entry, question: Question, cache: Cache, say: Say) -> Line:
    if fault := entry.hindrance():
        say(f"{entry.name}: {fault}")
        return Line(entry, fault=fault)
    name = name_of(entry, question)
    try:
        line = Line(entry, cache.get(name) or cache.put(name, measure(entry, question)))
    except Exception as error:  # a peer may fail in any way, and the others go on
        line = Line(entry, fault=reason(error))
    say(f"{entry.name}: {line.fault or 'done'}")
    return line


def name_of(entry: Entry, question: Question) -> str:
    """Name a result by system and a hash of everything that it depends on."""
    rows = [repr(row) for row in question.rows]
    parts = digest([entry.fingerprint(), rows, question.max_chars])
    return f"digests-{entry.name}-{parts[:16]}"
