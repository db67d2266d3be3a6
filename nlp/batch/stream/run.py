"""One run: rows to chunks, chunks to results, all of them in the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic

from nlp.batch.stream.chunks import Chunk, Row, cut
from nlp.batch.stream.journal import Journal
from nlp.batch.stream.kept import Done, Placing
from nlp.batch.stream.replay import Unread
from nlp.batch.stream.work import Pressing
from nlp.engines.task import Engine, Task
from nlp.types import RowError


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a run is: rows read, rows done now, rows that an earlier run had done."""

    read: int = 0
    done: int = 0
    before: int = 0


@dataclass(frozen=True, slots=True)
class Run(Generic[Row]):
    """Work on rows with a journal; `salt` tells the model and all options apart.

    `size` is how many rows a chunk has, about: 0 stands for the usual number.
    """

    journal: Journal
    engine: Engine
    task: Task[Chunk[Row], Done]
    salt: bytes
    by_file: bool = False
    size: int = 0

    def work(
        self,
        rows: Iterable[Row | RowError],
        tell: Callable[[Advance], None],
        unread: Unread | None = None,
    ) -> Advance:
        """Do what the journal lacks; when this returns, it has every row's result.

        :param unread: the input of `rows`, none of which has been taken, if it can begin later.
        """
        count = _Count(tell)
        first = self._begin(count, unread)
        chunks = self._unknown(rows, count, first, unread)
        for done in self.engine.map(Pressing(self.task), chunks):
            self.journal.add(done)
            count.done(done.key)
        if lacking := self.journal.lacking():
            raise RuntimeError(f"{lacking} chunks were not done")
        return count.advance

    def _begin(self, count: _Count, unread: Unread | None) -> int:
        """Take over what need not be read again; return how many chunks these are."""
        number = 0
        for passed in self.journal.begin(unread.stamp if unread else b""):
            if unread:
                unread.go_on(passed)
            count.known(passed.key, passed.rows)
            number += 1
        return number

    def _unknown(
        self, rows: Iterable[Any], count: _Count, first: int, unread: Unread | None
    ) -> Iterator[Chunk[Any]]:
        """Put every chunk into the plan and yield those whose results are not known."""
        chunks = cut(rows, self.salt, by_file=self.by_file, size=self.size)
        for number, chunk in enumerate(chunks, first):
            state = unread.bookmark.state() if unread else None
            self.journal.place(Placing.of(number, chunk, state))
            if chunk.key in self.journal:
                count.known(chunk.key, len(chunk.rows))
            elif count.begun(chunk.key, len(chunk.rows)):
                yield chunk


class _Count:
    """Counts rows while they pass; a chunk that comes twice is worked on once."""

    def __init__(self, tell: Callable[[Advance], None]) -> None:
        self.advance = Advance()
        self._tell = tell
        self._under_way: dict[bytes, int] = {}
        self._own: set[bytes] = set()

    def known(self, key: bytes, rows: int) -> None:
        now, own = self.advance, rows if key in self._own else 0
        self._set(Advance(now.read + rows, now.done + own, now.before + rows - own))

    def begun(self, key: bytes, rows: int) -> bool:
        """Return whether the chunk is not under way already."""
        now, first = self.advance, key not in self._under_way
        self._under_way[key] = self._under_way.get(key, 0) + rows
        self._set(Advance(now.read + rows, now.done, now.before))
        return first

    def done(self, key: bytes) -> None:
        now = self.advance
        self._own.add(key)
        self._set(Advance(now.read, now.done + self._under_way.pop(key), now.before))

    def _set(self, advance: Advance) -> None:
        self.advance = advance
        self._tell(advance)
