"""How many rows an input will have, as far as that can be told while it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")
SURE = 0.05
"""Share of a folder's bytes that must be read before they are a measure of the rest."""


@dataclass(slots=True)
class Outlook:
    """`whole` is what a single file says; of a folder, bytes and rows of the files read so far."""

    whole: int | None = None
    size: int = 0
    passed: int = 0
    rows: int = 0

    def expected(self) -> int | None:
        """Return how many rows will come, about; None while that is not known."""
        if self.whole is not None or not self.size or self.passed < SURE * self.size:
            return self.whole
        return round(self.rows * self.size / self.passed)

    def file(self, size: int, items: Iterable[Item]) -> Iterator[Item]:
        """Pass the rows of one file of a folder on."""
        count = 0
        for item in items:
            count += 1
            yield item
        self.passed += size
        self.rows += count
