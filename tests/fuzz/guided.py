"""atheris as an engine: runs its process again behind every fault, with another seed."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from tests.fuzz.watch import ROOT, Fault, Tally, watch
from tests.fuzz.worker import Job

_DONE = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_MOST_FAULTS = 10
"""Restarts behind faults; after so many the target has enough to be mended."""


def available() -> bool:
    return find_spec("atheris") is not None


def guided(job: Job, deadline: float | None = None) -> Tally:
    """Run as many cases as the job has, guided by coverage, or until the deadline."""
    tally = Tally(job.target)
    with tempfile.TemporaryDirectory(prefix="fenban-atheris-") as kept:
        for again in range(_MOST_FAULTS):
            left = job.stop - job.start - tally.cases
            seconds = int(deadline - time.monotonic()) if deadline else 3600
            if left <= 0 or seconds <= 0:
                break
            folder = Path(kept) / str(again)
            folder.mkdir()
            done = _run(job.target, job.seed + again, left, seconds, folder)
            tally.cases += done
            found = [path for path in folder.iterdir() if path.is_file()]
            for path in found:
                _confirm(path, tally)
            if not found:
                break
    return tally


def _run(target: str, seed: int, runs: int, seconds: int, folder: Path) -> int:
    """Run one process; return how many cases it ran."""
    command = [sys.executable, "-m", "tests.fuzz.atheris_worker", target]
    ended = subprocess.run(
        [*command, str(seed), str(runs), str(seconds), str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    said = ended.stderr.decode("utf-8", "replace")
    found = _DONE.search(said)
    if found is None and not any(path.is_file() for path in folder.iterdir()):
        raise RuntimeError(f"{target}: atheris did not run: {said[-2000:]}")
    return int(found[1]) if found else 1


def _confirm(path: Path, tally: Tally) -> None:
    """Run a found case under the watch, which tells what was raised and where."""
    data = path.read_bytes()
    seen = watch(Job(tally.target, 0, 0, 1, file=str(path)))
    tally.faults.extend(Fault(-1, fault.trouble, data) for fault in seen.faults)
    if seen.slowest > tally.slowest:
        tally.slowest, tally.slowest_case = seen.slowest, -1
