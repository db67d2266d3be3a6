"""All cores of this machine: a pool of processes, each with a model of its own.

Results come as they are done, and few pieces wait, so memory does not grow with the input.
Work that is over in a moment stays in this process: starting others takes a second.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from nlp.engines.task import Done, Task, Work
from nlp.errors import InputError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

FEW = 3
"""So few pieces are not worth a pool."""
AHEAD = 2
"""Pieces a process has waiting, so that it never waits for the reader."""
DEATHS = 3
"""A piece that was under way so often when a process died ends the run."""


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """A process for every core, or as many as `workers` says."""

    workers: int = 0

    def map(self, task: Task[Work, Done], pieces: Iterable[Work]) -> Iterator[Done]:
        """Yield what is done, in any order; see `Engine`."""
        stream = iter(pieces)
        first = list(islice(stream, FEW))
        count = self.workers or cores()
        if len(first) < FEW or count == 1:
            yield from map(task.open(), chain(first, stream))
        else:
            yield from _Replaced(task, count).run(chain(first, stream))


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Replaced:
    """Processes that are replaced when the system kills one; what they had is done again."""

    def __init__(self, task: Task[Any, Any], workers: int) -> None:
        self._task = task
        self._workers = workers
        self._under_way: dict[Future[Any], Any] = {}
        self._lost: Counter[int] = Counter()

    def run(self, pieces: Iterator[Any]) -> Iterator[Any]:
        again: list[Any] = []
        while True:
            try:
                with _pool(self._task, self._workers) as pool:
                    yield from self._through(pool, chain(again, pieces))
                return
            except BrokenProcessPool as fault:
                again = list(self._under_way.values())
                self._under_way = {}
                self._lost.update(map(id, again))
                if max(self._lost.values(), default=DEATHS) >= DEATHS:
                    raise InputError(
                        f"工作进程连续 {DEATHS} 次被系统结束，多半是内存不够。",
                        "请关掉别的程序，或加 --workers 1 再运行同一条命令；做完的都存着。",
                    ) from fault

    def _through(self, pool: ProcessPoolExecutor, pieces: Iterator[Any]) -> Iterator[Any]:
        most = self._workers * (1 + AHEAD)
        for piece in pieces:
            # kept before it is handed over: a broken pool refuses it, and it is not lost
            self._under_way[_submitted(pool, piece)] = piece
            if len(self._under_way) >= most:
                yield from self._finished()
        while self._under_way:
            yield from self._finished()

    def _finished(self) -> Iterator[Any]:
        done, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
        for future in done:
            result = future.result()
            self._lost.pop(id(self._under_way.pop(future)), None)
            yield result


@contextmanager
def _pool(task: Task[Any, Any], workers: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool; where its work is broken off, its processes end without finishing theirs."""
    # the same way of starting on every system; forking a process with threads may hang
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    pool = ProcessPoolExecutor(workers, context, _begin, (task, theirs))
    try:
        yield pool
    except BaseException:
        ours.close()
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()
    ours.close()


def _submitted(pool: ProcessPoolExecutor, piece: Any) -> Future[Any]:  # noqa: ANN401
    """Hand a piece over; to a broken pool as a future that fails, as one under way would."""
    try:
        with _interrupts_held():
            return pool.submit(_do, piece)
    except BrokenProcessPool as fault:
        failed: Future[Any] = Future()
        failed.set_exception(fault)
        return failed


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait, so that a process started meanwhile leaves it to its parent from birth."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_task: Task[Any, Any] | None = None
_work: Callable[[Any], Any] | None = None


def _begin(task: Task[Any, Any], parent: Connection) -> None:
    """Set a new process up: it leaves Ctrl-C to its parent and does not outlive it."""
    global _task  # one process does one task
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    _task = task


def _follow(parent: Connection) -> None:
    """End when the other end of the pipe is closed, by the parent or by its own end."""
    parent.poll(None)
    os._exit(1)


def _do(piece: Any) -> Any:  # noqa: ANN401
    """Open the task before its first piece, so that a failure is told as the work's are."""
    global _work
    if _task is None:
        raise RuntimeError("a process of the pool was not set up")
    if _work is None:
        _work = _task.open()
    return _work(piece)
