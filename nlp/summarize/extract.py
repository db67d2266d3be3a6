"""From scored clauses to the digest's text: choose, shorten, join; every word is the reply's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.summarize.compress import Place, is_link, kept, length, lengths
from nlp.summarize.reading import Reading
from nlp.summarize.select import LEAST, NOWHERE, Floats, Offer, choose
from nlp.text.spans import Span

_RIM = "，,。；;：:、！!？?…· \n\t\u3000"
_WORD_MARKER = re.compile(r"[一二三四五六七八九十]是|一方面|另一方面|首先|其次|再次|最后")
_PARTING, _STOP = "；", "。"
_NUMBERS = "一二三四五六七八九十"
_DOUBLED = re.compile(r"([，。；、：！,;:])[，。；、：！,;:\n]+")
"""Marks that meet where words between them are left out."""
_TORN = re.compile(r"[0-9A-Za-z.,:/%-]+\Z")
"""The beginning of a number or word that goes on behind it."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A digest's text and the stretches of the clean reply it is made of, in order."""

    text: str
    spans: tuple[Span, ...]


def extract(reading: Reading, values: Floats, max_chars: int, *, numbered: bool) -> Extract:
    """Choose and join clauses to at most `max_chars` characters.

    Where two points or more of an enumeration in words (一是… 二是…) are chosen, their
    markers stay. `numbered` numbers the runs instead: the markers then are the only
    characters that aren't the reply's. Where no clause is worth choosing or fits, the best
    one is quoted as far as it goes, for an empty digest tells nothing.
    """
    marked = [bool(_WORD_MARKER.match(clause.marker)) for clause in reading.clauses]
    opening, going_on = _lengths(reading, values, marked, numbered=numbered)
    offer = Offer(values, opening, going_on, reading.words)
    room = max_chars - 1
    made = _made(reading, marked, choose(offer, room), max_chars, numbered=numbered)
    while len(made.text) > max_chars:  # marks in a row (？？) are longer than reckoned
        room = max(0, room - len(made.text) + max_chars)
        made = _made(reading, marked, choose(offer, room), max_chars, numbered=numbered)
    return made if made.text else _beginning(reading, values, max_chars)


def _made(
    reading: Reading,
    marked: Sequence[bool],
    chosen: Sequence[Sequence[int]],
    max_chars: int,
    *,
    numbered: bool,
) -> Extract:
    points = sum(marked[at] and _begins(reading, at) for run in chosen for at in run)
    keep_markers = points > 1 and not numbered
    runs = [_run(reading, run, keep_markers) for run in chosen]
    return _joined(reading, [run for run in runs if run], max_chars, numbered=numbered)


def _beginning(reading: Reading, values: Floats, max_chars: int) -> Extract:
    """Quote the beginning of the most valuable clause, without cutting a figure in two."""
    told = [at for at, words in enumerate(reading.words) if any(map(str.isalnum, words))]
    best = max(told, key=lambda at: values[at], default=None)
    span = Span(0, len(reading.text)) if best is None else reading.clauses[best].span
    end = min(span.end, span.start + max_chars)
    if end < span.end:
        cut = (f.span.start for f in reading.figures if f.span.start < end < f.span.end)
        end = min([end, *cut])
        head, onward = reading.text[span.start : end], reading.text[end]
        whole = _TORN.sub("", head) if onward.isascii() and onward.isalnum() else head
        end = span.start + len(whole or head)
    run = _trimmed(reading.text, [Span(span.start, end)])
    return _joined(reading, [run] if run else [], max_chars, numbered=False)


def _lengths(
    reading: Reading, values: Floats, marked: Sequence[bool], *, numbered: bool
) -> tuple[list[int], list[int]]:
    """Return each clause's length where it opens a run and where it goes on.

    What isn't worth choosing isn't measured: it gets a length that fits nowhere.
    """
    opening, going_on = [], []
    for at, clause in enumerate(reading.clauses):
        if values[at] < LEAST and not is_link(clause.span.of(reading.text)):
            opening.append(NOWHERE)
            going_on.append(NOWHERE)
            continue
        if marked[at] and _begins(reading, at) and not numbered:
            first = rest = length(reading.text, kept(reading.text, clause.span, "marked"))
        else:
            first, rest = lengths(clause.span.of(reading.text))
        opening.append(first + (2 if numbered else 0))
        going_on.append(rest)
    return opening, going_on


def _begins(reading: Reading, at: int) -> bool:
    """Tell whether a clause is the first of its point."""
    return at == 0 or reading.clauses[at - 1].point != reading.clauses[at].point


def _run(reading: Reading, run: Sequence[int], keep_markers: bool) -> list[Span]:
    """Return the stretches of one run, its rims without punctuation."""
    spans: list[Span] = []
    for number, at in enumerate(run):
        clause = reading.clauses[at]
        marker = keep_markers and _begins(reading, at) and _WORD_MARKER.match(clause.marker)
        place: Place = "marked" if marker else "within" if number else "opening"
        spans.extend(kept(reading.text, clause.span, place))
    return _trimmed(reading.text, spans)


def _trimmed(text: str, spans: list[Span]) -> list[Span]:
    while spans and not spans[0].of(text).strip(_RIM):
        del spans[0]
    while spans and not spans[-1].of(text).strip(_RIM):
        del spans[-1]
    if not spans:
        return []
    first, last = spans[0].of(text), spans[-1].of(text)
    spans[0] = Span(spans[0].start + len(first) - len(first.lstrip(_RIM)), spans[0].end)
    spans[-1] = Span(spans[-1].start, spans[-1].end - len(last) + len(last.rstrip(_RIM)))
    return _merged(spans)


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Join stretches that touch."""
    joined = [spans[0]]
    for span in spans[1:]:
        if span.start == joined[-1].end:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _joined(
    reading: Reading, runs: Sequence[Sequence[Span]], max_chars: int, *, numbered: bool
) -> Extract:
    parts: list[str] = []
    spans: list[Span] = []
    many = numbered and len(runs) > 1
    for at, run in enumerate(runs):
        words = "".join(reading.verbatim(span) for span in run)
        marker = f"{_NUMBERS[at]}是" if many and at < len(_NUMBERS) else ""
        parts.append(marker + _DOUBLED.sub(r"\1", words))
        spans.extend(run)
    text = _PARTING.join(parts)
    if text and len(text) < max_chars and not text.endswith("."):
        text += _STOP
    return Extract(text, tuple(spans))
