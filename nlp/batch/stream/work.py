"""What is done with one chunk: results, their records and counts, ready for the journal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from nlp.batch.result import R
from nlp.batch.stream.chunks import Chunk, Row
from nlp.batch.stream.kept import Done, Pressed
from nlp.batch.tally import Counts
from nlp.engines.task import Task
from nlp.io.write import json_line

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Keep:
    """What of a run's results goes into the journal.

    `mask` hides phone and identity-card numbers; `cells` keeps the rows' own cells.
    """

    mask: bool = False
    cells: bool = False

    def shown(self, record: Callable[[T], Mapping[str, Any]]) -> Callable[[T], Mapping[str, Any]]:
        """Return what makes records as they are to be seen."""
        if not self.mask:
            return record
        from nlp.text.mask import masked_record

        return lambda item: masked_record(record(item))


@dataclass(frozen=True, slots=True)
class Worker(Generic[Row, R]):
    """Turns chunks into what the journal keeps."""

    answer: Callable[[Sequence[Row]], Iterable[R]]
    record: Callable[[R], Mapping[str, object]]
    tally: Callable[[], Counts[R]]
    keep: Keep

    def __call__(self, chunk: Chunk[Row]) -> Done:
        """Return a chunk's results; all rows have one, with an error where need be."""
        tally, heads = self.tally(), dict[str, None]()
        lines, given = [], []
        record, own = self.keep.shown(self.record), self.keep.shown(dict)
        for item in tally.watch(self.answer(chunk.rows)):
            lines.append(json_line(record(item)))
            if self.keep.cells:
                heads.update(dict.fromkeys(item.given))
                given.append(json_line(own(item.given)))
        if len(lines) != len(chunk.rows):
            raise RuntimeError(f"{len(lines)} results for {len(chunk.rows)} rows")
        counts = json.dumps({"tally": tally.state(), "heads": list(heads)}, ensure_ascii=False)
        return Done(chunk.key, "".join(lines), "".join(given), counts)


@dataclass(frozen=True, slots=True)
class Pressing:
    """A task whose results are pressed where they were made."""

    task: Task[Chunk[Any], Done]

    def open(self) -> Callable[[Chunk[Any]], Pressed]:
        work = self.task.open()
        return lambda chunk: Pressed.of(work(chunk))
