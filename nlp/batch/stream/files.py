"""The files of a run: each is written from its own results, by whichever process is free."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from nlp.batch.result import R, Results
from nlp.batch.stream.journal import Journal
from nlp.batch.stream.kept import Kept, Placed
from nlp.batch.stream.stored import Chunks, Reader, Stored
from nlp.batch.tally import Counts
from nlp.engines.local import LocalEngine
from nlp.engines.task import Engine
from nlp.io.write import Written

T = TypeVar("T")
FEW = 20
"""A run of so few chunks is written in a moment; other processes would take longer to start."""
MOST = 100
"""Chunks that travel together, 65 MB at most; more are written beside the journal."""


@dataclass(frozen=True, slots=True)
class Held:
    """The results of one file, out of the journal."""

    chunks: tuple[Kept, ...]

    def placed(self, file: str | None = None) -> Iterator[Placed]:
        return (kept.placed() for kept in self.chunks)

    def counts(self, file: str | None = None) -> Iterator[str]:
        return (kept.counts() for kept in self.chunks)


@dataclass(frozen=True, slots=True)
class Sheaf:
    """A file that is to be written, and the results that belong into it."""

    number: int
    path: Path
    held: Held


@dataclass(frozen=True, slots=True)
class Finished:
    """What is to be said of a file; None if it could not be written there."""

    number: int
    notes: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Settled(Generic[T]):
    """A function that returns what it was made with; it can travel."""

    value: T

    def __call__(self) -> T:
        return self.value


@dataclass(frozen=True, slots=True)
class Writing(Generic[R]):
    """How results become a file; a task for engines.

    `journal` shows whether a machine sees the folder that is written to.
    """

    journal: Path
    read: Reader[R]
    tally: Callable[[], Counts[R]]
    write: Callable[[Path, Results[R], Any], Written]

    def open(self) -> Callable[[Sheaf], Finished]:
        return self._sheaf

    def _sheaf(self, sheaf: Sheaf) -> Finished:
        if not self.journal.exists():
            return Finished(sheaf.number, None)
        return Finished(sheaf.number, self.file(sheaf.path, sheaf.held))

    def file(self, path: Path, chunks: Chunks, file: str | None = None) -> tuple[str, ...]:
        """Write one file and return what is to be said of it."""
        results, tally = Stored(chunks, self.read, file), self.tally()
        results.counted(tally)
        return tuple(self.write(path, results, tally).notes)


def write_files(
    journal: Journal, writing: Writing[Any], targets: Mapping[Path, str | None], engine: Engine
) -> Iterator[str]:
    """Write all files of a run and then yield what is to be said of them, in order.

    :param targets: which input file's results go where; None stands for all.
    """
    sizes = {path: journal.planned(file) for path, file in targets.items()}
    paths = list(targets)
    said: dict[int, tuple[str, ...] | None] = {}

    def sheaves() -> Iterator[Sheaf]:
        for number, path in enumerate(paths):
            if sizes[path] <= MOST:
                yield Sheaf(number, path, Held(tuple(journal.kept(targets[path]))))
            else:
                said[number] = writing.file(path, journal, targets[path])

    alone = len(paths) == 1 or sum(sizes.values()) <= FEW
    for finished in (LocalEngine(1) if alone else engine).map(writing, sheaves()):
        said[finished.number] = finished.notes
    for number, path in enumerate(paths):
        notes = said[number]
        yield from writing.file(path, journal, targets[path]) if notes is None else notes
