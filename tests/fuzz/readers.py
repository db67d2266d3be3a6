"""Readers: a file of any content gives items, row errors or one FenbanError, nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from nlp.errors import FenbanError
from nlp.io.read import Source, read_proposals, read_replies
from nlp.types import Proposal, Reply, RowError

_UNREADABLE = "程序没能读懂"


@cache
def room() -> Path:
    """Return this process's folder for the file of the case; it goes when the process ends."""
    made = tempfile.TemporaryDirectory(prefix="fenban-fuzz-")
    _KEPT.append(made)
    return Path(made.name)


_KEPT: list[Any] = []


def check(data: bytes, endings: tuple[str, ...]) -> None:
    """Read the bytes as a file, as proposals and as replies, to the end.

    The ending is chosen by the content, so that a case stays the same when it is run again.
    """
    path = room() / f"甲{endings[crc32(data) % len(endings)]}"
    path.write_bytes(data)
    for read in (read_proposals, read_replies):
        _read(read, path)


def _read(read: Callable[[Path], Source[Any]], path: Path) -> None:
    try:
        source = read(path)
        for item in source.items:
            _check_item(item, path.name)
            source.map_for(item)
    except FenbanError as fault:
        _check_text(f"{fault}{fault.hint}")
        return
    for line in (*source.columns, *source.notes):
        _check_text(line)


def _check_item(item: object, name: str) -> None:
    assert isinstance(item, Proposal | Reply | RowError), f"no item: {item!r}"
    assert item.source.file == name, f"an item of {item.source}"
    if isinstance(item, RowError):
        assert _UNREADABLE not in item.message, item.message
    for text in _texts(item):
        _check_text(text)


def _texts(item: Proposal | Reply | RowError) -> Iterator[str]:
    yield from (item.id, item.title, str(item.source))
    yield from (value for pair in item.given.items() for value in pair)
    match item:
        case Proposal():
            yield item.body
        case Reply():
            yield from (item.text, item.body)
        case RowError():
            yield item.message


def _check_text(text: object) -> None:
    """Whatever was read is written to UTF-8 files later."""
    assert isinstance(text, str), f"no text: {text!r}"
    text.encode("utf-8")
