"""Rows cut into chunks whose edges depend on the rows alone (content-defined chunking).

A row that is put in or taken out changes its own chunk; all others keep their key, so that
what was done for them is found again (Muthitacharoen et al. 2001, LBFS, section 3.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter
from typing import Any, Generic, TypeVar

from nlp.types import Proposal, Reply, RowError, RowRef

Row = TypeVar("Row", bound=Proposal | Reply | RowError)
SIZE = 1000
"""Rows a chunk has, about; twice as many at most."""
HEAVY = 16_000_000
"""A chunk whose rows take so many bytes has no more: memory must not grow with long texts."""
_SEPARATOR = "\x1f"
DIGEST = 16
"""Bytes of a key: among 10 million rows two agree by chance once in 10^24 runs."""


@dataclass(frozen=True, slots=True)
class Chunk(Generic[Row]):
    """Rows that are worked through together; `key` is what their results depend on."""

    key: bytes
    rows: tuple[Row, ...]

    @property
    def places(self) -> list[RowRef]:
        return [row.source for row in self.rows]

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        """Travel as plain tuples: what dataclasses do by themselves takes three times as long."""
        return _travelled, (self.key, [(type(row), *_VALUES[type(row)](row)) for row in self.rows])


_PLACE = ("source.file", "source.sheet", "source.row", "given")
_VALUES = {
    Proposal: attrgetter("id", "title", "body", *_PLACE),
    Reply: attrgetter("id", "text", "title", "body", *_PLACE),
    RowError: attrgetter("id", "title", "message", *_PLACE),
}


def _travelled(key: bytes, rows: Iterable[tuple[Any, ...]]) -> Chunk[Any]:
    return Chunk(
        key,
        tuple(
            kind(*texts, RowRef(file, sheet, number), given)
            for kind, *texts, file, sheet, number, given in rows
        ),
    )


def cut(
    rows: Iterable[Row], salt: bytes, *, by_file: bool = False, size: int = 0
) -> Iterator[Chunk[Row]]:
    """Cut rows into chunks, in order.

    :param salt: digest of the model and the options, part of every key.
    :param by_file: no chunk has rows of two files.
    :param size: rows a chunk has, about; 0 stands for SIZE.
    """
    size = size or SIZE
    part: list[Row] = []
    digests: list[bytes] = []
    weight = 0
    for row in rows:
        if by_file and part and row.source.file != part[0].source.file:
            yield _chunk(part, digests, salt)
            part, digests, weight = [], [], 0
        told = _told(row)
        part.append(row)
        digests.append(_digest(told))
        weight += len(told)
        edge = int.from_bytes(digests[-1][:4], "big") % size == 0
        if edge or len(part) == 2 * size or weight > HEAVY:
            yield _chunk(part, digests, salt)
            part, digests, weight = [], [], 0
    if part:
        yield _chunk(part, digests, salt)


def _chunk(rows: list[Row], digests: list[bytes], salt: bytes) -> Chunk[Row]:
    return Chunk(_digest(b"".join([salt, *digests])), tuple(rows))


def row_digest(row: Proposal | Reply | RowError) -> bytes:
    """Return a digest of all that a row says; where it stands does not matter."""
    return _digest(_told(row))


def _digest(told: bytes) -> bytes:
    return sha256(told).digest()[:DIGEST]  # which processors of today do themselves


def _told(row: Proposal | Reply | RowError) -> bytes:
    if isinstance(row, Proposal):
        texts = ["P", row.id, row.title, row.body]
    elif isinstance(row, Reply):
        texts = ["R", row.id, row.text, row.title, row.body]
    else:
        texts = ["E", row.id, row.title, row.message]
    own = texts[1:]
    texts += row.given.keys()
    shape = [str(len(text)) for text in texts]  # a text may hold the separator
    for cell in row.given.values():
        if cell in own:  # as most are, and to digest them once more takes half of the time
            shape.append(f"={own.index(cell)}")
        else:
            texts.append(cell)
            shape.append(str(len(cell)))
    texts.append(",".join(shape))
    return _SEPARATOR.join(texts).encode("utf-8", "surrogatepass")
