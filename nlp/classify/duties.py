"""Duties as evidence: which functions a text speaks of, and in which words.

Every duty has a name a clerk knows and the words proposers write for it. All words of all
functions are found in one pass (Aho-Corasick, by the `ahocorasick_rs` library).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from nlp.classify.features import Text
    from nlp.taxonomy import Function

Ints = npt.NDArray[np.int64]
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
class Found:
    """Words found in texts laid end to end: `part` is 2·row for a title, 2·row+1 for a body."""

    part: Ints
    word: Ints
    start: Ints
    end: Ints

    def run(self, first: int, last: int) -> Found:
        own = slice(first, last)
        return Found(self.part[own], self.word[own], self.start[own], self.end[own])

    def where(self, kept: npt.NDArray[Any]) -> Found:
        return Found(self.part[kept], self.word[kept], self.start[kept], self.end[kept])


@dataclass(frozen=True, slots=True)
class DutyScan:
    """What was found in a chunk: `scores` is (texts, functions); hits are spelt out on demand."""

    scores: npt.NDArray[np.float64]
    found: Found
    index: DutyIndex

    def hits(self, row: int) -> tuple[DutyHit, ...]:
        """Return the hits of one text, title first."""
        return tuple(self.index.spelt(self._of(row)))

    def hits_of(self, row: int, functions: Sequence[int]) -> list[DutyHit]:
        """Return the hits of one text that are duties of some functions; the rest cost nothing."""
        return self.index.spelt_of(self._of(row), functions)

    def _of(self, row: int) -> Found:
        first, last = np.searchsorted(self.found.part, [2 * row, 2 * row + 2])
        return self.found.run(first, last)


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
        held = [sorted({function for function, _ in each}) for each in self.owners]
        self._held_count = np.array([len(each) for each in held], np.int64)
        self._held_first = np.cumsum(self._held_count) - self._held_count
        self._held = np.array([function for each in held for function in each], np.int64)
        self._weight = np.array([word_weight(word) for word in self.words])
        self._finder = AhoCorasick(list(self.words))

    def find(self, text: str) -> list[DutyHit]:
        """Return every hit that no longer word of any function covers, left to right."""
        return self.spelt(self._found([text]))

    def scan(self, texts: Sequence[Text]) -> DutyScan:
        """Find the words of a chunk of texts, and score its functions.

        A word counts once a text, more if it is long, less if only the body has it; the sum
        is damped, for long texts touch many duties.
        """
        found = self._found([part for text in texts for part in (text.title, text.body)])
        row, size = found.part // 2, len(self.words)
        titled = np.unique((row * size + found.word)[found.part % 2 == 0])
        pairs = np.unique(row * size + found.word)
        weights = np.where(np.isin(pairs, titled), 1.0, BODY_WEIGHT)
        row, word = np.divmod(pairs, max(1, size))
        scores = np.zeros((len(texts), self.size))
        counts = self._held_count[word]
        # a word's functions stand side by side: from its first one on, as many as it has
        place = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        held = self._held[np.repeat(self._held_first[word], counts) + place]
        np.add.at(
            scores, (np.repeat(row, counts), held), np.repeat(weights * self._weight[word], counts)
        )
        return DutyScan(np.log1p(scores), found, self)

    def spelt(self, found: Found) -> list[DutyHit]:
        """Return hits as values, one for every duty that has the word."""
        return self.spelt_of(found, range(self.size))

    def spelt_of(self, found: Found, functions: Sequence[int]) -> list[DutyHit]:
        """Return the same for some functions only."""
        rows = zip(found.word.tolist(), found.start.tolist(), found.end.tolist(), strict=True)
        return [
            DutyHit(function, duty, self.words[word], start, end)
            for word, start, end in rows
            for function, duty in self.owners[word]
            if function in functions
        ]

    def _found(self, parts: Sequence[str]) -> Found:
        """Search all texts in one go: calling the finder costs more than its search."""
        folded = _folded(parts)
        # no word goes on over a zero
        text = "\0".join(folded)
        try:
            hits = self._finder.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:  # it takes no surrogates
            text = text.encode(errors="replace").decode()
            hits = self._finder.find_matches_as_indexes(text, overlapping=True)
        table = np.array(hits, np.int64).reshape(-1, 3)
        word, start, end = table[np.lexsort((-table[:, 2], table[:, 1]))].T
        covered = end[1:] <= np.maximum.accumulate(end)[:-1]
        kept = np.concatenate([[True], ~covered])[: len(end)]
        begins = np.cumsum([0, *(len(part) + 1 for part in folded)])
        part = np.searchsorted(begins, start, side="right") - 1
        return Found(part, word, start - begins[part], end - begins[part]).where(kept)


def _folded(parts: Sequence[str]) -> Sequence[str]:
    """Return texts in lower case; ones that have none of it, as most, are not copied."""
    return parts if (joined := "".join(parts)) == joined.lower() else [p.lower() for p in parts]


def word_weight(word: str) -> float:
    """Return what a word counts: long ones are rarely there by chance."""
    return (min(len(word), 6) - 1) / 3


def strongest(hits: Sequence[DutyHit], function: int) -> DutyHit | None:
    """Return the longest hit of one function, the first among equals."""
    own = [h for h in hits if h.function == function]
    return max(own, key=lambda h: (len(h.word), -h.start)) if own else None
