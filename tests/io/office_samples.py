"""The rows that most tests write and expect back."""

from __future__ import annotations

import struct

HEADER = ("编号", "案由", "内容")
ROWS = (
    ("001", "关于增建公办幼儿园的建议", "城东新区入园难，摇号中签率不到四成。"),
    ("002", "关于整治河道排污的提案", "青石河上游有作坊直排废水，鱼虾绝迹。"),
    ("003", "关于打通断头路的议案", "海虹大道北延段停工两年，居民绕行。"),
)


def ole_container(*names: str, next_sector: int = 0xFFFFFFFE) -> bytes:
    """Build an OLE container whose empty streams have these names.

    `next_sector` follows the directory's first sector (1): 1 makes a circle.
    """
    header = bytearray(b"\xff" * 512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 62, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<I", header, 76, 0)
    table = struct.pack("<128I", 0xFFFFFFFD, next_sector, *[0xFFFFFFFF] * 126)
    entries = b""
    for number, (name, kind) in enumerate([("Root Entry", 5), *((name, 2) for name in names)]):
        right = number + 1 if 0 < number < len(names) else 0xFFFFFFFF
        child = 1 if kind == 5 and names else 0xFFFFFFFF
        raw = name.encode("utf-16-le")
        entry = bytearray(128)
        entry[: len(raw)] = raw
        struct.pack_into("<HBB3I", entry, 64, len(raw) + 2, kind, 1, 0xFFFFFFFF, right, child)
        entries += entry
    return bytes(header) + table + entries.ljust(512, b"\0")
