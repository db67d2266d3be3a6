"""`python -m tests.fuzz`: run cases of every target, or of one, and print what was found."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from rich.console import Console

from tests.fuzz.guided import available, guided
from tests.fuzz.report import keep, show
from tests.fuzz.targets import TARGETS
from tests.fuzz.watch import Tally, watch
from tests.fuzz.worker import Job

ENGINES = ("mutate", "atheris", "hypothesis")
OUT = Path("out/fuzz")


@dataclass(slots=True)
class Clock:
    """Shares the time that is left among the targets that are left."""

    until: float | None
    waiting: int
    lanes: int

    def deadline(self) -> float | None:
        if self.until is None:
            return None
        now = time.monotonic()
        share = max(0.0, self.until - now) * self.lanes / max(self.waiting, self.lanes)
        self.waiting -= 1
        return min(self.until, now + share)


def run(jobs: Sequence[Job], seconds: float | None, lanes: int, tell: Callable[[Tally], None]):
    """Run jobs side by side; `tell` hears of each target as it ends."""
    clock = Clock(time.monotonic() + seconds if seconds else None, len(jobs), lanes)
    lock = Lock()

    def one(job: Job) -> Tally:
        with lock:
            deadline = clock.deadline()
        tally = (guided if job.engine == "atheris" else watch)(job, deadline)
        with lock:
            tell(tally)
        return tally

    with ThreadPoolExecutor(lanes) as pool:
        return list(pool.map(one, jobs))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, help="end after so long, shared by the targets")
    parser.add_argument("--cases", type=int, default=10_000, help="of each target (10,000)")
    parser.add_argument("--target", action="append", choices=list(TARGETS), help="only this one")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--engine", choices=ENGINES, default="mutate")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--file", type=Path, help="run this case of --target and nothing else")
    parser.add_argument("--out", type=Path, default=OUT, help="where faulty cases are kept")
    return parser


def _jobs(given: argparse.Namespace) -> list[Job]:
    names = given.target or list(TARGETS)
    if given.file:
        return [Job(name, given.seed, 0, 1, file=str(given.file.resolve())) for name in names]
    if given.engine == "hypothesis":
        names = [name for name in names if TARGETS[name].style.text]
    seeded = [name for name in names if TARGETS[name].seeds(given.seed)]
    return [Job(name, given.seed, 0, given.cases, given.engine) for name in seeded]


def main(arguments: list[str] | None = None) -> int:
    """Return 1 where there is a fault, 2 where the engine is missing."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.file and not given.target:
        parser.error("--file needs --target")
    console, notes = Console(), Console(stderr=True)
    if given.engine == "atheris" and not available():
        notes.print("atheris is not installed: pip install 'fenban[fuzz]'", markup=False)
        return 2

    def tell(tally: Tally) -> None:
        notes.print(f"{tally.target}: {tally.cases} cases, {len(tally.faults)} faults")

    tallies = run(_jobs(given), given.seconds, given.jobs, tell)
    kept = [] if given.file else keep(tallies, given.seed, given.out)
    show(tallies, kept, console)
    for fault in (fault for tally in tallies for fault in tally.faults if given.file):
        console.print(f"{fault.trouble.what} ({fault.trouble.where})", markup=False)
    return 1 if any(tally.faults for tally in tallies) else 0


if __name__ == "__main__":
    sys.exit(main())
