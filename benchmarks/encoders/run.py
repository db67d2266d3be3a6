"""Ask every system every question, or take the answer from an earlier run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from benchmarks.encoders.named import name_of
from benchmarks.encoders.system import Entry
from benchmarks.encoders.task import Task
from benchmarks.encoders.workplace import Workplace
from benchmarks.shared.cache import Cache, Kept
from benchmarks.shared.failures import reason
from benchmarks.shared.figure import Result

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of one system; `faults` says which questions it could not answer, and why."""

    entry: Entry
    kept: tuple[Kept, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """All lines of one run; `skipped` are the tasks that no system was asked."""

    lines: tuple[Line, ...]
    tasks: tuple[Task, ...]
    skipped: tuple[str, ...] = field(default=())


def run(
    entries: Sequence[Entry], tasks: Sequence[Task], place: Workplace, cache: Cache, say: Say
) -> Table:
    """Measure what the cache lacks; a system that fails costs its own row only."""
    skipped = tuple(fault for task in tasks if (fault := task.hindrance(place)))
    asked = tuple(task for task in tasks if not task.hindrance(place))
    for fault in skipped:
        say(fault)
    lines = tuple(_line(entry, asked, place, cache, say) for entry in entries)
    return Table(lines, asked, skipped)


def _line(entry: Entry, tasks: Sequence[Task], place: Workplace, cache: Cache, say: Say) -> Line:
    if fault := entry.hindrance(place):
        say(f"{entry.name}: {fault}")
        return Line(entry, faults=(fault,))
    asked = [task for task in tasks if not entry.only or task.name in entry.only]
    found = list(_answers(entry, asked, place, cache, say))
    kept = tuple(one for one in found if isinstance(one, Kept))
    return Line(entry, kept, tuple(one for one in found if isinstance(one, str)))


def _answers(
    entry: Entry, tasks: Sequence[Task], place: Workplace, cache: Cache, say: Say
) -> Iterator[Kept | str]:
    """Yield a result for every task, or what went wrong; a failure is not kept."""
    for task in tasks:
        start = time.monotonic()
        try:
            name = name_of(entry, task, place)
            kept = cache.get(name)
            how = "kept" if kept else "measured"
            yield kept or cache.put(name, _measured(entry, task, place))
        except Exception as error:  # a peer may fail in any way, and the others go on
            how = f"failed: {reason(error)}"
            yield f"`{task.name}` {how}"
        say(f"{entry.name}, {task.name}: {how} ({time.monotonic() - start:.0f} s)")


def _measured(entry: Entry, task: Task, place: Workplace) -> Result:
    """Return the task's result, its remarks saying to which task they belong."""
    result = task.measure(entry, place)
    return replace(result, remarks=tuple(f"{task.name}: {text}" for text in result.remarks))
