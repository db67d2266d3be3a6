"""The clauses of a letter from which a digest may choose, and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.summarize.letter.answers import Answer, answers
from nlp.summarize.letter.reply import Letter
from nlp.text.points import points
from nlp.text.spans import Span
from nlp.text.split import clauses as split_clauses

_COMMAS = frozenset("；;，,：:")
_GOES_ON = re.compile(r"[；;，,：:][^\S\n\r\x0b\x0c\x85\u2028\u2029]+\Z")
"""A comma with blanks, but no line's end, behind it."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: what a comma, a stop or a line's end closes.

    `sentence` and `point` count from 0 over the letter's body; `marker` and `level` are the
    enumerated point's (level 0: none). `first` and `last` say how it stands in its sentence.
    """

    span: Span
    sentence: int
    point: int
    marker: str
    level: int
    first: bool
    last: bool


def clauses(letter: Letter) -> list[Clause]:
    """Return the clauses of the answer; of the whole letter where no part is an answer.

    Every character of the answer that is no white space is in exactly one.
    """
    found: list[Clause] = []
    for answer in answers(letter):
        _add(answer, found)
    return found


def _add(answer: Answer, found: list[Clause]) -> None:
    """Append an answer's clauses, walking clauses, points and body parts side by side."""
    sentence = found[-1].sentence + 1 if found else 0
    number = found[-1].point + 1 if found else 0
    lead = len(answer.text) - len(answer.text.lstrip())
    text = answer.text[lead:]
    enumerated = points(text)
    starts = [point.span.start for point in enumerated[1:]] + [len(text) + 1]
    point = 0
    first = True
    offset = answer.start + lead
    spans = iter(answer.spans)
    body = next(spans)
    for piece in split_clauses(text, commas=True):
        begun = point
        while starts[point] <= piece.start:
            point += 1
        number += point > begun
        head = enumerated[point]
        while offset + piece.start >= body.end:
            body = next(spans)
        span = Span(offset + piece.start, min(offset + piece.end, body.end))
        last = piece.end == len(text) or _ends_sentence(text, piece)
        found.append(Clause(span, sentence, number, head.marker, head.level, first, last))
        first = last
        sentence += last


def _ends_sentence(text: str, clause: Span) -> bool:
    """Tell a clause that a stop or a line's end closes from one that a comma does."""
    final = text[clause.end - 1]
    if final.isspace():
        return _GOES_ON.search(clause.of(text)) is None
    return final not in _COMMAS
