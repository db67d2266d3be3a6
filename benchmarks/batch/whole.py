"""Uninterrupted runs: how long they take and what they hold."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Sequence
from pathlib import Path

from benchmarks.batch.command import Job, Spent, started
from benchmarks.shared.figure import Figure, Result


def measure(job: Job, runs: int) -> Result:
    """Run a job `runs` times: the median of the seconds, the most of everything else."""
    return of_runs([once(job) for _ in range(runs)])


def once(job: Job) -> Spent:
    empty(job.out.parent)
    return started(job).finish()


def of_runs(runs: Sequence[Spent]) -> Result:
    seconds = [run.seconds for run in runs]
    figures = {
        "seconds": statistics.median(seconds),
        "spread": max(seconds) - min(seconds),
        "cpu": statistics.median(run.cpu for run in runs),
        "pss": max(run.memory.pss for run in runs),
        "rss": max(run.memory.rss for run in runs),
        "largest": max(run.largest for run in runs),
        "disk": max(run.disk for run in runs),
    }
    return Result({name: Figure(float(value), len(runs)) for name, value in figures.items()})


def empty(folder: Path) -> None:
    """Make an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
