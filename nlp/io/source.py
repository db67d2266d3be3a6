"""An opened input: what the user said about it, what was recognised, and its items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from nlp.io.columns import ColumnMap
from nlp.types import Proposal, Reply, RowError, RowRef

T = TypeVar("T", bound=Proposal | Reply)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user says about the input.

    `overrides` maps roles (title, body, id…) to a head, a letter or a number; `skip` is a
    file not to read in a folder: what an earlier run wrote there.
    """

    overrides: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    sheet: str | None = None
    skip: Path | None = None


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The columns recognised in one table."""

    file: str
    sheet: str | None
    columns: ColumnMap


@dataclass(frozen=True, slots=True)
class Source(Generic[T]):
    """The proposals or replies of an input, read as `items` is consumed.

    `notes` and `maps` grow while reading; for a single file `maps` is complete at once.
    """

    items: Iterator[T | RowError]
    files: tuple[str, ...]
    notes: list[str] = field(default_factory=list)
    maps: list[TableColumns] = field(default_factory=list)

    @property
    def columns(self) -> tuple[str, ...]:
        """Say in Chinese what was recognised so far, tables with the same columns once."""
        said: dict[tuple[str, ...], list[TableColumns]] = {}
        for table in self.maps:
            said.setdefault(table.columns.describe(), []).append(table)
        lines: list[str] = []
        for description, tables in said.items():
            if len(said) > 1:
                more = f" 等 {len(tables)} 个表" if len(tables) > 1 else ""
                lines.append(f"{RowRef(tables[0].file, tables[0].sheet)}{more}：")
            lines.extend(description)
        return tuple(lines)

    def map_for(self, item: T | RowError) -> ColumnMap | None:
        """Find the columns of the table an item came from; None for documents."""
        for table in self.maps:
            if (table.file, table.sheet) == (item.source.file, item.source.sheet):
                return table.columns
        return None
