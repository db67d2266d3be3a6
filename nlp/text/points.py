"""Finds enumerated points (一、 （一） 1. ① 一是 首先 一方面) and how they nest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nlp.text.spans import Span

_DIGITS = "一二三四五六七八九十"
_WORD_RANK = 6
_ORDER = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 4}
_ASPECT = {"一方面": 1, "另一方面": 2, "再一方面": 3, "此外": 3}
_RANKS = {"part": 0, "han": 1, "han_paren": 2, "arabic": 3, "arabic_paren": 4, "circled": 5}
_MARKER = re.compile(
    rf"(?P<part>第(?P<part_n>[{_DIGITS}]{{1,3}}|\d{{1,2}})(?:章|部分|节|编))"
    rf"|(?P<han>(?P<han_n>[{_DIGITS}]{{1,3}})[、.．](?!\d))"
    rf"|(?P<han_paren>[（(](?P<han_paren_n>[{_DIGITS}]{{1,3}})[）)]、?)"
    r"|(?P<arabic>(?P<arabic_n>\d{1,2}(?=[、.．])|[⒈-⒛])(?:[.．](?!\d)|、)?)"
    r"|(?P<arabic_paren>[（(]?(?P<arabic_paren_n>\d{1,2}(?=[）)])|[⑴-⒇])[）)]?、?)"
    r"|(?P<circled>(?P<circled_n>[①-⑳])[、.．]?)"
    rf"|(?P<shi>(?P<shi_n>[{_DIGITS}]{{1,2}})是)"
    rf"|(?P<yao>(?P<yao_n>[{_DIGITS}]{{1,2}})要)"
    rf"|(?P<di>第(?P<di_n>[{_DIGITS}]{{1,2}})[，,、：:])"
    rf"|(?P<order>(?P<order_n>{'|'.join(_ORDER)})[，,]?)"
    rf"|(?P<aspect>(?P<aspect_n>{'|'.join(sorted(_ASPECT, key=len, reverse=True))})[，,]?)"
)
_BEFORE = re.compile(r"(?:^|[。！？!?；;：:…\n\r])[”’」』）)】〕》\"]*\s*$")
_BEFORE_WORD = re.compile(r"(?:^|[。！？!?；;：:…\n\r，,、])[”’」』）)】〕》\"]*\s*$")
_LOOK_BACK = 24
_FIRST = re.compile(rf"[第{_DIGITS}（(\d⒈-⒛⑴-⒇①-⑳首其再最另此]")
_EDGES = frozenset('。！？!?；;：:…，,、”’」』）)】〕》"')


@dataclass(frozen=True, slots=True)
class Point:
    """One point with all its text up to the next marker, its own marker included.

    Text before the first marker is a point with an empty marker and level 0; others
    count from 1, one deeper inside a point of another kind of marker.
    """

    marker: str
    level: int
    span: Span


@dataclass(slots=True)
class _Mark:
    family: str
    value: int
    start: int
    end: int
    line_start: bool
    decimal: bool
    """Whether it may as well be a decimal's first figures: 3.5亿元, 3.4月28日."""


@dataclass(slots=True)
class _Run:
    """Markers of one family that count upwards."""

    marks: list[_Mark] = field(default_factory=list)

    def takes(self, mark: _Mark) -> bool:
        last = self.marks[-1].value
        return last < mark.value <= last + 2


def points(text: str) -> list[Point]:
    """Split a text at its enumeration markers; the spans, joined, are the text.

    A marker counts where a sentence or a line begins (words such as 二是 also behind a
    comma) and only in order: 二是 needs its 一是, 其次 its 首先, so that 此外 or 最后 alone
    stay prose. What a list of a lower kind is nested in is told by the kind's usual rank
    (一、 （一） 1. （1） ①), word lists nest where they begin.
    """
    marks = _in_order(list(_marks(text)))
    levels = _levels(text, marks)
    starts = [mark.start for mark in marks]
    found = []
    if text and (not starts or starts[0] > 0):
        found.append(Point("", 0, Span(0, starts[0] if starts else len(text))))
    for mark, level, end in zip(marks, levels, [*starts[1:], len(text)], strict=False):
        found.append(Point(text[mark.start : mark.end], level, Span(mark.start, end)))
    return found


def _marks(text: str) -> Iterator[_Mark]:
    done = 0
    for first in _FIRST.finditer(text):
        start = first.start()
        chained = 0 < start == done
        if start < done or not (chained or start == 0 or _is_edge(text[start - 1])):
            continue
        match = _MARKER.match(text, start)
        family = match.lastgroup if match else None
        if match is None or family is None:
            continue
        before = text[max(0, start - _LOOK_BACK) : start]
        opening = _BEFORE if family in _RANKS else _BEFORE_WORD
        if not chained and not _stands_first(opening, before, whole=start <= _LOOK_BACK):
            continue
        line_start = not before.strip(" \t\u3000") or before.rstrip(" \t\u3000")[-1] in "\n\r"
        done = match.end()
        decimal = text[done - 1].isdecimal() and text[done : done + 1] in (".", "．")
        yield _Mark(family, _value(match.group(f"{family}_n")), start, done, line_start, decimal)


def _is_edge(character: str) -> bool:
    """Tell what may stand right before a marker."""
    return character in _EDGES or character.isspace()


def _stands_first(opening: re.Pattern[str], before: str, *, whole: bool) -> bool:
    found = opening.search(before)
    return found is not None and (whole or not found.group().isspace() or "\n" in found.group())


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    if number in _ORDER:
        return _ORDER[number]
    if number in _ASPECT:
        return _ASPECT[number]
    for first in "⒈⑴①":
        if first <= number <= chr(ord(first) + 19):
            return ord(number) - ord(first) + 1
    tens, ten, ones = number.rpartition("十")
    high = (_DIGITS.find(tens) + 1 if tens else 1) * 10 if ten else 0
    return high + (_DIGITS.find(ones) + 1 if ones else 0)


def _in_order(marks: Sequence[_Mark]) -> list[_Mark]:
    """Keep the markers that belong to a rising run; words and decimals need two members."""
    open_runs: dict[str, _Run] = {}
    runs: list[_Run] = []
    for mark in marks:
        run = open_runs.get(mark.family)
        if run and run.takes(mark):
            run.marks.append(mark)
        elif mark.value == 1 or (mark.line_start and _stands_alone(mark)):
            open_runs[mark.family] = _Run([mark])
            runs.append(open_runs[mark.family])
    kept = [run for run in runs if _stands_alone(run.marks[0]) or len(run.marks) > 1]
    return sorted((mark for run in kept for mark in run.marks), key=lambda mark: mark.start)


def _stands_alone(mark: _Mark) -> bool:
    return mark.family in _RANKS and not mark.decimal


def _levels(text: str, marks: Sequence[_Mark]) -> list[int]:
    stack: list[str] = []
    levels = []
    last = 0
    for mark in marks:
        if mark.family in stack:
            del stack[stack.index(mark.family) + 1 :]
        else:
            _unwind(stack, mark.family, new_line="\n" in text[last : mark.start])
            stack.append(mark.family)
        levels.append(len(stack))
        last = mark.start
    return levels


def _unwind(stack: list[str], family: str, *, new_line: bool) -> None:
    """Close the lists that a list of this kind cannot be nested in."""
    rank = _RANKS.get(family, _WORD_RANK)
    while stack:
        top = _RANKS.get(stack[-1], _WORD_RANK)
        inside_word_list = top == rank == _WORD_RANK and not new_line
        if top < rank or inside_word_list:
            return
        stack.pop()
