"""The whole draft in the genre's order, its sentences numbered for the appendix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from nlp.bulletin.draft.basics import Units, basics
from nlp.bulletin.draft.closing import closing
from nlp.bulletin.draft.parts import WORDINGS, Block, Draft, Sentence, gap, text
from nlp.bulletin.draft.results import results, topics
from nlp.bulletin.draft.year import Year


def compose(year: Year, place: str, units: Units) -> Draft:
    """Write the draft.

    :param place: the place's name for the title, "" where it was not given.
    """
    wording = WORDINGS[year.kind]
    of = _year_of(year)
    title = f"{place or gap('地名')}{of}{wording.title}"
    opening = f"现将{of}{wording.matter}办理情况{wording.report}如下。"
    blocks = [
        Block("title", (Sentence(title),)),
        Block("note", (Sentence("（草稿）"),)),
        text(Sentence(opening)),
        *basics(year, wording, units),
        *results(year, wording),
        *topics(year, wording),
        *closing(year, wording),
    ]
    return Draft(tuple(_numbered(blocks)))


def _year_of(year: Year) -> str:
    """Return 2025年 where the records name one year only."""
    years = {item.record.cell("year").removesuffix("度").removesuffix("年") for item in year.items}
    years.discard("")
    only = years.pop() if len(years) == 1 else ""
    return f"{only}年" if only.isdecimal() and len(only) == 4 else f"{gap('年度')}"


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    numbers = count(1)
    for block in blocks:
        marked = tuple(
            replace(each, mark=next(numbers)) if each.facts else each for each in block.sentences
        )
        yield replace(block, sentences=marked)
