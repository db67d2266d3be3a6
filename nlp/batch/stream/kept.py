"""A chunk's results: as they are made, as they are kept, and where they stand in a run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nlp.batch.stream.chunks import Chunk
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


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a chunk stands in a run; `ids` are its rows', pressed.

    `state` is what reading had told when it had passed the chunk, as JSON; "" where the chunk
    must be read again.
    """

    number: int
    key: bytes
    places: tuple[RowRef, ...]
    ids: bytes = b""
    state: str = ""

    @classmethod
    def of(cls, number: int, chunk: Chunk[Any], state: Mapping[str, Any] | None = None) -> Placing:
        ids = pressed(json.dumps([row.id for row in chunk.rows]))
        told = json.dumps(state) if state is not None else ""
        return cls(number, chunk.key, tuple(chunk.places), ids, told)


@dataclass(frozen=True, slots=True)
class Passed:
    """A chunk of an earlier run that need not be read: its rows, the last one's number."""

    key: bytes
    rows: int
    last: int
    ids: tuple[str, ...]
    state: dict[str, Any]

    @classmethod
    def of(cls, key: bytes, places: bytes, ids: bytes, state: bytes) -> Passed | None:
        """Return a chunk as the plan holds it; None if it must be read again."""
        *_, (_, _, rows) = found = json.loads(released(places))
        if not state or rows[-1] is None:
            return None
        names = tuple(json.loads(released(ids)))
        count = sum(len(rows) for _, _, rows in found)
        return cls(key, count, rows[-1], names, json.loads(released(state)))
