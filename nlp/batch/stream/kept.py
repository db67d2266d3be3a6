"""A chunk's results: as they are made, as they are kept, and where they stand in a run."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.batch.stream.packing import pressed, released, unpacked_places
from nlp.types import RowRef


@dataclass(frozen=True, slots=True)
class Done:
    """A chunk's results: JSON lines of its records and of its rows' own cells, and counts."""

    key: bytes
    lines: str
    given: str
    counts: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """The same as the journal keeps it; many processes press faster than the one that keeps."""

    key: bytes
    lines: bytes
    given: bytes
    counts: bytes

    @classmethod
    def of(cls, done: Done) -> Pressed:
        return cls(done.key, pressed(done.lines), pressed(done.given), pressed(done.counts))


@dataclass(frozen=True, slots=True)
class Placed:
    """A chunk's results in this run: where every row of it stands."""

    done: Done
    places: tuple[RowRef, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """The same as the journal holds it."""

    done: Pressed
    places: bytes

    def placed(self) -> Placed:
        own = self.done
        done = Done(own.key, released(own.lines), released(own.given), self.counts())
        return Placed(done, tuple(unpacked_places(self.places)))

    def counts(self) -> str:
        return released(self.done.counts)
