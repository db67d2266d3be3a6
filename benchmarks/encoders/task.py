"""What a task is: one question that every system is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.encoders.system import Entry
from benchmarks.encoders.workplace import Workplace
from benchmarks.shared.figure import Result


@dataclass(frozen=True, slots=True)
class Task:
    """A question: how it is put, which files it reads, of which `needed` is in the data folder.

    Raise `version` when a change of code changes figures.
    """

    name: str
    about: str
    measure: Callable[[Entry, Workplace], Result]
    files: Callable[[Workplace], tuple[Path, ...]]
    needed: str = ""
    version: int = 1

    def hindrance(self, place: Workplace) -> str:
        """Say what is missing, "" if nothing is."""
        if not self.needed or (place.data / self.needed).is_file():
            return ""
        return f"`{self.name}` skipped: the data folder has no `{self.needed}`"
