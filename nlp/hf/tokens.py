"""Texts as token numbers: prefix, special tokens, windows and padding.

A text beyond the window becomes several pieces, each with the prefix and the special tokens
around it: they are cut between tokens, so that together they hold every token of the text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from nlp.errors import ModelError
from nlp.hf.audit import TOKENIZER, audit_tokenizer
from nlp.hf.runtime import first_line, tokenizers_library, transformers_library
from nlp.hf.settings import Settings, decoded

Numbers = npt.NDArray[np.int64]
_FILES = (TOKENIZER, "tokenizer_config.json", "special_tokens_map.json")
_CHUNK = 1000
"""Texts that are tokenised at once: their tokens' offsets take more memory than their numbers."""

_LEAST_ROOM = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """What the network reads at once; `size` counts the text's own tokens in it."""

    ids: tuple[int, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Padded:
    """Pieces as a matrix: token numbers, and 1 where a token is no padding."""

    ids: Numbers
    mask: Numbers


@dataclass(frozen=True, slots=True)
class Tokens:
    """A tokenizer with an encoder's prefix and window; `pad` is the padding token's number."""

    tokenizer: Any
    pad: int
    prefix: str
    window: int

    def pieces(self, texts: Sequence[str]) -> list[list[Piece]]:
        """Return every text's pieces; none for a text without a token of its own."""
        found: list[list[Piece]] = []
        for start in range(0, len(texts), _CHUNK):
            wanted = [self.prefix + text if text.strip() else "" for text in _valid(texts, start)]
            for encoded in self.tokenizer.encode_batch(wanted):
                found.append(self._cut(encoded))
        return found

    def padded(self, pieces: Sequence[Piece]) -> Padded:
        return padded([piece.ids for piece in pieces], self.pad)

    def with_window(self, window: int) -> Tokens:
        """Return the same tokens in shorter pieces, as training with little memory wants."""
        return replace(self, window=min(window, self.window))

    def _cut(self, encoded: Any) -> list[Piece]:  # noqa: ANN401
        """Cut what follows the prefix into runs of nearly equal size, as few as fit."""
        ids = encoded.ids
        own = [i for i, special in enumerate(encoded.special_tokens_mask) if not special]
        first = own[0] if own else len(ids)
        last = own[-1] + 1 if own else len(ids)
        ends = encoded.offsets
        body = next((i for i in range(first, last) if ends[i][1] > len(self.prefix)), last)
        head, tail = ids[:body], ids[last:]
        room = max(self.window - len(head) - len(tail), 1)
        count = math.ceil((last - body) / room)
        edges = [body + (last - body) * k // count for k in range(count + 1)] if count else []
        return [Piece((*head, *ids[a:b], *tail), b - a) for a, b in pairwise(edges)]


def padded(rows: Sequence[Sequence[int]], pad: int) -> Padded:
    """Fill rows of token numbers up to the longest one."""
    longest = max(map(len, rows), default=0)
    ids = np.full((len(rows), longest), pad, np.int64)
    mask = np.zeros_like(ids)
    for row, numbers in enumerate(rows):
        ids[row, : len(numbers)] = numbers
        mask[row, : len(numbers)] = 1
    return Padded(ids, mask)


def open_tokens(folder: Path, spec: str, settings: Settings) -> Tokens:
    """Read a folder's tokenizer.

    Raises ModelError if there is none, it is damaged, has no padding token, or the window has
    no room beside the prefix.
    """
    audit_tokenizer(folder, spec)
    tokenizer = _opened(folder, spec)
    tokenizer.no_truncation()  # sentence-transformers write both into the file
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True  # a text that says </s> means its characters
    pad = _padding(folder, tokenizer)
    if pad is None:
        raise ModelError(
            f"“{spec}”的分词器没有填充符（pad_token），几段文字没法一起算。",
            '请在 tokenizer_config.json 里写明 "pad_token"，或换一个编码器。',
        )
    around = len(tokenizer.encode(settings.prefix).ids)
    if settings.window - around < _LEAST_ROOM:
        raise ModelError(
            f"“{spec}”的窗口只有 {settings.window} 个词元，前缀就占了 {around} 个。",
            "请在 pooling.json 里改短 prefix 或改大 window。",
        )
    return Tokens(tokenizer, pad, settings.prefix, settings.window)


def write_tokenizer(source: Path, target: Path) -> None:
    """Copy a folder's tokenizer; one of an older form is written as tokenizer.json."""
    from shutil import copyfile

    if not (source / TOKENIZER).is_file():
        _automatic(source, str(source)).save_pretrained(target)
        return
    for name in _FILES:
        if (source / name).is_file():
            copyfile(source / name, target / name)


def _opened(folder: Path, spec: str) -> Any:  # noqa: ANN401
    """Return the tokenizer itself; tokenizer.json needs no transformers, which load slowly."""
    if not (folder / TOKENIZER).is_file():
        return _automatic(folder, spec).backend_tokenizer
    library = tokenizers_library(f"编码器“{spec}”")
    try:
        return library.Tokenizer.from_file(str(folder / TOKENIZER))
    except Exception as error:  # the library raises plain Exception
        found = first_line(error)
        raise ModelError(
            f"“{spec}”读不出来：{TOKENIZER} 不完整（{found}）。", "请重新下载或重新复制这个模型。"
        ) from error


def _automatic(folder: Path, spec: str) -> Any:  # noqa: ANN401
    transformers = transformers_library(f"编码器“{spec}”")
    local = {"local_files_only": True, "trust_remote_code": False}
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, **local)
    except Exception as error:  # a damaged folder fails in any of several libraries' ways
        found = first_line(error)
        raise ModelError(
            f"“{spec}”读不出来：分词器打不开（{found}）。", "请重新下载，或换一个编码器。"
        ) from error
    if not getattr(tokenizer, "is_fast", False):
        raise ModelError(
            f"“{spec}”的分词器（{type(tokenizer).__name__}）没有 tokenizer.json 这种形式。",
            "请换一个编码器，例如 --encoder e5。",
        )
    return tokenizer


def _padding(folder: Path, tokenizer: Any) -> int | None:  # noqa: ANN401
    """Return the number of the padding token that the folder names, or of a usual one."""
    named = []
    for name in _FILES[1:]:
        stated = decoded(folder, name).get("pad_token")
        token = stated.get("content") if isinstance(stated, dict) else stated
        named += [token] if isinstance(token, str) else []
    numbers = (tokenizer.token_to_id(token) for token in (*named, "[PAD]", "<pad>"))
    return next((number for number in numbers if number is not None), None)


def _valid(texts: Sequence[str], start: int) -> list[str]:
    """Return a chunk without lone surrogates, which the tokenizer refuses."""
    chunk = texts[start : start + _CHUNK]
    return [text.encode("utf-8", "replace").decode("utf-8") for text in chunk]
