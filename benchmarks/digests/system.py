"""What a system is here: something that makes a digest of every reply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.shared.hashes import digest, folder_hash
from benchmarks.shared.packages import installed, lacking
from nlp.corpus.replies import ReplyRow

ROOT = Path(__file__).parents[2]
ROOMS = ("text", "summarize", "evaluate")
"""Rooms of `nlp/` whose code decides what is chosen, and how it is judged."""
Digesting = Callable[[Sequence[ReplyRow], int], Sequence[str]]
"""Replies and the limit of characters in; one digest a reply out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A system by its name: how to open it, and what the table says of it.

    `model` is a folder that its digests depend on. `written`: digests by hand, which are not
    compared with themselves, nor timed. Raise `version` when a change of code changes figures.
    """

    name: str
    about: str
    open: Callable[[], Digesting]
    packages: tuple[str, ...] = ()
    model: Path | None = None
    written: bool = False
    version: int = 1

    def hindrance(self) -> str:
        """Say what is missing, "" if nothing is."""
        return lacking(self.packages)

    def fingerprint(self) -> str:
        """Return a hash of what its digests and their figures depend on, beside the rows."""
        code = [folder_hash(ROOT / "nlp" / room, "*.py") for room in ROOMS]
        model = folder_hash(self.model) if self.model else ""
        versions = {name: installed(name) for name in self.packages}
        return digest([self.name, self.about, self.version, versions, model, code])
