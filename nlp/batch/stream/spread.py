"""One run on a cluster: its machines read parts of the input and work on their chunks.

The caller keeps what comes back, in any order, in the journal; the plan's numbers put it into
the order of the input. So what is written, and how a run is taken up again, is the same as on
one machine.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from nlp import __version__
from nlp.batch.stream.chunks import Chunk, cut
from nlp.batch.stream.journal import Journal
from nlp.batch.stream.kept import Done, Placing, Pressed
from nlp.batch.stream.run import Advance
from nlp.batch.stream.work import Pressing
from nlp.engines.task import Step, Taken, Task
from nlp.errors import InputError
from nlp.io.system import file_size
from nlp.io.target import Tally

if TYPE_CHECKING:
    from nlp.io.source import Listing, Source, TableColumns

PART_BYTES = 32 << 20
PART_FILES = 500
"""A part is a file, or so many small ones that reading them is worth sending it out."""
_CHUNKS = 32
"""Bits of a plan's number that count the chunks of a part."""


class Spreader(Protocol):
    """An engine whose machines read the input themselves."""

    def spread(
        self,
        read: Callable[[Portion], Iterator[Step[Chunk[Any]]]],
        task: Task[Chunk[Any], Pressed],
        parts: list[Portion],
    ) -> Iterator[Taken[Pressed]]: ...


@dataclass(frozen=True, slots=True)
class Portion:
    """Files that are read together; portions are numbered in the order of the input."""

    number: int
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remarks:
    """What reading a portion told beside its rows; it had so many chunks.

    `state` is its tally's: ids go with the chunks.
    """

    number: int
    chunks: int
    notes: tuple[str, ...]
    maps: tuple[TableColumns, ...]
    state: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a portion is read, on any machine; `known` are the keys of chunks that are done."""

    listing: Listing[Any]
    salt: bytes
    by_file: bool
    size: int
    known: frozenset[bytes]
    version: str = __version__

    def __call__(self, portion: Portion) -> Iterator[Step[Chunk[Any]]]:
        """Yield a step for every chunk, and one for the remarks at last.

        Raises InputError where this machine sees another program or does not see the input.
        """
        from nlp.io.read import read_part

        self._check()
        part = read_part(self.listing, portion.files)
        chunks = cut(part.items, self.salt, by_file=self.by_file, size=self.size)
        first = at = portion.number << _CHUNKS
        for chunk in chunks:
            told = Placing.of(at, chunk)
            yield Step(told, None if chunk.key in self.known else chunk)
            at += 1
        told_of = tuple(part.notes), tuple(part.maps), part.tally.state()
        yield Step(Remarks(portion.number, at - first, *told_of))

    def _check(self) -> None:
        from platform import node

        if self.version != __version__:
            raise InputError(
                f"集群的机器 {node()} 上装的是分办 {__version__}，这里是 {self.version}。",
                "请在各台机器上装同一个版本。",
            )
        if not self.listing.path.exists():
            raise InputError(
                f"集群的机器 {node()} 上看不到“{self.listing.path}”。",
                "请把输入放在各台机器都以同一路径看得到的共享盘上。",
            )


@dataclass(frozen=True, slots=True)
class SpreadRun:
    """Work on an input that a cluster's machines read; see `Run`."""

    journal: Journal
    engine: Spreader
    task: Task[Chunk[Any], Done]
    salt: bytes
    by_file: bool = False
    size: int = 0

    def work(self, source: Source[Any], tell: Callable[[Advance], None]) -> Advance:
        """Do what the journal lacks; `source` then holds the remarks of a whole reading."""
        if source.listing is None:
            raise InputError(
                "标准输入只有这台机器读得到。", "请给出文件或文件夹，或去掉 --engine ray。"
            )
        reading = Reading(source.listing, self.salt, self.by_file, self.size, self.journal.known)
        advance, gathered = Advance(), _Gathered()
        deque(self.journal.begin(), 0)
        parts = portions(source.listing)
        for taken in self.engine.spread(reading, Pressing(self.task), parts):
            if isinstance(taken.told, Remarks):
                gathered.remarks[taken.told.number] = taken.told
            elif taken.told.number not in gathered.chunks:  # a machine that died may repeat it
                self._keep(taken.told, taken.done)
                gathered.chunks.add(taken.told.number)
                advance = _further(advance, len(taken.told.places), taken.done is not None)
                tell(advance)
        lacking = self.journal.lacking() + gathered.lacking(len(parts))
        if lacking:
            raise RuntimeError(f"{lacking} chunks or parts were not done")
        gathered.into(source, self.journal.ids())
        return advance

    def _keep(self, told: Placing, done: Pressed | None) -> None:
        self.journal.place(told)
        if done is not None:
            self.journal.add(done)


def portions(listing: Listing[Any]) -> list[Portion]:
    """Cut an input into portions, in order."""
    found: list[list[str]] = []
    room = 0
    for file in listing.files:
        size = _size(listing, file)
        if not found or size > room or len(found[-1]) == PART_FILES:
            found.append([])
            room = PART_BYTES
        found[-1].append(file)
        room -= size
    return [Portion(number, tuple(files)) for number, files in enumerate(found)]


def _size(listing: Listing[Any], file: str) -> int:
    return file_size(listing.path / file if listing.folder else listing.path)


def _further(now: Advance, rows: int, own: bool) -> Advance:
    done, before = (rows, 0) if own else (0, rows)
    return Advance(now.read + rows, now.done + done, now.before + before)


@dataclass(slots=True)
class _Gathered:
    """What the portions told, until all have."""

    remarks: dict[int, Remarks] = field(default_factory=dict)
    chunks: set[int] = field(default_factory=set)

    def lacking(self, portions: int) -> int:
        """Return how many portions and chunks did not come back."""
        chunks = sum(each.chunks for each in self.remarks.values())
        return abs(chunks - len(self.chunks)) + portions - len(self.remarks)

    def into(self, source: Source[Any], ids: Iterable[str]) -> None:
        """Write all remarks into `source`, as if it had been read in one go."""
        if source.listing is not None and not source.listing.folder:
            source.notes.clear()  # told when the file was opened, and again by whoever read it
            source.maps.clear()
        tally = Tally()
        for number in sorted(self.remarks):
            remarks = self.remarks[number]
            source.notes.extend(remarks.notes)
            source.maps.extend(remarks.maps)
            tally.absorb(remarks.state)
        tally.seen.update(ids)
        source.notes.extend(tally.notes())
