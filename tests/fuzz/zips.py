"""Zip containers taken apart and put together, byte for byte the same every time."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_DATE = (2024, 1, 1, 0, 0, 0)
_MOST = 4_000_000
"""Members are unpacked up to this size: what is larger is damaged as bytes only."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a container."""

    name: str
    data: bytes


def unpack(data: bytes) -> tuple[Member, ...]:
    """Return the members, () for what is no readable zip container."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST:
                return ()
            return tuple(Member(i.filename, archive.read(i)) for i in archive.infolist())
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError):
        return ()
    except (NotImplementedError, KeyError, OverflowError, MemoryError):
        return ()


def pack(members: Iterable[Member], *, deflate: bool = True) -> bytes:
    """Write a container; names may repeat and need not be sane."""
    out = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", compresslevel=1) as archive:
        for member in members:
            info = zipfile.ZipInfo(member.name or "x", _DATE)
            info.compress_type = method
            archive.NameToInfo.pop(info.filename, None)  # no warning about a second one
            archive.writestr(info, member.data, compresslevel=1)
    return out.getvalue()


def repacked(data: bytes) -> bytes:
    """Return the container without the hour at which a library wrote it."""
    return pack(unpack(data))


def traps(members: Sequence[Member]) -> dict[str, bytes]:
    """Build containers that lie, escape or swell out of a healthy one's members."""
    whole = pack(members)
    first = members[0]
    end = whole.rfind(b"PK\x05\x06")
    entry = whole.find(b"PK\x01\x02")
    lied = bytearray(whole)
    lied[entry + 24 : entry + 28] = (7).to_bytes(4, "little")  # the unpacked size
    method = bytearray(whole)
    method[entry + 10] = 99
    return {
        "escape": pack([*members, Member("../../outside.xml", b"x")]),
        "drive": pack([*members, Member("C:\\outside.xml", b"x")]),
        "swollen": pack([*members, Member("xl/big.xml", bytes(12_000_000))]),
        "twice": pack([*members, first, first]),
        "many": pack([*members, *(Member(f"xl/a{n}", b"") for n in range(10_100))]),
        "empty": pack([]),
        "no-end": whole[:end],
        "lied-size": bytes(lied),
        "odd-method": bytes(method),
        "prefixed": b"\x00" * 64 + whole,
        "foreign": pack([Member("a.txt", b"x")]),
        "only-names": pack([Member(each.name, b"") for each in members]),
        "nested": pack([*members, Member("inner.zip", whole)]),
    }
