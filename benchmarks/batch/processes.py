"""What the processes of a run hold in memory, by Linux's own books (proc(5))."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
_KIB = 1024


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes in memory.

    `pss` counts a page that n processes share as an nth of a page in each of them, `rss` as a
    whole one in each.
    """

    pss: int = 0
    rss: int = 0

    def __add__(self, other: Held) -> Held:
        return Held(self.pss + other.pss, self.rss + other.rss)

    def most(self, other: Held) -> Held:
        return Held(max(self.pss, other.pss), max(self.rss, other.rss))


@dataclass(frozen=True, slots=True)
class Status:
    """A process's state letter and group."""

    state: str
    group: int


def parse_rollup(text: str) -> Held:
    """Read /proc/PID/smaps_rollup. Raises KeyError if it lacks a figure."""
    sizes: dict[str, int] = {}
    for line in text.splitlines():
        name, _, value = line.partition(":")
        if value.endswith("kB"):
            sizes[name] = int(value.removesuffix("kB")) * _KIB
    return Held(sizes["Pss"], sizes["Rss"])


def parse_stat(text: str) -> Status:
    """Read /proc/PID/stat; the name in it may hold brackets and spaces."""
    state, _, group = text.rpartition(")")[2].split()[:3]
    return Status(state, int(group))


def members(group: int, proc: Path = PROC) -> list[int]:
    """List the living processes of a group."""
    found: list[int] = []
    for folder in proc.iterdir():
        if not folder.name.isdecimal():
            continue
        with suppress(OSError):  # it may end while it is looked at
            status = parse_stat((folder / "stat").read_text(encoding="utf-8", errors="replace"))
            if status.group == group and status.state not in "ZX":
                found.append(int(folder.name))
    return sorted(found)


def held(group: int, proc: Path = PROC) -> Held:
    """Return what all processes of a group hold together."""
    total = Held()
    for process in members(group, proc):
        with suppress(OSError, KeyError):  # one that is ending has no maps any more
            file = proc / str(process) / "smaps_rollup"
            total += parse_rollup(file.read_text(encoding="utf-8"))
    return total
