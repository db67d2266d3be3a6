"""Character n-grams with TF-IDF weights, counted with array arithmetic.

Why not scikit-learn's vectoriser: it builds every n-gram as a Python string (about 2,500
texts of 300 characters a second) and costs 0.7 s to import. Here a character is a small
number and an n-gram of up to four of them is one 64-bit key, so a whole batch is looked up
at once; no two n-grams share a key, which keeps features explainable.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import ascii_uppercase, digits
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from nlp.encode.keys import BITS, MAX_ORDER, Keys, KeyTable, code_table, to_codes, windows
from nlp.errors import InputError, ModelError, UsageError
from nlp.hf.locate import OFFLINE, Sources

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Ints = npt.NDArray[np.integer]
CHUNK_CHARACTERS = 1_000_000
"""Texts are counted in chunks of about this size, so memory stays flat."""


class NgramEncoder:
    """TF-IDF over a fixed vocabulary: sublinear counts times idf, rows of unit length."""

    def __init__(self, spec: str, charset: str, keys: Keys, idf: npt.NDArray[np.float32]) -> None:
        self.spec = spec
        self.orders = parse_orders(spec)
        self.charset = charset
        self.keys = keys
        self.idf = idf
        self._codes = code_table(charset)
        self._table = KeyTable(keys)
        self._features: dict[int, str] = {}

    @property
    def columns(self) -> int:
        return len(self.keys)

    def encode(self, texts: Sequence[str]) -> csr_array:
        from scipy.sparse import csr_array, vstack

        parts = [self._counted(batch) for batch in chunks(texts)]
        if not parts:
            return self._counted([])
        if len(parts) == 1:
            return parts[0]
        return csr_array(vstack(parts, format="csr", dtype=np.float32))

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

    def _counted(self, texts: list[str]) -> csr_array:
        """Count and weigh the n-grams of a chunk of texts."""
        from scipy.sparse import csr_array

        found = self._table.find(to_codes(texts, self._codes), self.orders)
        width = self.columns.bit_length()
        numbers = _narrowed(np.arange(len(texts)) << width)
        owners = np.repeat(numbers, [len(text) + 1 for text in texts])
        pairs = (owners[:, None] | found)[found >= 0]
        # sorting whole numbers is the fastest way to bring equal ones together
        pairs.sort()
        first = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]])[: len(pairs)])
        counts = np.diff(first, append=len(pairs))
        pairs = pairs[first]
        row, column = pairs >> width, pairs & ((1 << width) - 1)
        values = (1.0 + np.log(counts.astype(np.float32))) * self.idf[column]
        starts = np.searchsorted(row, np.arange(len(texts) + 1)).astype(np.int32)
        norms = np.sqrt(np.bincount(row, values * values, minlength=len(texts)))
        values = (values / norms[row]).astype(np.float32)
        # scikit-learn takes 32-bit indices only, and they halve the memory
        content = (values, column.astype(np.int32), starts)
        return csr_array(content, shape=(len(texts), self.columns))


def _narrowed(ascending: Ints) -> Ints:
    """Keep numbers in 32 bits if the step after the last fits too: they sort twice as fast."""
    step = int(ascending[1]) if len(ascending) > 1 else 0
    return ascending.astype(np.int32) if len(ascending) * step < 2**31 else ascending


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
    spec: str,
    texts: Sequence[str],
    sources: Sources = OFFLINE,
    *,
    min_texts: int = 2,
    limit: int = 70_000,
) -> NgramEncoder:
    """Learn a vocabulary: n-grams that occur in at least `min_texts` texts, commonest first.

    :param sources: of pretrained encoders; not looked at.
    """
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
