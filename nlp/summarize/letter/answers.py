"""The text of each answer in a letter, with everything else blanked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nlp.summarize.letter.reply import Letter
from nlp.summarize.letter.substance import has_answer
from nlp.text.spans import Span

_BEGINS = frozenset({"number", "title", "salutation", "opening"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the body parts of one letter, which thanks or a contact may interrupt.

    `text` begins where the first of them begins, at `start` in the letter; what stands
    between them is newlines in it, so that offsets hold and an enumeration goes on.
    """

    start: int
    text: str
    spans: tuple[Span, ...]


def answers(letter: Letter) -> list[Answer]:
    """Return the letter's answers; the forwarding notes or all of it where there is none."""
    return [_answer(letter.text, spans) for spans in _groups(letter)]


def _groups(letter: Letter) -> Iterator[list[Span]]:
    """Yield each letter's body parts; forwarding notes too where no body tells anything."""
    bodies = letter.spans("body")
    noted = bool(letter.spans("forwarding"))
    told = bodies and not (noted and not any(has_answer(s.of(letter.text)) for s in bodies))
    kinds = {"body"} if told else {"body", "forwarding"}
    if not bodies and not noted:
        if letter.text:
            yield [Span(0, len(letter.text))]
        return
    group: list[Span] = []
    for part in letter.parts:
        if part.kind in kinds:
            group.append(part.span)
        elif part.kind in _BEGINS and group:
            yield group
            group = []
    if group:
        yield group


def _answer(text: str, spans: list[Span]) -> Answer:
    start = end = spans[0].start
    pieces = []
    for span in spans:
        pieces += ["\n" * (span.start - end), span.of(text)]
        end = span.end
    return Answer(start, "".join(pieces), tuple(spans))
