"""Word segmentation with a private jieba tokenizer; the only file that spells `jieba`."""

from __future__ import annotations

import importlib
import logging
import os
import re
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from nlp.errors import DataError
from nlp.text.userdict import Entry, read_userdict

_JIEBA_BLOCK = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+")
"""What jieba looks up as one piece; a word with any other character it always cuts."""
_ROUNDS = 4


class Segmenter:
    """Cuts Chinese text into words; the words, joined, are the text.

    Nothing is loaded before the first call. jieba's global tokenizer stays untouched, so
    two segmenters with different dictionaries live side by side.
    """

    def __init__(self, userdict: Path | None = None) -> None:
        self._userdict = userdict
        self._lock = threading.Lock()
        self._tokenizer: Any = None
        self._verbatim: re.Pattern[str] | None = None

    def __reduce__(self) -> tuple[type[Segmenter], tuple[Path | None]]:
        """Travel to another process as the recipe; the other side loads its own."""
        return Segmenter, (self._userdict,)

    def words(self, text: str) -> list[str]:
        """Cut one text.

        :raises InputError: on the first call, if the user dictionary cannot be read.
        :raises DataError: on the first call, naming every bad line of the dictionary and
            every word that does not come out as one piece.
        """
        self._load()
        if self._verbatim is None:
            return self._cut(text)
        words: list[str] = []
        for i, piece in enumerate(self._verbatim.split(text)):
            if piece:
                words += [piece] if i % 2 else self._cut(piece)
        return words

    def _cut(self, text: str) -> list[str]:
        cut: list[str] = self._tokenizer.lcut(text)
        return cut

    def _load(self) -> None:
        with self._lock:
            if self._tokenizer is not None:
                return
            entries = read_userdict(self._userdict) if self._userdict else ()
            tokenizer = _new_tokenizer()
            plain = [entry for entry in entries if _JIEBA_BLOCK.fullmatch(entry.word)]
            failed = _teach(tokenizer, plain)
            if failed:
                faults = [f"第{entry.line}行“{entry.word}”仍被切开" for entry in failed]
                raise DataError(
                    str(self._userdict), faults, "请删去这些词，或与其中的短词择一保留。"
                )
            self._verbatim = _alternation(
                entry.word for entry in entries if not _JIEBA_BLOCK.fullmatch(entry.word)
            )
            self._tokenizer = tokenizer


def dictionary() -> dict[str, int]:
    """Return the words of jieba's own dictionary with their frequencies."""
    return {word: count for word, count in _new_tokenizer().FREQ.items() if count}


def _new_tokenizer() -> Any:  # noqa: ANN401 - jieba is untyped
    """Import jieba quietly: it compiles bad escapes, and may pull in pkg_resources."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        jieba = importlib.import_module("jieba")
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(_cache_folder())
    tokenizer.initialize()
    return tokenizer


def _cache_folder() -> Path:
    """Return a folder of this user alone: jieba unmarshals what it finds in its cache.

    A shared temporary folder would let another user plant that file.
    """
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = base / "fenban" / "jieba"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="fenban-jieba-"))
    return folder


def _teach(tokenizer: Any, entries: Sequence[Entry]) -> list[Entry]:  # noqa: ANN401
    """Add the words and raise their frequencies until each is one piece by itself.

    Returns those that still are not. Several rounds, since a word that was raised may
    break one that was settled before.
    """
    for entry in entries:
        tokenizer.add_word(entry.word, entry.frequency, entry.tag)
    cut = list(entries)
    for power in range(_ROUNDS):
        cut = [entry for entry in entries if tokenizer.lcut(entry.word) != [entry.word]]
        for entry in cut:
            wanted = tokenizer.suggest_freq(entry.word) * 10**power
            tokenizer.add_word(entry.word, max(wanted, entry.frequency or 1), entry.tag)
        if not cut:
            break
    return [entry for entry in cut if tokenizer.lcut(entry.word) != [entry.word]]


def _alternation(words: Iterable[str]) -> re.Pattern[str] | None:
    """Match any of the words that jieba cannot hold, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(f"({'|'.join(map(re.escape, ordered))})") if ordered else None
