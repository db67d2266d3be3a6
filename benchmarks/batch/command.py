"""One call of `classify.py`: started in a group of its own, watched, killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

from benchmarks.batch.processes import Held, held, members
from benchmarks.speed import ROOT
from nlp.batch.destination import Destination
from nlp.errors import EXIT_OK

PAUSE = 0.2
"""Seconds between two looks at the memory."""
GLANCE = 0.002
"""Seconds between two looks at the folder."""


@dataclass(frozen=True, slots=True)
class Job:
    """Which rows go into which file, on how many cores; `out` is in a folder of its own."""

    rows: Path
    out: Path
    cores: int

    @property
    def command(self) -> list[str]:
        out, workers = str(self.out), str(self.cores)
        call = [sys.executable, "classify.py", str(self.rows), "--out", out]
        return [*call, "--workers", workers, "--quiet"]

    @property
    def journal(self) -> Path:
        return Destination.of(self.out).journal

    def begun(self) -> bool:
        """Tell whether work has begun, or is over."""
        return self.journal.exists() or self.out.exists()

    def writing(self) -> bool:
        """Tell whether the output is being written, beside its place, or is there."""
        return bool(self.temporary()) or self.out.exists()

    def written(self) -> float:
        """Return how many bytes of the output are written; without limit once it is there."""
        if self.out.exists():
            return inf
        return sum(map(size_of, self.temporary()))

    def temporary(self) -> list[Path]:
        return list(self.out.parent.glob(f".{self.out.name}.*.tmp"))


@dataclass(frozen=True, slots=True)
class Spent:
    """What a run took.

    `seconds` by the clock, `cpu` of all processes' computing; the rest are peaks, in bytes, of
    all processes together, of the largest one, and of what lay on disk.
    """

    seconds: float
    cpu: float
    memory: Held
    largest: int
    disk: int


@dataclass(slots=True)
class Running:
    """A call under way, from `started`."""

    job: Job
    process: subprocess.Popen[bytes]
    begin: float

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.begin

    def wait_for(self, sign: Callable[[], bool]) -> float:
        """Return after how many seconds the sign was seen. Raises RuntimeError if it never was."""
        while not sign():
            if self.process.poll() is not None and not sign():
                raise RuntimeError(f"ended before the sign: {_said(self.job)}")
            time.sleep(GLANCE)
        return self.seconds

    def kill(self) -> bool:
        """Kill all processes of the run at once; False if it had ended already."""
        alive = self.process.poll() is None
        if alive:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        while members(self.process.pid):
            time.sleep(GLANCE)
        return alive

    def finish(self) -> Spent:
        """Wait for the end. Raises RuntimeError if the command fails."""
        watch = _Watch(self.process.pid, self.job.out.parent)
        with watch.running():
            _, status, usage = os.wait4(self.process.pid, 0)
            seconds = self.seconds
        self.process.returncode = os.waitstatus_to_exitcode(status)
        if self.process.returncode != EXIT_OK:
            raise RuntimeError(f"exit code {self.process.returncode}: {_said(self.job)}")
        cpu = usage.ru_utime + usage.ru_stime
        return Spent(seconds, cpu, watch.memory, usage.ru_maxrss * 1024, watch.disk)


def started(job: Job) -> Running:
    """Start a call on its share of the cores."""
    with pinned(job.cores), _log(job).open("wb") as log:
        begin = time.perf_counter()
        process = subprocess.Popen(
            job.command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )
    return Running(job, process, begin)


@contextmanager
def pinned(cores: int) -> Iterator[None]:
    """Let what is started meanwhile run on the first `cores` cores only."""
    own = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(own)[:cores])
    try:
        yield
    finally:
        os.sched_setaffinity(0, own)


def _log(job: Job) -> Path:
    return job.out.parent.with_suffix(".log")


def _said(job: Job) -> str:
    return _log(job).read_text(encoding="utf-8", errors="replace").strip()[-300:]


@dataclass(slots=True)
class _Watch:
    """Looks at a group of processes and at a folder, and keeps the most that it saw."""

    group: int
    folder: Path
    memory: Held = field(default_factory=Held)
    disk: int = 0
    _end: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def running(self) -> Iterator[None]:
        thread = threading.Thread(target=self._look, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._end.set()
            thread.join()

    def _look(self) -> None:
        while not self._end.wait(PAUSE):
            self.memory = self.memory.most(held(self.group))
            self.disk = max(self.disk, folder_size(self.folder))


def folder_size(folder: Path) -> int:
    """Return the bytes of a folder's files."""
    return sum(map(size_of, folder.iterdir()))


def size_of(file: Path) -> int:
    """Return the bytes of a file, 0 if it was renamed or removed since it was listed."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
