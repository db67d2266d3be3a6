"""Runs killed with SIGKILL, all their processes at once, and started again."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from benchmarks.batch.command import Job, Running, started
from benchmarks.batch.compared import compare, ids_of
from benchmarks.batch.moments import Course, Moment, pauses
from benchmarks.batch.whole import empty
from benchmarks.shared.figure import Figure, Result

EARLIER = 0.9
"""A kill that came after the end is tried again at this share of its moment."""
PHASES = ("starting", "working", "writing", "written")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The job whose output is right, and how long it took to which point."""

    job: Job
    course: Course


def observed(job: Job) -> Wanted:
    """Run a job to its end and note what it did when."""
    empty(job.out.parent)
    run = started(job)
    course = Course(run.wait_for(job.begun), run.wait_for(job.writing))
    run.finish()
    return Wanted(job, course)


def single(job: Job, moment: Moment, wanted: Wanted) -> Result:
    """Kill a run once, at a moment, and let another finish the work."""
    for attempt in count():
        empty(job.out.parent)
        begin = time.perf_counter()
        run = started(job)
        _wait(run, moment, wanted, EARLIER**attempt)
        if run.kill():
            phases, seen = [_phase(job)], _seen(job, wanted)
            started(job).finish()
            return _joined(_judged(job, wanted, time.perf_counter() - begin, phases), seen)
    raise AssertionError("endless")


def chain(job: Job, kills: int, seed: int, wanted: Wanted) -> Result:
    """Kill a run, and every run that goes on with its work, `kills` times; then let one finish.

    Where one ends before its moment, its output is compared all the same, and removed.
    """
    empty(job.out.parent)
    begin, phases, bad = time.perf_counter(), list[str](), list[Result]()
    for pause in _plenty(kills, seed, wanted.course):
        if len(phases) == kills:
            break
        run = started(job)
        time.sleep(max(0.0, pause - run.seconds))
        if run.kill():
            phases.append(_phase(job))
            bad += _seen(job, wanted)
        else:
            bad.append(_judged(job, wanted, 0.0, []))
            empty(job.out.parent)
    started(job).finish()
    last = _judged(job, wanted, time.perf_counter() - begin, phases)
    return _joined(last, bad)


def _plenty(kills: int, seed: int, course: Course) -> Sequence[float]:
    return [pause for more in range(10) for pause in pauses(kills, seed + more, course)]


def _wait(run: Running, moment: Moment, wanted: Wanted, sooner: float) -> None:
    share = moment.share * sooner
    if moment.writing:
        enough = share * wanted.job.out.stat().st_size
        run.wait_for(run.job.writing)
        run.wait_for(lambda: run.job.written() >= enough)
    else:
        time.sleep(max(0.0, share * wanted.course.writing - run.seconds))


def _phase(job: Job) -> str:
    if job.out.exists():
        return "written"
    if job.temporary():
        return "writing"
    return "working" if job.journal.exists() else "starting"


def _seen(job: Job, wanted: Wanted) -> list[Result]:
    """Judge an output that was there at the moment of a kill: it must never be half a file."""
    if not job.out.exists():
        return []
    found = _judged(job, wanted, 0.0, [])
    return [Result({**found.figures, "left": Figure(0.0, 1)})]  # the journal is still needed


def _judged(job: Job, wanted: Wanted, seconds: float, phases: Sequence[str]) -> Result:
    """Compare an output, and count what lies beside it."""
    found = compare(job.out, wanted.job.out, ids_of(job.rows))
    figures = {
        "seconds": seconds,
        "kills": len(phases),
        "lost": found.lost,
        "doubled": found.doubled,
        "changed": not (found.identical and found.ordered),
        "left": sum(1 for file in job.out.parent.iterdir() if file != job.out),
        **{phase: phases.count(phase) for phase in PHASES},
    }
    return Result({name: Figure(float(value), 1) for name, value in figures.items()})


def _joined(last: Result, others: Sequence[Result]) -> Result:
    """Add the faults of outputs that were there before."""
    figures = dict(last.figures)
    for name in ("lost", "doubled", "changed", "left"):
        total = sum(one.figures[name].value for one in (last, *others))
        figures[name] = Figure(total, 1)
    return Result(figures)
