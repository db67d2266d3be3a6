"""A report read whole: `read_bulletin(path)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from nlp.bulletin.cases import cases, told_cases
from nlp.bulletin.casetables import table_cases
from nlp.bulletin.document import Source, open_report
from nlp.bulletin.genre import Extent, find_extent
from nlp.bulletin.place import find_place
from nlp.bulletin.sections import role_at, sections
from nlp.bulletin.statistics import statistics
from nlp.bulletin.stretches import Stretches
from nlp.bulletin.types import Bulletin, Case, Span
from nlp.text.dates import read_date

Topics = Callable[[Sequence[Case]], Sequence[tuple[str, ...]]]
"""Gives topics to cases whose section has none; one tuple a case, () where it cannot tell."""
_AS_OF = re.compile(
    r"(?:截[至止]到?|(?<![^，。；：\n])到)(?P<date>(?:(?:20\d\d|"
    r"二[〇○零Oo][〇○零Oo一二三四五六七八九]{2})年)?"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号])"
)
_NO_FIGURES = "没有读到统计数字；如果数字在图片里，请先做文字识别（OCR）。"


def read_bulletin(path: Path, topics: Topics | None = None) -> Bulletin:
    """Read the report of a file.

    :param topics: asked for the topics of cases that stand under no topic; None leaves them
        without.
    :raises InputError: the file cannot be read, or is no report on proposals.
    """
    return read_source(open_report(path), topics)


def read_source(source: Source, topics: Topics | None = None) -> Bulletin:
    """Read a cleaned report. Raises InputError where it is none."""
    extent = find_extent(source.text, source.title)
    text = extent.span.of(source.text)
    parts = sections(text)
    place = find_place(source.text, extent.title)
    told = told_cases(text, parts)
    named = cases(text, told, parts, extent.kind, place)
    named += [
        c for c in table_cases(text, extent.kind, place) if c.title not in {n.title for n in named}
    ]
    skipped = Stretches(Span(each.title.outer.start, each.reply.end) for each in told)
    found = statistics(text, parts, skipped, extent.kind)
    as_of, as_of_span = _as_of(text, _year(text, extent, source), skipped)
    return Bulletin(
        kind=extent.kind,
        genre=extent.genre,
        title=extent.title,
        place=place,
        figures=found.figures,
        as_of=as_of,
        cases=tuple(_with_topics(named, topics)),
        text=text,
        as_of_span=as_of_span,
        contradictions=found.contradictions,
        cuts=extent.cuts,
        notes=tuple(_notes(source, found.figures)),
    )


def _year(text: str, extent: Extent, source: Source) -> str:
    """Return the report's year, "" where nothing tells it: its title's, its date's, its page's."""
    dated = re.search(r"(20\d\d)年\d{1,2}月\d{1,2}日", text[:300])
    titled = re.search(r"(20\d\d)年", extent.title)
    for found in (titled, dated):
        if found:
            return found[1]
    first = re.search(r"(20\d\d)年", text)
    return source.year or (first[1] if first else "")


def _as_of(text: str, year: str, skipped: Stretches) -> tuple[str | None, Span | None]:
    """Find the cut-off day; a day without its year takes that of the report's own date."""
    parts = sections(text)
    for found in _AS_OF.finditer(text):
        if role_at(parts, found.start()) == "plans" or skipped.cover(Span(*found.span())):
            continue
        written = found["date"]
        if "年" not in written:
            written = f"{year}年{written}" if year else ""
        date = read_date(written) if written else ""
        if re.fullmatch(r"\d{4}-\d\d-\d\d", date):
            return date, Span(*found.span("date"))
    return None, None


def _with_topics(found: Sequence[Case], topics: Topics | None) -> list[Case]:
    made = [replace(case, topic_source="section") if case.topics else case for case in found]
    open_cases = [case for case in made if not case.topics]
    if topics is None or not open_cases:
        return made
    given = dict(zip((id(case) for case in open_cases), topics(open_cases), strict=True))
    return [
        replace(case, topics=given[id(case)], topic_source="model") if given.get(id(case)) else case
        for case in made
    ]


def _notes(source: Source, figures: Sequence[object]) -> list[str]:
    notes = [f"数字里有认错的字母，已改：{each}。" for each in source.repaired]
    return notes if figures else [*notes, _NO_FIGURES]
