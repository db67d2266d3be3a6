"""The watch over a child process: reads what it tells, kills it when a case hangs, goes on."""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from tests.fuzz.worker import Job, Trouble, processor_time

ROOT = Path(__file__).parents[2]
LIMIT = 1.0
"""Seconds that a case may take."""
KILL = 10.0
"""Seconds by the clock after which a case that has not ended is given up."""
_STARVED = 6
"""So many times longer a case may take to which the machine gave no processor."""
_START = 120.0
_MOST_SLOW = 20
"""Slow or hanging cases after which a target has shown enough: each takes seconds."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A case that raised, hung or crashed the process; `data` where it cannot be made again."""

    number: int
    trouble: Trouble
    data: bytes | None = None


@dataclass(slots=True)
class Tally:
    """What became of a target's cases."""

    target: str
    cases: int = 0
    faults: list[Fault] = field(default_factory=list)
    slowest: float = 0.0
    slowest_case: int = 0
    slow: int = 0

    def add(self, number: int, trouble: Trouble, data: bytes | None) -> None:
        self.faults.append(Fault(number, trouble, data))
        self.slow += trouble.what.startswith(("Slow", "Hang"))


class Child:
    """A worker process whose lines are read with a time limit."""

    def __init__(self, job: Job) -> None:
        self._rest = b""
        self._lines: deque[bytes] = deque()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.worker", job.written()],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={**os.environ, "RUST_BACKTRACE": "0", "OMP_NUM_THREADS": "1"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    @property
    def ending(self) -> str:
        code = self._process.wait()
        return f"killed by signal {-code}" if code < 0 else f"exit code {code}"

    def patient_line(self, patience: float) -> str | None:
        """Return the next line; None where none came though the process worked, or for long."""
        worked = processor_time(str(self._process.pid))
        for _ in range(_STARVED):
            if (line := self.line(patience)) is not None:
                return line
            if processor_time(str(self._process.pid)) - worked > LIMIT:
                break
        return None

    def line(self, patience: float) -> str | None:
        """Return the next line, None after so many seconds of silence.

        :raises EOFError: the process has closed the pipe.
        """
        assert self._process.stdout is not None
        pipe = self._process.stdout.fileno()
        while not self._lines:
            if not select.select([pipe], [], [], patience)[0]:
                return None
            piece = os.read(pipe, 65536)
            if not piece:
                raise EOFError
            *whole, self._rest = (self._rest + piece).split(b"\n")
            self._lines.extend(whole)
        return self._lines.popleft().decode()


@dataclass(slots=True)
class _Current:
    """The case that was begun and has not ended."""

    number: int = -1
    data: bytes | None = None


def watch(job: Job, deadline: float | None = None, patience: float = KILL) -> Tally:
    """Run a job to its end or until `deadline` (as `time.monotonic` counts).

    A child that hangs or dies is replaced by one that goes on behind the case.
    """
    tally = Tally(job.target)
    at = job.start
    while 0 <= at < job.stop and not _over(tally, deadline):
        with Child(replace(job, start=at)) as child:
            at = _follow(child, tally, deadline, patience)
    return tally


def _over(tally: Tally, deadline: float | None) -> bool:
    late = deadline is not None and time.monotonic() >= deadline
    return late or tally.slow >= _MOST_SLOW


def _follow(child: Child, tally: Tally, deadline: float | None, patience: float) -> int:
    """Read a child to its end; return where the next one goes on, -1 for nowhere."""
    current = _Current()
    try:
        if child.line(_START) != "ready":
            raise RuntimeError(f"{tally.target}: the child did not start")
        while (line := child.patient_line(patience)) != "done":
            if line is None:
                _note(tally, current, Trouble(f"Hang: no end after {patience:.0f} s", "?"))
                return current.number + 1
            _take(line, tally, current)
            if _over(tally, deadline):
                break
    except EOFError:
        if current.number < 0:
            raise RuntimeError(f"{tally.target}: the child died at once ({child.ending})") from None
        _note(tally, current, Trouble(f"Crash: {child.ending}", "?"))
        return current.number + 1
    return -1


def _take(line: str, tally: Tally, current: _Current) -> None:
    word, _, rest = line.partition(" ")
    number, _, told = rest.partition(" ")
    if word == "begin":
        current.number, current.data = int(number), base64.b64decode(told) if told else None
    elif word == "fault":
        tally.add(int(number), Trouble(**json.loads(told)), current.data)
    elif word == "end":
        tally.cases += 1
        spent = float(told)
        if spent > tally.slowest:
            tally.slowest, tally.slowest_case = spent, int(number)
        if spent > LIMIT:
            tally.add(int(number), Trouble(f"Slow: {spent:.1f} s", "?"), current.data)


def _note(tally: Tally, current: _Current, trouble: Trouble) -> None:
    tally.cases += 1
    if trouble.what.startswith("Hang"):
        tally.slowest, tally.slowest_case = KILL, current.number
    tally.add(current.number, trouble, current.data)
