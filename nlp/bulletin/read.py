"""A report read whole: `read_bulletin(path)`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from nlp.bulletin.cases import Report, cases, told_cases
from nlp.bulletin.casetables import table_cases
from nlp.bulletin.cutoff import cut_off_day, report_date
from nlp.bulletin.document import Source, open_report
from nlp.bulletin.folding import outcome_of_scheme
from nlp.bulletin.genre import find_extent
from nlp.bulletin.place import find_place
from nlp.bulletin.sections import sections
from nlp.bulletin.statistics import statistics
from nlp.bulletin.stretches import Stretches
from nlp.bulletin.types import Bulletin, Case, Figure, Span

Topics = Callable[[Sequence[Case]], Sequence[tuple[str, ...]]]
"""Gives topics to cases whose section has none; one tuple a case, () where it cannot tell."""
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
    skipped = Stretches(Span(each.title.outer.start, each.reply.end) for each in told)
    found = statistics(text, parts, skipped, extent.kind, extent.title)
    named = cases(text, told, parts, Report(extent.kind, place, found.classes))
    named += [
        c for c in table_cases(text, extent.kind, place) if c.title not in {n.title for n in named}
    ]
    dated = report_date(text, extent.title, source.year)
    cut_off = cut_off_day(text, dated, parts, skipped)
    return Bulletin(
        kind=extent.kind,
        genre=extent.genre,
        title=extent.title,
        place=place,
        figures=found.figures,
        as_of=cut_off.date if cut_off else None,
        cases=tuple(_with_topics(_in_scheme(named, found.figures), topics)),
        text=text,
        as_of_span=cut_off.span if cut_off else None,
        contradictions=found.contradictions,
        cuts=extent.cuts,
        notes=tuple(_notes(source, found.figures)),
    )


def _in_scheme(named: Sequence[Case], figures: Sequence[Figure]) -> list[Case]:
    names = {figure.name for figure in figures}
    return [replace(case, outcome=outcome_of_scheme(case.outcome, names)) for case in named]


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
