"""The child process: makes cases, runs them one after the other and tells each on a pipe.

`python -m tests.fuzz.worker '{"target": …}'`, started by `watch`. Lines on standard output:
`ready`, `begin N [BYTES]`, `end N SECONDS`, `fault N JSON`, `done`. What libraries print goes
elsewhere.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

MEMORY = 4 * 2**30
"""Bytes of addresses that a case may take; what asks for more fails and is a fault."""
_WARM = 3


@dataclass(frozen=True, slots=True)
class Job:
    """Cases `start` to `stop` of a target; `file` is the only case where it is given."""

    target: str
    seed: int
    start: int
    stop: int
    engine: str = "mutate"
    file: str = ""

    def written(self) -> str:
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a case raised: `where` is the last line of the package that took part."""

    what: str
    where: str

    @property
    def signature(self) -> str:
        return f"{self.what.partition(':')[0]} at {self.where}"


def trouble(fault: BaseException) -> Trouble:
    frames = traceback.extract_tb(fault.__traceback__)
    own = [frame for frame in frames if f"{os.sep}nlp{os.sep}" in frame.filename] or frames[-1:]
    told = " ".join(str(fault).split())[:200]
    last = own[-1]
    where = f"{'/'.join(Path(last.filename).parts[-3:])}:{last.lineno}"
    return Trouble(f"{type(fault).__name__}: {told}", where)


def processor_time(process: str = "self") -> float:
    """Return the seconds of a process, this one by default, and of the ones it started.

    Linux tells them; elsewhere it is this process alone.
    """
    proc = Path("/proc") / process
    try:
        after_name = (proc / "stat").read_text().rpartition(")")[2].split()
        own = sum(map(int, after_name[11:13])) / os.sysconf("SC_CLK_TCK")
        started = [
            name for task in proc.glob("task/*/children") for name in task.read_text().split()
        ]
    except (OSError, ValueError):
        return time.process_time() if process == "self" else 0.0
    if process == "self":
        own = time.process_time()
    return own + sum(map(processor_time, started))


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs cases of a target and tells how it went."""

    check: object
    out: TextIO

    def run(self, number: int, data: bytes, *, told: bool = False) -> Trouble | None:
        """Run one case; `told` sends its bytes along, where they cannot be made again."""
        self.say(f"begin {number} {base64.b64encode(data).decode() if told else ''}")
        found: Trouble | None = None
        clock, processor = time.perf_counter(), processor_time()
        try:
            self.check(data)  # type: ignore[operator]
        except KeyboardInterrupt:
            raise
        except BaseException as fault:  # a panic in Rust is no Exception
            found = trouble(fault)
        # a busy machine makes the clock run, threads add up the processor's time
        spent = min(time.perf_counter() - clock, max(0.0, processor_time() - processor))
        if found:
            self.say(f"fault {number} {json.dumps(asdict(found))}")
        self.say(f"end {number} {spent:.4f}")
        return found

    def say(self, line: str) -> None:
        self.out.write(line + "\n")
        self.out.flush()


def _cases(job: Job) -> Iterator[tuple[int, bytes]]:
    from tests.fuzz.targets import find

    if job.file:
        yield 0, Path(job.file).read_bytes()
        return
    for number in range(job.start, job.stop):
        yield number, find(job.target).case(job.seed, number)


def work(job: Job, out: TextIO) -> None:
    """Import what the target needs, then run its cases."""
    from tests.fuzz.targets import find

    target = find(job.target)
    for data in target.seeds(job.seed)[:_WARM]:
        with suppress(Exception):
            target.check(data)
    runner = Runner(target.check, out)
    runner.say("ready")
    if job.engine == "hypothesis":
        from tests.fuzz.strategies import drive

        drive(runner, target, job)
    else:
        for number, data in _cases(job):
            runner.run(number, data)
    runner.say("done")


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    _limit_memory()
    work(Job(**json.loads(sys.argv[1])), told)
    told.close()


if __name__ == "__main__":
    main()
