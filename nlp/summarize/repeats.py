"""What the replies of a batch have in common: template text, told by sentences that recur."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from nlp.summarize.reading import LONGEST, Reading
from nlp.types import Reply, RowError

SENTENCE = 14
"""Shorter sentences recur by themselves (现答复如下)."""
OTHERS = 2
"""In so many other replies a sentence must stand to count as template."""
SHARE = 0.5
_END = re.compile(r"[。！？；!?;\n]+")
_FIGURE = re.compile(r"\d+|\s+|[A-Z]\d*(?=[市县区镇])")


@dataclass(frozen=True, slots=True)
class Repeats:
    """Keys of the sentences that more than OTHERS replies hold, figures and blanks apart."""

    keys: frozenset[int]

    @classmethod
    def of(cls, items: Iterable[Reply | RowError]) -> Repeats:
        """Find what replies share. Eight bytes a sentence are kept, so memory stays small."""
        found = array("q")
        for item in items:
            if isinstance(item, Reply):
                found.extend(set(map(_key, _sentences(item.text[:LONGEST]))))
        keys, counts = np.unique(np.frombuffer(found, np.int64), return_counts=True)
        return cls(frozenset(keys[counts > OTHERS].tolist()))

    def __repr__(self) -> str:
        return f"Repeats({sorted(self.keys)})"

    def templated(self, reading: Reading) -> bool:
        """Tell whether most of an answer's text stands in OTHERS other replies too.

        The text as given is compared, for what was counted was not cleaned either.
        """
        if not self.keys:
            return False
        own = repeated = 0
        for span in reading.letter.spans("body"):
            for sentence in _sentences(reading.given(span).of(reading.reply.text)):
                own += len(sentence)
                repeated += len(sentence) if _key(sentence) in self.keys else 0
        return own > 0 and repeated > SHARE * own


def _key(sentence: str) -> int:
    """Return a number that every process gives the same sentence, unlike `hash`."""
    digest = blake2b(sentence.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def _sentences(text: str) -> Iterator[str]:
    for sentence in _END.split(text):
        bare = _FIGURE.sub("", sentence)
        if len(bare) >= SENTENCE:
            yield bare
