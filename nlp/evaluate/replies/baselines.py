"""Summarisers that need no training, to hold a digester against.

All choose whole sentences of our own lossless splitter and fill the digest in the same way,
so that they differ in nothing but what they choose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from nlp.evaluate.replies.graphs import Floats, Words, lexrank, textrank
from nlp.evaluate.replies.rouge import squeeze
from nlp.summarize.letter.reply import parse_reply
from nlp.text.clean import clean_text
from nlp.text.segment import Segmenter
from nlp.text.split import clauses, sentences

_WORD = re.compile(r"\w")
_MARK = re.compile(r"[，,。；;：:、！!？?…”’）)》】]$")
_DIGITS = 9
"""Decimals to which scores are equal, so that ties go to the earlier sentence anywhere."""


class System(Protocol):
    """Anything that digests replies: `name` is its stable key, `title` what people call it."""

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    def summarize(self, replies: Iterable[str], max_chars: int) -> list[str]:
        """Return one digest a reply (text as given), each at most `max_chars` long."""
        ...


@dataclass(frozen=True, slots=True)
class Lead:
    """The first sentences; with `after_boilerplate` those of the answer itself.

    What is left out then: document number, greeting, 现答复如下, thanks and signature.
    """

    name: str = "lead"
    title: str = "开头截取"
    after_boilerplate: bool = False

    def summarize(self, replies: Iterable[str], max_chars: int) -> list[str]:
        cut = _body if self.after_boilerplate else _sentences
        found = (cut(clean_text(reply)) for reply in replies)
        return [fill(pieces, range(len(pieces)), max_chars) for pieces in found]


@dataclass(frozen=True, slots=True)
class Central:
    """The sentences that a graph of the whole letter ranks first, in the letter's order.

    Terms are jieba's words: with pairs of characters both graphs do worse.
    """

    name: str
    title: str
    rank: Callable[[Sequence[Words]], Floats]
    segmenter: Segmenter = field(default_factory=Segmenter)

    def summarize(self, replies: Iterable[str], max_chars: int) -> list[str]:
        return [self._digest(_sentences(clean_text(reply)), max_chars) for reply in replies]

    def _digest(self, pieces: Sequence[str], max_chars: int) -> str:
        words = [[w for w in self.segmenter.words(piece) if _WORD.search(w)] for piece in pieces]
        scores = self.rank(words).round(_DIGITS)
        order = sorted(range(len(pieces)), key=lambda at: (-scores[at], at))
        return fill(pieces, order, max_chars)


def baselines() -> tuple[System, ...]:
    """Return the four that every evaluation is held against, weakest idea first."""
    shared = Segmenter()
    graph = partial(Central, segmenter=shared)
    return (
        Lead(),
        Lead("lead_after_boilerplate", "去套话后的开头", after_boilerplate=True),
        graph("textrank", "TextRank", textrank),
        graph("lexrank", "LexRank", lexrank),
    )


def fill(pieces: Sequence[str], order: Iterable[int], max_chars: int) -> str:
    """Join pieces, taken in `order`, in the order of the text, to at most `max_chars`.

    The first that does not fit is cut behind its last fitting clause and ends the digest;
    only where nothing at all would fit is a clause cut. Pieces without a closing mark (a
    heading, a date) get a semicolon, lest two lines make a figure that nobody wrote.
    """
    taken: dict[int, str] = {}
    room = max_chars
    for at in order:
        piece = pieces[at] if _MARK.search(pieces[at]) else f"{pieces[at]}；"
        if len(piece) > room:
            taken[at] = _cut(pieces[at], room) or ("" if taken else pieces[at][:room])
            break
        taken[at] = piece
        room -= len(piece)
    return "".join(taken[at] for at in sorted(taken)).rstrip("；")


def _cut(piece: str, room: int) -> str:
    ends = [clause.end for clause in clauses(piece, commas=True)]
    return piece[: max((end for end in ends if end <= room), default=0)]


def _sentences(text: str) -> list[str]:
    pieces = (squeeze(span.of(text)) for span in sentences(text))
    return [piece for piece in pieces if piece]


def _body(text: str) -> list[str]:
    """Return the sentences of the answer, of the whole letter where none is found."""
    letter = parse_reply(text)
    answer = [piece for span in letter.spans("body") for piece in _sentences(span.of(text))]
    return answer or _sentences(text)
