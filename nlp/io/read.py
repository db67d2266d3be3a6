"""INPUT as the user gives it — a file, a folder, `-` — becomes a stream of proposals or replies."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Generic

from nlp.errors import UsageError
from nlp.io.folders import list_files
from nlp.io.proposals import PROPOSALS
from nlp.io.reader import STDIN_NAME, Reader
from nlp.io.replies import REPLIES
from nlp.io.source import Listing, ReadOptions, Source, T, TableColumns
from nlp.io.system import visible
from nlp.io.target import Tally, Target
from nlp.types import Proposal, Reply, RowError


def read_proposals(
    path: str | Path, options: ReadOptions | None = None, *, stdin: BinaryIO | None = None
) -> Source[Proposal]:
    """Open an input of proposals.

    :param path: a file, a folder (recursive) or "-" for standard input.
    :param stdin: read instead of the process's standard input.
    :raises InputError: a single file or the whole folder is unusable.
    :raises UsageError: an override, sheet or encoding does not exist.
    """
    return _open(path, PROPOSALS, options, stdin)


def read_replies(
    path: str | Path, options: ReadOptions | None = None, *, stdin: BinaryIO | None = None
) -> Source[Reply]:
    """Open an input of replies, as `read_proposals` does.

    A table needs a column of replies; a document, or text on standard input, is one reply.
    """
    return _open(path, REPLIES, options, stdin)


def _open(
    path: str | Path, target: Target[T], options: ReadOptions | None, stdin: BinaryIO | None
) -> Source[T]:
    if not str(path).strip():  # Path("") would be the whole current folder
        raise UsageError("没有给出输入：文件名是空的。", "请给出文件、文件夹，或 -。")
    reader = Reader(target, options or ReadOptions())
    if str(path) == "-":
        items, files, folder = reader.open_stdin(stdin or _standard_input()), [STDIN_NAME], False
    elif os.path.isdir(path):  # noqa: PTH112 - Path's raises for a long text given as a name
        files, folder = list_files(Path(path), reader.notes, reader.options.skip), True
        items = reader.folder(Path(path), files)
    else:
        files, folder = [Path(path).name], False
        items = reader.open_file(Path(path), visible(files[0]))
    listing = None
    if str(path) != "-":
        listing = Listing(Path(path), tuple(files), folder, target, reader.options)
    whole, told = reader.finish(items, files[0]), (reader.notes, reader.maps)
    return Source(whole, tuple(files), *told, reader.outlook, listing, reader.bookmark)


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Some files of an input; all that is told of them is complete when `items` is consumed."""

    items: Iterator[T | RowError]
    notes: list[str]
    maps: list[TableColumns]
    tally: Tally


def read_part(listing: Listing[T], files: Sequence[str]) -> Part[T]:
    """Read some files of an input as one reading of all of them does.

    Raises InputError, UsageError for an input that is a single file and unusable.
    """
    reader = Reader(listing.target, listing.options)
    if listing.folder:
        items = reader.folder(listing.path, files)
    else:
        items = reader.guarded(reader.open_file(listing.path, visible(files[0])), files[0])
    return Part(items, reader.notes, reader.maps, reader.tally)


def _standard_input() -> BinaryIO:
    """Return the process's standard input; an empty one where there is none."""
    return sys.stdin.buffer if sys.stdin else io.BytesIO()


__all__ = ["ReadOptions", "Source", "TableColumns", "read_proposals", "read_replies"]
