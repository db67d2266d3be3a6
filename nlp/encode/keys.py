"""N-grams as 64-bit keys, and a table that finds the columns of many keys at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
BITS = 16
MAX_ORDER = 64 // BITS
SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""2^64 divided by the golden ratio."""


def code_table(charset: str) -> npt.NDArray[np.uint16]:
    """Return a table from code point to character number; 0 means unknown.

    Letters in either case and all digits share a number: figures name no subject, and a
    table look-up costs nothing where folding every text would.
    """
    table = np.zeros(0x110000, np.uint16)
    table[[ord(c) for c in charset]] = np.arange(1, len(charset) + 1)
    table[ord("A") : ord("Z") + 1] = table[ord("a") : ord("z") + 1]
    table[ord("0") : ord("9") + 1] = table[ord("0")]
    return table


def to_codes(texts: Sequence[str], table: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint64]:
    """Return character numbers of all texts in a row, a 0 after each text."""
    joined = "".join(t + "\0" for t in texts).encode("utf-32-le", "surrogatepass")
    codes: npt.NDArray[np.uint64] = table[np.frombuffer(joined, "<u4")].astype(np.uint64)
    return codes


def windows(
    codes: npt.NDArray[np.uint64], orders: range
) -> Iterator[tuple[npt.NDArray[np.int64], Keys]]:
    """Yield, for each order, where its n-grams start and their keys; unknowns break them."""
    keys = np.zeros(len(codes), np.uint64)
    alive = np.ones(len(codes), bool)
    for order in range(1, orders[-1] + 1):
        shifted = np.zeros(len(codes), np.uint64)
        shifted[: max(0, len(codes) - order + 1)] = codes[order - 1 :]
        alive = alive & (shifted > 0)
        keys = (keys << np.uint64(BITS)) | shifted
        if order in orders:
            yield np.flatnonzero(alive), keys[alive]


class KeyTable:
    """Finds the column of a key: a hash table of plain arrays, asked for many keys at once.

    Keys lie in the slot that their hash names; ones whose slot is taken lie in a short sorted
    list, which is asked only for keys that were not found. That is six times as fast as a
    binary search among all keys.
    """

    def __init__(self, keys: Keys) -> None:
        bits = max(8, int(np.ceil(np.log2(max(1, len(keys))))) + 2)
        self._shift = np.uint64(64 - bits)
        slots = self._slots(keys)
        order = np.arange(len(keys))[::-1]  # the last write to a slot stays: the first key
        self._column = np.full(2**bits, -1, np.int32)
        self._column[slots[order]] = order
        self._key = np.zeros(2**bits, np.uint64)
        self._key[slots[order]] = keys[order]
        late = np.flatnonzero(self._column[slots] != np.arange(len(keys)))
        self._late_keys, self._late_columns = keys[late], late.astype(np.int32)
        self._crowded = np.zeros(2**bits, bool)
        self._crowded[slots[late]] = True

    def find(self, codes: npt.NDArray[np.uint64], orders: range) -> npt.NDArray[np.int32]:
        """Return the column of the n-gram of each order at each place, -1 for none."""
        found = np.full((len(codes), len(orders)), -1, np.int32)
        for place, (start, keys) in enumerate(windows(codes, orders)):
            found[start, place] = self._look_up(keys)
        return found

    def _look_up(self, keys: Keys) -> npt.NDArray[np.int32]:
        slots = self._slots(keys)
        columns = np.where(self._key[slots] == keys, self._column[slots], np.int32(-1))
        again = np.flatnonzero((columns < 0) & self._crowded[slots])
        if len(again):
            at = np.minimum(np.searchsorted(self._late_keys, keys[again]), len(self._late_keys) - 1)
            hit = self._late_keys[at] == keys[again]
            columns[again[hit]] = self._late_columns[at[hit]]
        return np.asarray(columns, np.int32)

    def _slots(self, keys: Keys) -> npt.NDArray[np.int64]:
        """Spread keys by multiplication (Knuth 1973, 6.4) and keep the highest bits."""
        return ((keys * SPREAD) >> self._shift).astype(np.int64)
