"""The results of a run as its journal holds them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol

from nlp.batch.result import R
from nlp.batch.stream.kept import Placed
from nlp.batch.tally import Counts
from nlp.types import EMPTY, RowRef

Reader = Callable[[Mapping[str, Any], RowRef, Mapping[str, str]], R]
"""Makes a result of its record, its place and its row's own cells."""


class Chunks(Protocol):
    """What holds the chunks of a run in order: a journal, or a part of one."""

    def placed(self, file: str | None = None) -> Iterator[Placed]: ...

    def counts(self, file: str | None = None) -> Iterator[str]: ...


@dataclass(frozen=True, slots=True)
class Stored(Generic[R]):
    """All results of a run, or those of one input file; read from disk whenever asked for."""

    journal: Chunks
    read: Reader[R]
    file: str | None = None

    def __iter__(self) -> Iterator[R]:
        for placed in self.journal.placed(self.file):
            records = _objects(placed.done.lines)
            given = _objects(placed.done.given) if placed.done.given else ()
            cells = iter(given)
            for record, place in zip(records, placed.places, strict=True):
                yield self.read(record, place, next(cells, EMPTY))

    def lines(self) -> Iterator[str]:
        """Yield the records as JSON lines, a chunk at a time."""
        return (placed.done.lines for placed in self.journal.placed(self.file))

    def heads(self) -> list[str]:
        """Return the heads of the rows' own columns, in order of first appearance."""
        told = (json.loads(counts)["heads"] for counts in self.journal.counts(self.file))
        return list(dict.fromkeys(head for heads in told for head in heads))

    def counted(self, tally: Counts[R]) -> None:
        """Add all results' counts to `tally`."""
        for counts in self.journal.counts(self.file):
            tally.absorb(json.loads(counts)["tally"])


def _objects(lines: str) -> Iterator[Any]:
    """Decode JSON lines; they end with a plain newline, which JSON escapes inside."""
    return map(json.loads, lines.removesuffix("\n").split("\n"))
