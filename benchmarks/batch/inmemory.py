"""The classifier alone, on rows in memory: what a run is held against.

`python -m benchmarks.batch.inmemory FILE --cores N` reads all rows into a list, forks one
process a core, and times how long the processes take together for `Router.classify` on an
equal share of the list each, after a warm-up. The rows are in every process already;
suggestions are counted and dropped. Nothing is read, sent, hashed, turned into records,
compressed, kept or written.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import time
from collections.abc import Iterator, MutableSequence, Sequence
from itertools import islice
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.batch.command import pinned
from benchmarks.shared.figure import Figure, Result
from benchmarks.speed import ROOT
from nlp.shipped import DEFAULT_PLACE, shipped

if TYPE_CHECKING:
    from nlp.types import Proposal, RowError

WARM = 1000
"""Rows that each process classifies before the clock starts: first calls import and cache."""


def measure(file: Path, cores: int) -> Result:
    """Time a process of its own, as the runs are."""
    call = [sys.executable, "-m", "benchmarks.batch.inmemory", str(file), "--cores", str(cores)]
    with pinned(cores):
        done = subprocess.run(call, cwd=ROOT, capture_output=True, check=True, text=True)
    return Result({name: Figure(value, 1) for name, value in json.loads(done.stdout).items()})


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch.inmemory")
    parser.add_argument("file", type=Path)
    parser.add_argument("--cores", type=int, required=True)
    options = parser.parse_args(arguments)
    print(json.dumps(timed(options.file, options.cores)))


def timed(file: Path, cores: int) -> dict[str, float]:
    """Return the seconds by the clock, and the sum of what the processes computed."""
    from nlp.io.read import read_proposals

    rows = list(read_proposals(file).items)
    gc.freeze()  # else every process looks through, and so copies, a list that it only reads
    context = get_context("fork")  # the rows are there without being sent
    ready, done = context.Barrier(cores + 1), context.Barrier(cores + 1)
    cpu = context.Array("d", cores)
    processes = [
        context.Process(target=_classify, args=(rows, share, ready, done, cpu, n), daemon=True)
        for n, share in enumerate(shares(len(rows), cores))
    ]
    for process in processes:
        process.start()
    ready.wait()
    begin = time.perf_counter()
    done.wait()
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "cpu": sum(cpu[:])}


def shares(count: int, parts: int) -> Iterator[slice]:
    """Cut `count` rows into runs of about the same length."""
    edges = [count * part // parts for part in range(parts + 1)]
    return map(slice, edges, edges[1:])


def _classify(
    rows: Sequence[Proposal | RowError],
    share: slice,
    ready: Barrier,
    done: Barrier,
    cpu: MutableSequence[float],
    number: int,
) -> None:
    from nlp.batch.routing import Routing
    from nlp.cli.options import DEFAULT_PRECISION

    task = Routing(shipped("models") / "default", DEFAULT_PLACE, DEFAULT_PRECISION)
    router = task.router()
    options = task.options(router, print)
    try:
        assert sum(1 for _ in router.classify(rows[:WARM], options)) == len(rows[:WARM])
        ready.wait()
        begin, own = time.process_time(), islice(rows, share.start, share.stop)
        assert sum(1 for _ in router.classify(own, options)) == share.stop - share.start
        cpu[number] = time.process_time() - begin
        done.wait()
    except BaseException:
        ready.abort()
        done.abort()
        raise


if __name__ == "__main__":
    main()
