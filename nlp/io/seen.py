"""Which ids came before, in eight bytes each once there are many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.int64]
    Found = NDArray[np.bool_]

BLOCK = 50_000
"""Ids kept as they are; 5 MB. So many at once become a run of sorted hashes."""
SHOWN = 5


@dataclass(slots=True)
class Runs:
    """Hashes in sorted arrays, each more than twice as long as the next: so there are few."""

    arrays: list[Hashes] = field(default_factory=list)

    def hold(self, hashes: Hashes) -> Found:
        """Tell which of the hashes, which must be sorted, are there."""
        import numpy as np

        found = np.zeros(len(hashes), bool)
        for array in self.arrays:
            at = np.searchsorted(array, hashes)
            found |= array[np.minimum(at, len(array) - 1)] == hashes
        return found

    def add(self, hashes: Hashes) -> None:
        """Take more, which must be sorted."""
        import numpy as np

        if len(hashes):
            self.arrays.append(hashes)
        while len(self.arrays) > 1 and len(self.arrays[-2]) <= 2 * len(self.arrays[-1]):
            last = self.arrays.pop()
            self.arrays[-1] = np.sort(np.concatenate([self.arrays[-1], last]), kind="stable")


@dataclass(slots=True)
class Seen:
    """Counts ids that repeat.

    Of ids beyond the last BLOCK only 64-bit hashes are kept: among 10 million, two different
    ones agree by chance in one of 400,000 inputs, and then a remark counts one too many.
    """

    _block: dict[str, None] = field(default_factory=dict)
    _twice: dict[str, None] = field(default_factory=dict)
    _runs: Runs = field(default_factory=Runs)
    _again: Runs = field(default_factory=Runs)
    _count: int = 0
    _shown: list[str] = field(default_factory=list)

    def add(self, id: str) -> None:
        if id in self._block:
            self._twice[id] = None
            return
        self._block[id] = None
        if len(self._block) >= BLOCK:
            self._settle()

    def update(self, ids: Iterable[str]) -> None:
        for id in ids:
            self.add(id)

    def __len__(self) -> int:
        """Return how many different ids came more than once."""
        if self._runs.arrays:
            self._settle()
        return self._count + len(self._twice)

    def shown(self) -> list[str]:
        """Return the first few of them."""
        if self._runs.arrays:
            self._settle()
        return [*self._shown, *self._twice][:SHOWN]

    def _settle(self) -> None:
        """Turn the block into a run, and count what repeats in it or repeats earlier ids."""
        import numpy as np

        hashes = np.fromiter(map(hash, self._block), np.int64, len(self._block))
        order = np.argsort(hashes)
        hashes, ids = hashes[order], list(self._block)
        repeated = self._runs.hold(hashes)
        if self._twice:
            twice = np.fromiter(map(hash, self._twice), np.int64, len(self._twice))
            repeated |= np.isin(hashes, twice)
        repeated &= ~self._again.hold(hashes)
        self._count += int(repeated.sum())
        if len(self._shown) < SHOWN:
            new = np.sort(order[repeated])[:SHOWN].tolist()
            self._shown = [*self._shown, *(ids[at] for at in new)][:SHOWN]
        self._again.add(hashes[repeated])
        self._runs.add(hashes)
        self._block, self._twice = {}, {}
