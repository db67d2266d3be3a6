"""A reply, read once: what every later step needs of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.summarize.features import describe
from nlp.summarize.letter.clauses import Clause, clauses
from nlp.summarize.letter.reply import Letter, parse_reply
from nlp.text.clean import Clean, clean
from nlp.text.figures import Figure, figures
from nlp.text.spans import Span
from nlp.types import Reply

LONGEST = 20_000
"""Characters of a reply that are read; what lies behind is said to be left out."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A reply cleaned, taken apart, cut into clauses: `words` are their texts, `rows` describe
    one clause each.

    Spans of `letter`, `clauses` and `figures` are offsets into `clean.text`.
    """

    reply: Reply
    clean: Clean
    letter: Letter
    clauses: Sequence[Clause]
    words: Sequence[str]
    figures: Sequence[Figure]
    rows: npt.NDArray[np.float32]

    @property
    def text(self) -> str:
        return self.clean.text

    def clause_at(self, position: int) -> int | None:
        """Return which clause holds a place in the clean text, None between and around them."""
        at = bisect_right(self.clauses, position, key=lambda clause: clause.span.start) - 1
        return at if at >= 0 and position < self.clauses[at].span.end else None

    def given(self, span: Span) -> Span:
        """Return where a stretch of the clean text stood in the reply as given."""
        return Span(*self.clean.span(span.start, span.end))

    def verbatim(self, span: Span) -> str:
        """Return a stretch in the reply's own characters, without what cleaning dropped.

        Cleaning also makes characters uniform (full-width digits, commas); a digest quotes.
        """
        if self.clean.offsets is None:
            return span.of(self.reply.text)
        offsets, ends, written = self.clean.offsets, self.clean.ends, self.reply.text
        return "".join(
            written[offsets[at]]
            if ends is None or ends[at] == offsets[at] + 1
            else self.clean.text[at]
            for at in range(span.start, span.end)
        )


def owners(readings: Sequence[Reading]) -> npt.NDArray[np.int64]:
    """Return for each clause of all readings which reading it belongs to."""
    return np.repeat(np.arange(len(readings)), [len(reading.clauses) for reading in readings])


def cut(
    values: npt.NDArray[np.float32], readings: Sequence[Reading]
) -> list[npt.NDArray[np.float32]]:
    """Cut what holds for the clauses of all readings into one array a reading."""
    ends = np.cumsum([len(reading.clauses) for reading in readings])
    return np.split(values, ends[:-1])


def all_words(readings: Sequence[Reading]) -> list[str]:
    """Return the text of every clause, one reading after another."""
    return [words for reading in readings for words in reading.words]


def read_reply(reply: Reply) -> Reading:
    """Read the first LONGEST characters of a reply."""
    cleaned = clean(reply.text[:LONGEST])
    letter = parse_reply(cleaned.text)
    found = figures(cleaned.text)
    pieces = clauses(letter)
    words = [clause.span.of(cleaned.text) for clause in pieces]
    rows = describe(letter, pieces, reply.title, found)
    return Reading(reply, cleaned, letter, pieces, words, found, rows)
