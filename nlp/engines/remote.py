"""What happens on the machines of a cluster: parts are read, and a model works on them.

Tables of two columns of bytes pass between the processes, `told` and `work`. Nothing here
knows the library that moves them.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nlp.engines.task import Taken
from nlp.errors import FenbanError

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

DEVICE, GPU = "FENBAN_DEVICE", "cuda"
"""What an encoder in torch runs on."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An error on its way to the caller: as a value, since an exception would be wrapped."""

    error: FenbanError


def read_parts(batch: pa.Table, job: bytes) -> Iterator[pa.Table]:
    """Read parts on a machine of the cluster; told and work become bytes."""
    here, read = pickle.loads(job)
    _settle(here)
    for part in batch["part"].to_pylist():
        try:
            for step in read(pickle.loads(part)):
                yield _row(step.told, step.work)
        except FenbanError as error:
            yield _row(Fault(error), None)


class Actor:
    """A process of the cluster with a model of its own."""

    def __init__(self, job: bytes, gpu: bool) -> None:
        here, task = pickle.loads(job)
        _settle(here)
        if gpu:
            os.environ[DEVICE] = GPU
        self._fault: Fault | None = None
        try:
            self._work = task.open()
        except FenbanError as error:
            self._fault = Fault(error)

    def __call__(self, batch: pa.Table) -> Iterator[pa.Table]:
        for row in batch.to_pylist():
            yield self._answered(row)

    def _answered(self, row: dict[str, bytes | None]) -> pa.Table:
        told, work = row["told"], row["work"]
        if work is None:
            return _packed(told, None)
        if self._fault is None:
            try:
                return _packed(told, pickle.dumps(self._work(pickle.loads(work))))
            except FenbanError as error:
                self._fault = Fault(error)
        return _packed(pickle.dumps(self._fault), None)


def done_far_away(job: bytes, piece: bytes) -> bytes:
    """Do one piece on a machine of the cluster."""
    here, task = pickle.loads(job)
    _settle(here)
    try:
        return pickle.dumps(task.open()(pickle.loads(piece)))
    except FenbanError as error:
        return pickle.dumps(Fault(error))


def brought_back(result: bytes) -> Any:  # noqa: ANN401
    """Return what was done, or raise what was raised."""
    done = pickle.loads(result)
    if isinstance(done, Fault):
        raise done.error
    return done


def _settle(folder: str) -> None:
    """Work in the caller's folder, so that names of files mean the same; it may be lacking."""
    with suppress(OSError):
        os.chdir(folder)


def _row(told: object, work: object | None) -> pa.Table:
    return _packed(pickle.dumps(told), None if work is None else pickle.dumps(work))


def _packed(told: bytes | None, work: bytes | None) -> pa.Table:
    import pyarrow as pa

    schema = pa.schema([("told", pa.large_binary()), ("work", pa.large_binary())])
    return pa.table({"told": [told], "work": [work]}, schema=schema)


def unpacked(batch: pa.Table) -> Iterator[Taken[Any]]:
    for row in batch.to_pylist():
        told = pickle.loads(row["told"])
        if isinstance(told, Fault):
            raise told.error
        yield Taken(told, None if row["work"] is None else pickle.loads(row["work"]))
