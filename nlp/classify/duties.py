"""Duties as evidence: which functions a text speaks of, and in which words.

Every duty has a name a clerk knows and the words proposers write for it. All words of all
functions are found in one pass (Aho-Corasick, by the `ahocorasick_rs` library).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from nlp.classify.features import Text
    from nlp.taxonomy import Function

BODY_WEIGHT = 0.35
"""A duty word in the body alone: bodies mention much that the proposal is not about."""


@dataclass(frozen=True, slots=True)
class DutyHit:
    """A duty's word found in a text; `start` and `end` are offsets into that text."""

    function: int
    duty: str
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DutyScan:
    """What was found in a chunk: `scores` is (texts, functions), `hits` a tuple a text."""

    scores: npt.NDArray[np.float64]
    hits: tuple[tuple[DutyHit, ...], ...]


class DutyIndex:
    """Finds duty words and scores functions by them."""

    def __init__(self, functions: Sequence[Function]) -> None:
        from ahocorasick_rs import AhoCorasick

        self.size = len(functions)
        owners: dict[str, list[tuple[int, str]]] = {}
        for number, function in enumerate(functions):
            for duty in function.duties:
                for word in dict.fromkeys((duty.name, *duty.words)):
                    owners.setdefault(word.lower(), []).append((number, duty.name))
        self.words = tuple(owners)
        self.owners = tuple(tuple(o) for o in owners.values())
        self._finder = AhoCorasick(list(self.words))

    def find(self, text: str) -> list[DutyHit]:
        """Return every hit that no longer word of any function covers, left to right."""
        folded = text.lower().encode(errors="replace").decode()  # the finder takes no surrogates
        if not text:
            return []
        found = self._finder.find_matches_as_indexes(folded, overlapping=True)
        found.sort(key=lambda m: (m[1], -m[2]))
        hits: list[DutyHit] = []
        reach = -1
        for pattern, start, end in found:
            if end <= reach:
                continue
            reach = end
            for function, duty in self.owners[pattern]:
                hits.append(DutyHit(function, duty, self.words[pattern], start, end))
        return hits

    def scan(self, texts: Sequence[Text]) -> DutyScan:
        """Return the hits of each text, title first, and its scores.

        A word counts once a text, more if it is long, less if only the body has it; the sum
        is damped, for long texts touch many duties.
        """
        scores = np.zeros((len(texts), self.size))
        hits: list[tuple[DutyHit, ...]] = []
        for row, text in enumerate(texts):
            title, body = self.find(text.title), self.find(text.body)
            hits.append((*title, *body))
            weights = {(h.function, h.word): BODY_WEIGHT for h in body}
            weights |= {(h.function, h.word): 1.0 for h in title}
            for (function, word), weight in weights.items():
                scores[row, function] += weight * word_weight(word)
        return DutyScan(np.log1p(scores), tuple(hits))


def word_weight(word: str) -> float:
    """Return what a word counts: long ones are rarely there by chance."""
    return (min(len(word), 6) - 1) / 3


def strongest(hits: Sequence[DutyHit], function: int) -> DutyHit | None:
    """Return the longest hit of one function, the first among equals."""
    own = [h for h in hits if h.function == function]
    return max(own, key=lambda h: (len(h.word), -h.start)) if own else None
