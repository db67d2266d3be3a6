"""Damage with a plan: bytes flipped and spliced, tokens and numbers put in, text re-encoded,
brackets nested, members of zip containers changed and the container written anew.

A case is a function of target, seed and number, so that it can be made again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.fuzz.tokens import MARKS, NUMBERS
from tests.fuzz.zips import Member, pack, unpack

MOST = 262_144
"""Bytes of a mutated case at most; the files to begin with may be larger."""
_STACKED = (1, 1, 1, 2, 2, 3, 4, 6)
_NUMBER = re.compile(rb"\d+")
_PAIRS = ("（）", "“”", "《》", "[]", "{}", "()", "<>", '""', "【】")
_ENCODINGS = ("gb18030", "utf-16", "utf-16-le", "utf-8-sig", "big5", "utf-32", "utf-7", "latin-1")


@dataclass(frozen=True, slots=True)
class Style:
    """What a form is made of: tokens of its syntax, text that people read, a zip container."""

    tokens: tuple[bytes, ...] = ()
    text: bool = False
    zipped: bool = False


Change = Callable[[bytes, Random, Style, Sequence[bytes]], bytes]


def case(seeds: Sequence[bytes], style: Style, key: str, number: int) -> bytes:
    """Return case `number`: first the seeds as they are, then mutations of them."""
    if number < len(seeds):
        return seeds[number]
    return mutated(seeds, style, Random(f"{key}:{number}"))


def mutated(seeds: Sequence[bytes], style: Style, rng: Random) -> bytes:
    """Pick a seed and change it one to six times."""
    usable = [seed for seed in seeds if len(seed) <= MOST] or seeds
    return change(rng.choice(usable), rng, style, usable, times=rng.choice(_STACKED))


def change(
    data: bytes, rng: Random, style: Style, others: Sequence[bytes], *, times: int = 1
) -> bytes:
    """Change a case some times: the members of a container, or the bytes themselves."""
    if style.zipped and rng.random() < 0.85 and (members := list(unpack(data[:MOST]))):
        for _ in range(times):
            _change_members(members, rng, style, others)
        return pack(members, deflate=rng.random() < 0.8)
    changes = (*_PLAIN, *_WORDY) if style.text else _PLAIN
    for _ in range(times):
        data = rng.choice(changes)(data, rng, style, others)[:MOST]
    return data


def _change_members(
    members: list[Member], rng: Random, style: Style, others: Sequence[bytes]
) -> None:
    if not members:
        return
    at = rng.randrange(len(members))
    member = members[at]
    match rng.choice(("change", "change", "change", "change", "drop", "twin", "rename", "swap")):
        case "drop":
            del members[at]
        case "twin":
            members.append(member)
        case "rename":
            members[at] = Member(rng.choice(members).name, member.data)
        case "swap":
            members[at] = Member(member.name, rng.choice(members).data)
        case _:
            inner = replace(style, zipped=False, text=True)
            pieces = [each.data for each in members] or list(others)
            members[at] = Member(member.name, change(member.data, rng, inner, pieces))


def _stretch(data: bytes, rng: Random, most: int = 200) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.randint(1, rng.choice((4, 30, most))))


def _put(data: bytes, rng: Random, piece: bytes) -> bytes:
    """Put a piece in, or over what stands there."""
    at = rng.randrange(len(data) + 1)
    return data[:at] + piece + data[at + (len(piece) if rng.random() < 0.3 else 0) :]


def _flip(data: bytes, rng: Random, _: Style, __: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _unused in range(rng.choice((1, 1, 2, 8)) if data else 0):
        changed[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _overwrite(data: bytes, rng: Random, _: Style, __: Sequence[bytes]) -> bytes:
    start, end = _stretch(data, rng, 16)
    value = rng.choice((0, 0xFF, 0x7F, 0x80, 0x20, rng.randrange(256)))
    return data[:start] + bytes([value]) * (end - start) + data[end:]


def _insert(data: bytes, rng: Random, _: Style, __: Sequence[bytes]) -> bytes:
    return _put(data, rng, rng.randbytes(rng.choice((1, 2, 4, 16))))


def _token(data: bytes, rng: Random, style: Style, _: Sequence[bytes]) -> bytes:
    piece = rng.choice(style.tokens) if style.tokens else rng.choice(NUMBERS)
    return _put(data, rng, piece)


def _number(data: bytes, rng: Random, _: Style, __: Sequence[bytes]) -> bytes:
    found = _NUMBER.search(data, rng.randrange(len(data) + 1)) or _NUMBER.search(data)
    if not found:
        return _put(data, rng, rng.choice(NUMBERS))
    return data[: found.start()] + rng.choice(NUMBERS) + data[found.end() :]


def _word(data: bytes, rng: Random, style: Style, _: Sequence[bytes]) -> bytes:
    """Set an integer of 1 to 8 bytes, as lengths and offsets of binary forms are kept."""
    size = rng.choice((1, 2, 4, 4, 8))
    if len(data) < size:
        return data
    at = rng.randrange(len(data) - size + 1)
    value = rng.choice((0, 1, 2 ** (8 * size) - 1, 2 ** (8 * size - 1), rng.randrange(1000)))
    return data[:at] + (value % 2 ** (8 * size)).to_bytes(size, "little") + data[at + size :]


def _delete(data: bytes, rng: Random, _: Style, __: Sequence[bytes]) -> bytes:
    start, end = _stretch(data, rng)
    return data[:start] + data[end:]


def _double(data: bytes, rng: Random, _: Style, __: Sequence[bytes]) -> bytes:
    start, end = _stretch(data, rng)
    return data[:end] + data[start:end] + data[end:]


def _repeat(data: bytes, rng: Random, _: Style, __: Sequence[bytes]) -> bytes:
    start, end = _stretch(data, rng, 60)
    times = rng.choice((2, 3, 3, 20, 20, 100, 300, 3000))
    return data[:end] + (data[start:end] * times)[: MOST // 4] + data[end:]


def _swap(data: bytes, rng: Random, _: Style, __: Sequence[bytes]) -> bytes:
    a, b, c, d = sorted(rng.randrange(len(data) + 1) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _splice(data: bytes, rng: Random, _: Style, others: Sequence[bytes]) -> bytes:
    other = rng.choice(others)
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def _truncate(data: bytes, rng: Random, _: Style, __: Sequence[bytes]) -> bytes:
    cut = rng.randrange(len(data) + 1)
    return data[:cut] if rng.random() < 0.8 else data[cut:]


def _mark(data: bytes, rng: Random, _: Style, __: Sequence[bytes]) -> bytes:
    pieces = "".join(rng.choice(MARKS) for _ in range(rng.choice((1, 1, 2, 5))))
    text = data.decode("utf-8", "replace")
    at = rng.randrange(len(text) + 1)
    return (text[:at] + pieces + text[at:]).encode()


def _reencode(data: bytes, rng: Random, _: Style, __: Sequence[bytes]) -> bytes:
    """Write the text in another encoding, sometimes only its second half."""
    text = data.decode("utf-8", "replace")
    half = rng.choice((0, 0, len(text) // 2))
    return text[:half].encode() + text[half:].encode(rng.choice(_ENCODINGS), "replace")


def _nest(data: bytes, rng: Random, style: Style, _: Sequence[bytes]) -> bytes:
    """Open a pair of brackets or a token many times, and close it as often or not at all."""
    start, end = _stretch(data, rng)
    pair = rng.choice(_PAIRS)
    opened = rng.choice(style.tokens) if style.tokens and rng.random() < 0.5 else pair[0].encode()
    deep = rng.choice((2, 2, 8, 8, 60, 60, 300, 1200))
    closed = pair[1].encode() * deep if rng.random() < 0.5 else b""
    return data[:start] + opened * deep + data[start:end] + closed + data[end:]


_PLAIN: tuple[Change, ...] = (
    *(_flip, _overwrite, _insert, _token, _token, _number, _word, _delete),
    *(_double, _repeat, _swap, _splice, _truncate),
)
_WORDY: tuple[Change, ...] = (_mark, _mark, _mark, _reencode, _nest, _number)
