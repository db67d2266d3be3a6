"""Whether a printed share follows from a count: rounded, truncated, or forced to total 100.

Exact arithmetic in units of the last printed place, so that no float error decides.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

_HALF = Fraction(1, 2)
_DECIMALS = re.compile(r"[.．·点]([\d〇○零一二三四五六七八九]+)")
_MOST = 4


@dataclass(frozen=True, slots=True)
class Share:
    """A count and its printed share in percent; `decimals` as printed, `rough` if 约."""

    count: int
    value: float
    decimals: int
    rough: bool = False

    def units(self, decimals: int) -> int:
        """Return the printed value in units of a last place."""
        scale: int = 10**decimals
        return round(Fraction(str(self.value)) * scale)

    def exact(self, base: int, decimals: int) -> Fraction:
        return Fraction(self.count * 100 * 10**decimals, base)


def printed_decimals(written: str) -> int:
    """Count the decimals of a share as printed: 67.6% has one, 百分之三十 none."""
    found = _DECIMALS.search(written)
    return min(_MOST, len(found[1])) if found else 0


def follows(share: Share, base: int) -> bool:
    """Tell whether a share is its count's part of a base, rounded or truncated as printed."""
    exact, printed = share.exact(base, share.decimals), share.units(share.decimals)
    if share.rough:
        return abs(share.value - 100 * share.count / base) <= 1.5
    return abs(printed - exact) <= _HALF or printed == math.floor(exact)


def forced(shares: Sequence[Share], base: int) -> bool:
    """Tell whether shares that total 100 were adjusted by one unit of the last place to do so.

    Each is its exact value rounded down or up (largest remainder), or they are the rounded
    values with no more units moved than their total was off.
    """
    decimals = max(share.decimals for share in shares)
    whole = 100 * 10**decimals
    if len(shares) < 2 or sum(share.units(decimals) for share in shares) != whole:
        return False
    exact = [share.exact(base, decimals) for share in shares]
    printed = [share.units(decimals) for share in shares]
    if sum(share.count for share in shares) != base:
        return False
    if all(abs(p - x) < 1 for p, x in zip(printed, exact, strict=True)):
        return True
    rounded = [math.floor(x + _HALF) for x in exact]
    moved = [abs(p - r) for p, r in zip(printed, rounded, strict=True)]
    return max(moved) <= 1 and sum(moved) == abs(whole - sum(rounded))


def as_printed(count: int, base: int, decimals: int) -> str:
    """Write a true share, rounded, with at least one decimal."""
    places = max(1, decimals)
    units = math.floor(Fraction(count * 100 * 10**places, base) + _HALF)
    whole, rest = divmod(units, 10**places)
    return f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".") + "%"
