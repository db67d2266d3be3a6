"""What an interruption costs: a run killed half way and started again, against one left alone."""

from __future__ import annotations

import statistics
import time

from benchmarks.batch.command import Job, started
from benchmarks.batch.whole import empty, once
from benchmarks.shared.figure import Figure, Result


def measure(job: Job, runs: int) -> Result:
    """Take turns, so that a busy machine slows both: medians of `runs` runs of either kind."""
    whole, parts = list[float](), list[float]()
    for _ in range(runs):
        whole.append(once(job).seconds)
        parts.append(interrupted(job, whole[-1] / 2))
    ratios = [part / one - 1 for part, one in zip(parts, whole, strict=True)]
    figures = {
        "whole": statistics.median(whole),
        "seconds": statistics.median(parts),
        "least": min(ratios),
        "most": max(ratios),
    }
    return Result({name: Figure(value, runs) for name, value in figures.items()})


def interrupted(job: Job, moment: float) -> float:
    """Return the seconds of a run killed at a moment and of the one that finishes its work."""
    empty(job.out.parent)
    run = started(job)
    time.sleep(max(0.0, moment - run.seconds))
    if not run.kill():
        raise RuntimeError("the run ended before half of the time that it took before")
    return run.seconds + started(job).finish().seconds
