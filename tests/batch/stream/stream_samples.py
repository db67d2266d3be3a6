"""A kind of result that needs no model: a row's title in capitals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nlp.batch.stream.chunks import Chunk
from nlp.batch.stream.journal import Done
from nlp.batch.stream.work import Keep, Worker
from nlp.batch.tally import Counts
from nlp.types import EMPTY, Proposal, RowError, RowRef


@dataclass(frozen=True)
class Loud:
    id: str
    title: str
    error: str | None
    source: RowRef = field(compare=False)
    given: Mapping[str, str] = field(default_factory=lambda: EMPTY)


@dataclass
class Letters(Counts[Loud]):
    """Counts first letters."""

    letters: Counter[str] = field(default_factory=Counter)

    def count(self, item: Loud) -> None:
        self.letters[item.title[:1]] += 1

    def said(self) -> Iterator[str]:
        yield f"{len(self.letters)} 种"


def loud(row: Proposal | RowError) -> Loud:
    error = row.message if isinstance(row, RowError) else None
    return Loud(row.id, row.title.upper(), error, row.source, row.given)


def to_loud(item: Loud) -> dict[str, Any]:
    return {"id": item.id, "title": item.title, "error": item.error}


def from_loud(record: Mapping[str, Any], source: RowRef, given: Mapping[str, str]) -> Loud:
    return Loud(record["id"], record["title"], record["error"], source, given)


@dataclass
class Shouting:
    """The task; `asked` has the ids of all rows that were worked on."""

    keep: Keep = field(default_factory=lambda: Keep(cells=True))
    asked: list[str] = field(default_factory=list)

    def open(self) -> Callable[[Chunk], Done]:
        return Worker(self._answer, to_loud, Letters, self.keep)

    def _answer(self, rows: Sequence[Proposal | RowError]) -> Iterable[Loud]:
        for row in rows:
            self.asked.append(row.id)
            yield loud(row)


def rows(count: int, file: str = "a.csv") -> list[Proposal | RowError]:
    """Every tenth row is one that can't be read; some have cells of their own."""
    found: list[Proposal | RowError] = []
    for n in range(count):
        source = RowRef(file, "表" if n % 3 else None, n + 2)
        given = {"编号": str(n), f"列{n % 4}": "x\u2028y"} if n % 2 else {}
        if n % 10 == 9:
            found.append(RowError(str(n), "", f"坏{n}", source, given))
        else:
            found.append(Proposal(str(n), f"{'abc'[n % 3]}{n}", "", source, given))
    return found
