"""Targets that are at fault on purpose: what the watch is tested with."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping


def _raises(data: bytes) -> None:
    if data == b"3":
        raise ValueError(f"no {data!r}")


def _spins(data: bytes) -> None:
    """Take more than the limit, and an end."""
    until = time.process_time() + 1.2
    while data == b"3" and time.process_time() < until:
        pass


def _hangs(data: bytes) -> None:
    while data == b"3":
        pass


def _dies(data: bytes) -> None:
    if data == b"3":
        os.abort()


def _swells(data: bytes) -> None:
    if data == b"3":
        bytes(2**40)


CHECKS: Mapping[str, Callable[[bytes], None]] = {
    "raises": _raises,
    "spins": _spins,
    "hangs": _hangs,
    "dies": _dies,
    "swells": _swells,
}
SEEDS = tuple(str(number).encode() for number in range(6))
