"""Whatever `classify` reads, as gold: every table is mapped by the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from nlp.evaluate.gold.office import OfficeReader, Vocabulary
from nlp.evaluate.gold.rows import Gold
from nlp.evaluate.gold.said import SHOWN
from nlp.io.columns import ColumnMap, guess_columns
from nlp.io.proposals import PROPOSALS
from nlp.io.read import ReadOptions, read_proposals
from nlp.io.shape import Table
from nlp.io.target import Tally, table_items
from nlp.types import Proposal, RowError

_REPEATED = re.compile(r"^有 \d+ 个编号重复")
"""What reading says of repeated ids; of gold rows more is to be said."""
_SAMPLE = 200
Item = Proposal | RowError


def read_tables(path: Path, vocabulary: Vocabulary, options: ReadOptions | None = None) -> Gold:
    """Read a file or folder as `classify` does. Raises InputError, UsageError as that does."""
    source = read_proposals(path, options)
    found = _mapped(source.items, source.map_for, vocabulary)
    notes = [note for note in source.notes if not _REPEATED.match(note)]
    return replace(found, notes=(*notes, *found.notes))


def map_table(table: Table, vocabulary: Vocabulary) -> Gold:
    """Map a table that has been read already, its columns recognised by their heads."""
    samples = [row.cells for row, _ in zip(table.rows, range(_SAMPLE), strict=False)]
    columns = guess_columns(table.header, samples)
    items = table_items(table, PROPOSALS, columns, Tally())
    return _mapped(items, lambda _: columns, vocabulary)


def _mapped(
    items: Iterable[Item], columns_of: Callable[[Item], ColumnMap | None], vocabulary: Vocabulary
) -> Gold:
    reader, rows, where = OfficeReader(vocabulary), [], []
    broken: list[RowError] = []
    for item in items:
        if isinstance(item, Proposal):
            rows.append(reader.row(item, columns_of(item)))
            where.append(str(item.source))
        else:
            broken.append(item)
    notes = (*_unread(broken), *reader.notes())
    return Gold(tuple(rows), notes, tuple(where), len(broken))


def _unread(broken: Sequence[RowError]) -> Iterator[str]:
    if broken:
        some = "；".join(f"{item.source}：{item.message.rstrip('。')}" for item in broken[:SHOWN])
        more = f"；另有 {len(broken) - SHOWN} 行" if len(broken) > SHOWN else ""
        yield f"有 {len(broken)} 行读不出来，没有参加评测（{some}{more}）。"
