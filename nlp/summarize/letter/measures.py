"""The measures of an answer: its enumerated points, and whether they are done or to come."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.summarize.letter.answers import Answer, answers
from nlp.summarize.letter.measure_time import Time, measure_time
from nlp.summarize.letter.reply import Letter
from nlp.text.anyof import any_of
from nlp.text.points import Point, points
from nlp.text.spans import Span

_UNCOUNTED = "此外"
_FIRST = re.compile(r"[（(]?(?:第?一(?!十)|1(?!\d)|①|⒈|⑴|首先)")
_ONWARD = re.compile(
    rf"(?<=[。！；\n])\s*(?={any_of('下一?步 下阶段 今后 接下来 此外 同时，我 总之 综上 以上')})"
)
_TAIL = 60
_HEADING = 40


@dataclass(frozen=True, slots=True)
class TimedPoint:
    """A measure with what its words and its list's introduction tell of its time."""

    point: Point
    time: Time


def measures(letter: Letter) -> list[Point]:
    """Return the enumerated points of the answers that hold no points of their own.

    此外 behind 另一方面 is none. The last point of a list ends where its siblings' form does:
    with its first sentence if they are parts of one, with as many lines as they have.
    """
    return [point for answer in answers(letter) for point, _ in _measures(answer)]


def timed_measures(letter: Letter) -> list[TimedPoint]:
    """Return the measures, each with its time."""
    return [
        TimedPoint(point, measure_time(point.span.of(letter.text), lead))
        for answer in answers(letter)
        for point, lead in _measures(answer)
    ]


def _measures(answer: Answer) -> Iterator[tuple[Point, str]]:
    """Yield each measure, and what introduces the list that it is in."""
    listed = points(answer.text)
    for at, (point, lead) in enumerate(zip(listed, _leads(answer.text, listed), strict=True)):
        deeper = at + 1 < len(listed) and listed[at + 1].level > point.level
        if not point.level or deeper or point.marker.startswith(_UNCOUNTED):
            continue
        span = _trimmed(answer.text, listed, at)
        start = answer.start + span.start
        end = min(answer.start + span.end, _body_end(answer.spans, start))
        yield Point(point.marker, point.level, Span(start, end)), lead


def _leads(text: str, listed: Sequence[Point]) -> Iterator[str]:
    """Yield what introduces the list that each point is in: headings, and the words before."""
    lists: dict[int, str] = {}
    for point in listed:
        lists = {level: lead for level, lead in lists.items() if level <= point.level}
        if point.level not in lists or _FIRST.match(point.marker):
            before = text[max(0, point.span.start - _TAIL) : point.span.start]
            sentence = re.split(r"[。！\n](?=.)", before.rstrip())[-1]
            above = lists.get(point.level - 1, "") if point.level > 1 else ""
            lists[point.level] = f"{above}\n{sentence}"
        yield lists[point.level]
        heading = text[point.span.start : min(point.span.end, point.span.start + _HEADING)]
        if "\n" in heading:
            lists[point.level] += f"\n{heading.partition(chr(10))[0]}"


def _body_end(spans: Sequence[Span], start: int) -> int:
    return spans[bisect_right(spans, start, key=lambda span: span.start) - 1].end


def _trimmed(text: str, listed: Sequence[Point], at: int) -> Span:
    """Cut a list's last point where what follows the list begins."""
    span, level = listed[at].span, listed[at].level
    if at + 1 < len(listed) and listed[at + 1].level >= level:
        if listed[at + 1].level > level or not _FIRST.match(listed[at + 1].marker):
            return span
    if not at or listed[at - 1].level != level:
        return span
    own, sibling = span.of(text), listed[at - 1].span.of(text)
    end = len(own)
    if onward := _ONWARD.search(own):
        end = onward.start()
    if "。" not in sibling and not sibling.endswith("\n") and "。" in own:
        end = min(end, own.index("。") + 1)
    lines = sibling.strip().count("\n") + 1
    breaks = [match.end() for match in re.finditer(r"\n+", own)]
    if len(breaks) >= lines:
        end = min(end, breaks[lines - 1])
    return Span(span.start, span.start + end)
