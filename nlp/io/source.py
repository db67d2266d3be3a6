"""An opened input: what the user said about it, what was recognised, and its items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from nlp.io.columns import ColumnMap
from nlp.io.outlook import Outlook
from nlp.types import Proposal, Reply, RowError, RowRef

if TYPE_CHECKING:
    from nlp.io.bookmark import Bookmark
    from nlp.io.target import Target

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
class Listing(Generic[T]):
    """The files of an input, described so that another process can read some of them.

    `path` is a folder, `files` are below it, or the one file itself.
    """

    path: Path
    files: tuple[str, ...]
    folder: bool
    target: Target[T]
    options: ReadOptions


@dataclass(frozen=True, slots=True)
class Source(Generic[T]):
    """The proposals or replies of an input, read as `items` is consumed.

    `notes` and `maps` grow while reading; for a single file `maps` is complete at once.
    Standard input has no `listing`; only an input that is one table has a `bookmark`.
    """

    items: Iterator[T | RowError]
    files: tuple[str, ...]
    notes: list[str] = field(default_factory=list)
    maps: list[TableColumns] = field(default_factory=list)
    outlook: Outlook = field(default_factory=Outlook)
    listing: Listing[T] | None = None
    bookmark: Bookmark | None = None

    @property
    def expected(self) -> int | None:
        """How many rows will come, about; of a folder known when some of it has been read."""
        return self.outlook.expected()

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
