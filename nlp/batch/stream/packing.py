"""Texts and places as the few bytes that the journal keeps of them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence

from nlp.types import RowRef

QUICK = 1
"""zlib's fastest level: a fifth of the size for a twentieth of the work."""


def as_bytes(text: str) -> bytes:
    """Encode whatever Python holds as text; names of files may have lone surrogates."""
    return text.encode("utf-8", "surrogatepass")


def as_text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def pressed(text: str) -> bytes:
    return zlib.compress(as_bytes(text), QUICK) if text else b""


def released(data: bytes) -> str:
    return as_text(zlib.decompress(data)) if data else ""


def check_sum(*parts: bytes) -> int:
    """Return a number that tells damaged bytes; SQLite checks its pages' structure only."""
    found = 0
    for part in parts:
        found = zlib.crc32(part, found)
    return found


def intact(parts: Sequence[object], told: object) -> bool:
    """Tell whether values read from the journal are those that were written there."""
    data = [part for part in parts if isinstance(part, bytes)]
    return len(data) == len(parts) and check_sum(*data) == told


def packed_places(places: Sequence[RowRef]) -> bytes:
    """Write places as runs of one table: [file, sheet, rows]."""
    runs: list[tuple[str, str | None, list[int | None]]] = []
    for place in places:
        if not runs or runs[-1][:2] != (place.file, place.sheet):
            runs.append((place.file, place.sheet, []))
        runs[-1][2].append(place.row)
    return pressed(json.dumps(runs, ensure_ascii=False))


def unpacked_places(data: bytes) -> Iterator[RowRef]:
    for file, sheet, rows in json.loads(released(data)):
        yield from (RowRef(file, sheet, row) for row in rows)
