"""Departments, towns and firms that act in a reply: 县教育局, 观音阁镇党委政府, 交警部门."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp.summarize.digest import UnitMention
from nlp.summarize.unitforms import (
    ACTS,
    BARE,
    CALLED,
    CITED,
    CITES,
    LAST_WORD,
    ROLES,
    WEAK,
    WORD,
    Role,
)
from nlp.text.spans import Span

_RUN = re.compile(
    r"《[^《》]*》|\d[年月日号起个所家级项名位处元时份后前]+"
    r"|((?:[一-龥〇×]++|(?<![A-Za-z0-9])[A-Z]\d{0,2}(?=[一-龥])|(?<=党委)、(?=政府))+)"
)
"""What no name reaches across (《title》, count, date), or the letters that may hold names."""
_LONGEST = 26
_SEAT = re.compile(r"(?<=.[镇乡道])(?:办事处|办|党工委|党委政府|党委、政府|人民政府|政府)$")


class _Name(NamedTuple):
    """Where a name stands, and the word or mark before it."""

    start: int
    end: int
    before: str


def unit_mentions(text: str, within: Sequence[Span]) -> list[UnitMention]:
    """Find units that act in stretches of a clean text, each name once, where it first acts.

    Bare words (学校, 我局) name nobody, and a short form (教育局) of a name already found is
    the same unit. Spans are offsets into `text`.
    """
    found: list[UnitMention] = []
    known: set[str] = set(BARE)
    for span in within:
        for name in _named(text, span):
            written = text[name.start : name.end]
            if written not in known and _acts(text, name, written):
                found.append(UnitMention(written, Span(name.start, name.end)))
                known |= _forms(written)
    return found


def _named(text: str, span: Span) -> Iterator[_Name]:
    for run in _RUN.finditer(text, span.start, span.end):
        start, end = run.span(1)
        if start >= 0 and LAST_WORD.search(text, start, end):
            yield from _names(text, start, end)


def _names(text: str, start: int, stop: int) -> Iterator[_Name]:
    """Yield the names in a run of letters: each reaches from a word before it to its last word.

    A name goes on behind a place, or with a branch (县 + 城管局 + 渣土中队).
    """
    end, last, before = 0, Role.PLACE, text[start - 1 : start]
    for word in WORD.finditer(text, start, stop):
        role = ROLES.get(word[0])
        if role is None:
            continue
        ends = role is Role.BEFORE or (last is not Role.PLACE and role is not Role.BRANCH)
        if end and ends:
            yield _Name(start, end, before)
            start, end, before = end, 0, ""
        if role is Role.BEFORE:
            start, end, before = word.end(), 0, word[0]
        else:
            end, last = word.end(), role
    if end:
        yield _Name(start, end, before)


def _acts(text: str, name: _Name, written: str) -> bool:
    """Tell a unit that does something, or is turned to, from one that is merely spoken of."""
    if not 2 <= len(written) <= _LONGEST or name.before in CITED or CITES.match(text, name.end):
        return False
    if name.before in CALLED or not WEAK.search(written):
        return True
    return ACTS.match(text, name.end) is not None


def _forms(name: str) -> set[str]:
    """Return a name with its short forms: 岳峰街道办事处, 街道办事处, 岳峰街道."""
    return {name[at:] for at in range(len(name) - 1)} | {_SEAT.sub("", name)}
