"""Which ids came before, in eight bytes each once there are many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK = 50_000
"""Ids kept as they are; 5 MB. So many at once become a run of sorted hashes."""
RUNS = 16
SHOWN = 5


@dataclass(slots=True)
class Seen:
    """Counts ids that repeat: `shown` are the first few of them.

    Of ids beyond the last BLOCK only 64-bit hashes are kept: among 10 million, two different
    ones agree by chance in one of 400,000 inputs, and then a remark counts one too many.
    """

    shown: list[str] = field(default_factory=list)
    block: dict[str, None] = field(default_factory=dict)
    _again: set[int] = field(default_factory=set)
    _runs: list[NDArray[np.int64]] = field(default_factory=list)

    def __len__(self) -> int:
        """Return how many different ids came more than once."""
        self._compare()
        return len(self._again)

    def add(self, id: str) -> None:
        if id in self.block:
            self._repeat(id)
            return
        self.block[id] = None
        if len(self.block) >= BLOCK:
            self._compare()
            self._store()

    def update(self, ids: Iterable[str]) -> None:
        for id in ids:
            self.add(id)

    def _repeat(self, id: str) -> None:
        key = hash(id)
        if key not in self._again:
            self._again.add(key)
            if len(self.shown) < SHOWN:
                self.shown.append(id)

    def _compare(self) -> None:
        """Find the block's ids in the runs; what was found is counted once however often."""
        if not self._runs:
            return
        import numpy as np

        hashes = self._hashes()
        known = np.zeros(len(hashes), bool)
        for run in self._runs:
            at = np.searchsorted(run, hashes)
            known |= run[np.minimum(at, len(run) - 1)] == hashes
        for id, found in zip(self.block, known.tolist(), strict=True):
            if found:
                self._repeat(id)

    def _store(self) -> None:
        import numpy as np

        self._runs.append(np.sort(self._hashes()))
        self.block = {}
        if len(self._runs) > RUNS:
            self._runs = [np.sort(np.concatenate(self._runs))]

    def _hashes(self) -> NDArray[np.int64]:
        import numpy as np

        return np.fromiter(map(hash, self.block), np.int64, len(self.block))
