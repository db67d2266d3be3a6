"""The text rooms: what cleaning, splitting, figures, letters and bulletins promise."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

from nlp.errors import InputError
from nlp.text.spans import Span

_LONGEST = 20_000
"""Characters: what is read of a reply; bulletins are as long."""
_FORMULA = tuple("=+-@\t\r＝＋－＠")


def decoded(data: bytes) -> str:
    """Decode a case; invalid bytes become lone surrogates, which a text may hold."""
    return data.decode("utf-8", "surrogateescape")[:_LONGEST]


def readable(data: bytes) -> str:
    """Decode a case as the readers hand texts on: without lone surrogates."""
    return data.decode("utf-8", "replace")[:_LONGEST]


def check_clean(data: bytes) -> None:
    """Offsets rise and stay inside, wider spans cover narrower ones, cleaning settles."""
    from nlp.text.clean import clean, clean_text

    text = decoded(data)
    result = clean(text)
    size = len(result.text)
    if result.offsets is None:
        assert size == len(text), "moved without offsets"
    else:
        assert len(result.offsets) == size, "not one offset a character"
    spans = [result.span(at, at + 1) for at in range(size)]
    assert all(0 <= start < end <= len(text) for start, end in spans), "a span outside"
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(spans)), "spans fall"
    if spans:
        assert result.span(0, size) == (spans[0][0], spans[-1][1]), "the whole is not its parts"
    assert clean_text(result.text) == result.text, "cleaning twice is not cleaning once"


def _check_cover(spans: Iterable[Span], size: int, what: str) -> None:
    """Spans that, joined, are the text."""
    at = 0
    for span in spans:
        assert span.start == at < span.end, f"{what}: {span} behind {at}"
        at = span.end
    assert at == size, f"{what}: end at {at} of {size}"


def check_split(data: bytes) -> None:
    from nlp.text.split import clauses, points, sentences

    text = decoded(data)
    _check_cover(sentences(text), len(text), "sentences")
    _check_cover(clauses(text), len(text), "clauses")
    _check_cover(clauses(text, commas=True), len(text), "clauses at commas")
    found = points(text)
    _check_cover((point.span for point in found), len(text), "points")
    for point in found:
        assert point.span.of(text).startswith(point.marker), f"{point} without its marker"


def check_letter(data: bytes) -> None:
    """A letter's parts are the text; each clause stands inside, each answer in clauses."""
    from nlp.summarize.letter.answers import answers
    from nlp.summarize.letter.clauses import clauses
    from nlp.summarize.letter.reply import parse_reply
    from nlp.text.clean import clean_text

    text = clean_text(decoded(data))
    letter = parse_reply(text)
    _check_cover((part.span for part in letter.parts), len(text), "parts")
    assert len(letter.class_letter) <= 1, letter.class_letter
    assert {letter.formal, letter.signed, letter.has_contact} <= {True, False}
    found = [clause.span for clause in clauses(letter)]
    assert all(a.end <= b.start for a, b in pairwise(found)), "clauses overlap"
    told = set[int]().union(*(range(span.start, span.end) for span in found))
    for answer in answers(letter):
        for span in answer.spans:
            missed = [at for at in range(span.start, span.end) if at not in told]
            assert not "".join(text[at] for at in missed).strip(), f"clauses miss {missed[:5]}"


def check_figures(data: bytes) -> None:
    from nlp.text.dates import read_date
    from nlp.text.figures import figures
    from nlp.text.numerals import read_fraction, read_number, read_range

    text = decoded(data)
    end = 0
    for figure in figures(text):
        assert end <= figure.span.start < figure.span.end, f"{figure} overlaps"
        end = figure.span.end
        assert figure.text == figure.span.of(text), f"{figure} is not what stands there"
        for value in (figure.value, figure.upper):
            assert value is None or math.isfinite(value), f"{figure} is not finite"
    for piece in (*text.split("\n")[:40], *text.split("，")[:40], text[:60]):
        read_number(piece), read_range(piece), read_fraction(piece), read_date(piece[:60])


def check_bulletin(data: bytes) -> None:
    """Every figure and case stands where it says; no bulletin is an InputError."""
    from nlp.bulletin.check import review
    from nlp.bulletin.document import clean_report
    from nlp.bulletin.read import read_source

    try:
        found = read_source(clean_report(readable(data)))
    except InputError:
        return
    spans = [each.span for each in (*found.figures, *found.contradictions, *found.cases)]
    spans += [case.reply_span for case in found.cases if case.reply_span]
    spans += [found.as_of_span] if found.as_of_span else []
    assert all(0 <= s.start <= s.end <= len(found.text) for s in spans), "a span outside"
    assert all(math.isfinite(each.value) for each in found.figures), "a figure is not finite"
    assert isinstance(found.stats, dict)
    review(found)


def check_safe_cell(data: bytes) -> None:
    """Nothing starts a formula, nothing unprintable stays, nothing is over Excel's limit."""
    from nlp.io.safe import EXCEL_LIMIT, Changes, safe_cell

    for text in (decoded(data), *decoded(data)[:4000].split("\n")[:20]):
        changes = Changes()
        safe = safe_cell(text, changes)
        figure = safe in ("-", "+") or safe[1:].replace(".", "", 1).isdecimal()
        assert not safe.startswith(_FORMULA) or figure, f"a formula: {safe[:20]!r}"
        assert len(safe.encode("utf-16-le")) <= 2 * EXCEL_LIMIT, "over the limit"
        odd = [c for c in safe if c < " " and c not in "\t\n"]
        assert not odd, f"control characters {odd[:5]!r}"
        assert safe_cell(safe) == safe, "safe twice is not safe once"
