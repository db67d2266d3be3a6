"""Character n-grams with TF-IDF weights, counted with array arithmetic.

Why not scikit-learn's vectoriser: it builds every n-gram as a Python string (about 2,500
texts of 300 characters a second) and costs 0.7 s to import. Here a character is a small
number and an n-gram of up to four of them is one 64-bit key, so a whole batch is counted
by vectorised sorting; no two n-grams share a key, which keeps features explainable.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase, digits
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from nlp.errors import InputError, ModelError, UsageError

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Keys = npt.NDArray[np.uint64]
BITS = 16
MAX_ORDER = 64 // BITS
CHUNK_CHARACTERS = 1_000_000
"""Texts are counted in chunks of about this size, so memory stays flat."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Distinct (text, n-gram) pairs of a batch, sorted by text, then column."""

    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    counts: npt.NDArray[np.float32]


class NgramEncoder:
    """TF-IDF over a fixed vocabulary: sublinear counts times idf, rows of unit length."""

    def __init__(self, spec: str, charset: str, keys: Keys, idf: npt.NDArray[np.float32]) -> None:
        self.spec = spec
        self.orders = parse_orders(spec)
        self.charset = charset
        self.keys = keys
        self.idf = idf
        self._codes = code_table(charset)
        self._features: dict[int, str] = {}

    def encode(self, texts: Sequence[str]) -> csr_array:
        from scipy.sparse import csr_array

        batches = list(chunks(texts))
        parts = [self._count(batch) for batch in batches]
        rows = np.concatenate([p.rows for p in parts]) if parts else np.zeros(0, np.int64)
        columns = np.concatenate([p.columns for p in parts]) if parts else rows
        counts = np.concatenate([p.counts for p in parts]) if parts else rows.astype(np.float32)
        first = np.cumsum([0, *map(len, batches)])[:-1]
        rows = rows + np.repeat(first, [len(p.rows) for p in parts])
        values = (1.0 + np.log(counts)) * self.idf[columns]
        norms = np.sqrt(np.bincount(rows, values * values, minlength=len(texts)))
        values = values / norms[rows]
        starts = np.searchsorted(rows, np.arange(len(texts) + 1)).astype(np.int32)
        # scikit-learn takes 32-bit indices only, and they halve the memory
        content = (values.astype(np.float32), columns.astype(np.int32), starts)
        return csr_array(content, shape=(len(texts), len(self.keys)))

    def feature(self, column: int) -> str:
        known = self._features.get(column)  # the same few columns explain most texts
        if known is None:
            known = self._features[column] = self._spell(int(self.keys[column]))
        return known

    def _spell(self, key: int) -> str:
        letters = []
        while key:
            letters.append(self.charset[(key & (2**BITS - 1)) - 1])
            key >>= BITS
        return "".join(reversed(letters))

    def write(self, folder: Path) -> None:
        from safetensors.numpy import save_file

        arrays: dict[str, npt.NDArray[Any]] = {"keys": self.keys, "idf": self.idf}
        save_file(arrays, folder / "ngrams.safetensors")
        charset = json.dumps({"charset": self.charset}, ensure_ascii=False)
        (folder / "charset.json").write_text(charset + "\n", encoding="utf-8")

    def _count(self, texts: list[str]) -> Counts:
        codes = to_codes(texts, self._codes)
        rows = np.repeat(np.arange(len(texts)), [len(t) + 1 for t in texts])
        pairs = []
        for start, keys in windows(codes, self.orders):
            found = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            hit = self.keys[found] == keys
            pairs.append(rows[start[hit]] * len(self.keys) + found[hit])
        unique, counts = np.unique(np.concatenate(pairs), return_counts=True)
        row, column = np.divmod(unique, len(self.keys))
        return Counts(row, column, counts.astype(np.float32))


def parse_orders(spec: str) -> range:
    """Return the n-gram lengths of `ngrams:LOW-HIGH` (default 1-3)."""
    options = spec.partition(":")[2] or "1-3"
    low, _, high = options.partition("-")
    if not (low.isdecimal() and (high or low).isdecimal()):
        raise UsageError(f"编码器“{spec}”的长度范围看不懂。", "应为 ngrams:1-3 这样的写法。")
    orders = range(int(low), int(high or low) + 1)
    if not orders or orders[0] < 1 or orders[-1] > MAX_ORDER:
        raise UsageError(f"编码器“{spec}”的长度应在 1 到 {MAX_ORDER} 之间。", "例如 ngrams:1-3。")
    return orders


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


def chunks(texts: Sequence[str]) -> Iterator[list[str]]:
    """Yield runs of texts of about CHUNK_CHARACTERS together."""
    part: list[str] = []
    size = 0
    for text in texts:
        part.append(text)
        size += len(text)
        if size >= CHUNK_CHARACTERS:
            yield part
            part, size = [], 0
    if part:
        yield part


def fit(
    spec: str, texts: Sequence[str], *, min_texts: int = 2, limit: int = 70_000
) -> NgramEncoder:
    """Learn a vocabulary: n-grams that occur in at least `min_texts` texts, commonest first."""
    orders = parse_orders(spec)
    letters = {c for t in texts for c in t if is_word(c)}
    charset = "".join(sorted(letters - FOLDED | {"0"} | {c.lower() for c in letters & CAPITALS}))
    codes = to_codes(texts, code_table(charset))
    rows = np.repeat(np.arange(len(texts)), [len(t) + 1 for t in texts])
    found: list[Keys] = []
    for start, keys in windows(codes, orders):
        pairs = np.unique(np.stack([keys, rows[start].astype(np.uint64)]), axis=1)
        found.append(pairs[0])
    keys, counts = np.unique(np.concatenate(found), return_counts=True)
    keep = np.flatnonzero(counts >= min_texts)
    keep = keep[np.argsort(-counts[keep], kind="stable")[:limit]]
    keep.sort()
    if not len(keep):
        raise InputError("语料里没有重复出现的文字，学不到东西。", "请补充语料。")
    idf = np.log((1 + len(texts)) / (1 + counts[keep])) + 1.0
    return NgramEncoder(spec, charset, keys[keep], idf.astype(np.float32))


CAPITALS = frozenset(ascii_uppercase)
FOLDED = CAPITALS | frozenset(digits)
"""Characters that stand in the charset under another one."""


def is_word(character: str) -> bool:
    """Tell whether a character may stand in an n-gram: punctuation and spaces break them."""
    return character.isalnum() and ord(character) < 0x110000


def read(spec: str, folder: Path) -> NgramEncoder:
    """Read what `write` wrote. Raises ModelError where the parts don't fit together."""
    from safetensors.numpy import load_file

    arrays = load_file(folder / "ngrams.safetensors")
    charset = json.loads((folder / "charset.json").read_text(encoding="utf-8"))["charset"]
    keys, idf = arrays["keys"], arrays["idf"]
    if len(keys) != len(idf) or len(set(charset)) != len(charset) or np.any(keys[1:] <= keys[:-1]):
        raise ModelError(f"{folder} 里的词表与权重对不上。", "请重新训练或重新复制该模型。")
    return NgramEncoder(spec, charset, keys, idf)
