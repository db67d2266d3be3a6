"""What rows cost: a fixed time and a time a row, fitted to measured runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

POOLED = 10_000
"""From so many rows on all cores work; smaller inputs stay in one process."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of a run of any size; `off` is the largest error at the fitted sizes, a share."""

    fixed: float
    per_row: float
    off: float
    sizes: int

    def seconds(self, rows: int) -> float:
        return self.fixed + self.per_row * rows


def fit(measured: Mapping[int, float]) -> Cost | None:
    """Fit seconds by number of rows, least squares of relative errors.

    Sizes below POOLED are left out where two others are left. None for fewer than two sizes, and
    where noise is so large that rows seem to cost nothing.
    """
    pooled = {rows: seconds for rows, seconds in measured.items() if rows >= POOLED}
    used = pooled if len(pooled) > 1 else dict(measured)
    if len(used) < 2:
        return None
    rows, seconds = np.array(list(used), float), np.array(list(used.values()))
    terms = np.stack([np.ones_like(rows), rows], axis=1) / seconds[:, None]
    (fixed, per_row), *_ = np.linalg.lstsq(terms, np.ones_like(rows), rcond=None)
    if per_row <= 0:
        return None
    off = np.abs(terms @ [fixed, per_row] - 1).max()
    return Cost(float(fixed), float(per_row), float(off), len(used))


def beyond(largest: int, limit: int = 10_000_000) -> list[int]:
    """Return the sizes to extrapolate to: the powers of ten above the largest measured one."""
    sizes = (10**power for power in range(3, len(str(limit))))
    return [size for size in sizes if largest < size <= limit]
