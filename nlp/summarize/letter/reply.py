"""The parts of a reply letter: what surrounds the answer, and the answer itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nlp.summarize.letter.contactforms import names_contact
from nlp.summarize.letter.headforms import answers_proposal, class_letter, is_formal
from nlp.summarize.letter.lettermarks import PartKind, mark
from nlp.summarize.letter.letterpieces import pieces
from nlp.text.spans import Span


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a letter and what it is."""

    kind: PartKind
    span: Span


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply taken apart; the parts' spans, joined, are the text."""

    text: str
    parts: tuple[Part, ...]

    def first(self, kind: PartKind) -> str:
        """Return the text of the first part of a kind, "" where there is none."""
        return next(self._texts(kind), "").strip()

    def spans(self, kind: PartKind) -> tuple[Span, ...]:
        return tuple(part.span for part in self.parts if part.kind == kind)

    def _texts(self, *kinds: PartKind) -> Iterator[str]:
        return (part.span.of(self.text) for part in self.parts if part.kind in kinds)

    @property
    def class_letter(self) -> str:
        """Return the letter of the result class (A–D; 甲乙丙丁 as written), "" without one."""
        parts = (*self._texts("class"), *self._texts("number", "title", "contact"))
        lines = (line.strip() for part in parts for line in part.split("\n"))
        return class_letter(lines, self.text)

    @property
    def formal(self) -> bool:
        """Tell a letter with a number or title, to a member or on a 提案, from a web reply."""
        if self.spans("number") or self.spans("title"):
            return True
        if any(is_formal(greeting) for greeting in self._texts("salutation")):
            return True
        return any(answers_proposal(opening) for opening in self._texts("opening"))

    @property
    def signed(self) -> bool:
        """Tell whether a unit's name stands below the answer, or above it as letterhead."""
        return bool(self.spans("signature"))

    @property
    def has_contact(self) -> bool:
        """Tell whether the letter names a person or a telephone outside the answer."""
        around = self._texts("contact", "closing", "signature", "copies")
        return any(names_contact(part) for part in around)


def parse_reply(text: str) -> Letter:
    """Take a clean reply apart.

    Each letter in the cell is worked inwards from both ends: the head ends behind 如下 or
    before the first sentence that may answer, the tail begins at the thanks, signature,
    date or contact that nothing but its like follows. What is nothing of that is body.
    """
    found = pieces(text)
    kinds = mark([piece.of(text).strip() for piece in found])
    return Letter(text, tuple(_joined(found, kinds)))


def _joined(found: list[Span], kinds: list[PartKind]) -> Iterator[Part]:
    """Join neighbours of the same kind."""
    start = 0
    for at in range(1, len(found) + 1):
        if at == len(found) or kinds[at] != kinds[start]:
            yield Part(kinds[start], Span(found[start].start, found[at - 1].end))
            start = at


__all__ = ["Letter", "Part", "PartKind", "parse_reply"]
