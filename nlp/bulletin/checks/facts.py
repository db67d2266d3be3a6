"""A bulletin's figures with their sentences, and the numbers that no figure accounts for."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from nlp.bulletin.checks.rounding import printed_decimals
from nlp.bulletin.document import CELL
from nlp.bulletin.names import statistic_name
from nlp.bulletin.numbers import numbers, read_cell
from nlp.bulletin.types import Bulletin, Figure, Span
from nlp.text.split import sentences

TOTALS = {
    "submitted": "收到数",
    "filed": "立案数",
    "after_merging": "并案后件数",
    "handled": "办理数",
    "closed": "办结数",
    "replied": "答复数",
}
"""Figures that parts may add up to, the first received."""
_WIDER = re.compile(r"other\.(?:(key_outcome|outcome|key_share|share|key_rate|rate)_)?(.+)")
_ITEMS = "件条篇份项伴仵"
_BREAK = re.compile(r"[，。；：（(]")
_WITHIN = re.compile("其中|包含|包括|含|内有")
_ROUGH = re.compile(r"(?:约|近|超|逾|不到)[过为达占]?(?:[^，。；\d]{0,6}的)?$")


@dataclass(frozen=True, slots=True)
class Number:
    """A count of items, or a percentage, in the cleaned text."""

    value: float
    span: Span
    percent: bool


class Facts:
    """What the rules ask of a bulletin."""

    def __init__(self, bulletin: Bulletin) -> None:
        self.text = bulletin.text
        self.title = bulletin.title
        self.matter = "提案" if bulletin.kind == "proposal" else "建议"
        self.figures = [_wider(each) for each in bulletin.figures]
        self.contradictions = [_wider(each) for each in bulletin.contradictions]

    def figure(self, name: str) -> Figure | None:
        return self._first.get(name)

    def stated(self, name: str) -> list[Figure]:
        """Return all statements of a figure, the first one first."""
        return self._stated.get(name, [])

    def group(self, prefix: str) -> list[Figure]:
        """Return the figures of a group (`outcomes`), in the order of the text."""
        found = [each for each in self.figures if each.name.startswith(f"{prefix}.")]
        return sorted(found, key=lambda each: each.span.start)

    def sentence(self, at: int) -> Span:
        """Return the sentence, or the row of a table, around a position."""
        return self._sentences[max(0, bisect.bisect_right(self._starts, at) - 1)]

    def before(self, sentence: Span) -> Span | None:
        """Return the sentence before one, None at the start of a paragraph."""
        at = bisect.bisect_left(self._starts, sentence.start) - 1
        if at < 0 or "\n" in self._sentences[at].of(self.text):
            return None
        return self._sentences[at]

    def clause(self, figure: Figure) -> str:
        """Return the words between the last mark and a figure."""
        lead = self.text[self.sentence(figure.span.start).start : figure.span.start]
        return _BREAK.split(lead)[-1]

    def within(self, figure: Figure) -> bool:
        """Tell whether a figure is said to be part of the one before it."""
        return bool(_WITHIN.search(self.clause(figure)))

    def printed(self, figure: Figure) -> str:
        return figure.span.of(self.text).strip()

    def decimals(self, figure: Figure) -> int:
        return printed_decimals(self.printed(figure))

    def slack(self, shares: Iterable[Figure]) -> float:
        """Return how far truncation can take the total of some shares from 100, in percent."""
        return sum(0.1 ** self.decimals(each) for each in shares) + 1e-9

    def rough(self, figure: Figure) -> bool:
        return bool(_ROUGH.search(self.text[max(0, figure.span.start - 10) : figure.span.start]))

    def numbers_in(self, span: Span) -> list[Number]:
        at = bisect.bisect_left(self._number_starts, span.start)
        end = bisect.bisect_left(self._number_starts, span.end)
        return self.numbers[at:end]

    def unread(self, spans: Iterable[Span]) -> list[Number]:
        """Return the numbers of some sentences that are no figures."""
        found = {each.span.start: each for span in spans for each in self.numbers_in(span)}
        return [each for start, each in sorted(found.items()) if start not in self._read]

    def rows_around(self, parts: Sequence[Figure]) -> list[Span]:
        """Return the sentences of figures, with the whole table where they stand in one."""
        spans = {self.sentence(each.span.start) for each in parts}
        for span in list(spans):
            if CELL in span.of(self.text):
                spans |= set(self._table(span))
        return sorted(spans)

    def states(self, value: float) -> bool:
        """Tell whether the text counts so many items anywhere."""
        return any(not each.percent and each.value == value for each in self.numbers)

    @cached_property
    def numbers(self) -> list[Number]:
        """All counts of items and percentages of the text, in order."""
        found: list[Number] = []
        for sentence in self._sentences:
            words = sentence.of(self.text)
            if CELL in words:
                found += _cells(words, sentence.start)
                continue
            for token in numbers(words):
                if token.kind == "percent" or token.unit in _ITEMS:
                    span = Span(sentence.start + token.span.start, sentence.start + token.span.end)
                    found.append(Number(token.value, span, token.kind == "percent"))
        return found

    def _table(self, row: Span) -> list[Span]:
        at = bisect.bisect_left(self._starts, row.start)
        low = high = at
        while low and CELL in self._sentences[low - 1].of(self.text):
            low -= 1
        while high + 1 < len(self._starts) and CELL in self._sentences[high + 1].of(self.text):
            high += 1
        return self._sentences[low : high + 1]

    @cached_property
    def _first(self) -> dict[str, Figure]:
        return {each.name: each for each in reversed(self.figures)}

    @cached_property
    def _stated(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = {}
        for each in (*self.figures, *self.contradictions):
            found.setdefault(each.name, []).append(each)
        return found

    @cached_property
    def _number_starts(self) -> list[int]:
        return [each.span.start for each in self.numbers]

    @cached_property
    def _read(self) -> set[int]:
        figures = (*self.figures, *self.contradictions)
        return {
            number.span.start
            for each in figures
            for number in self.numbers_in(Span(each.span.start - 1, each.span.end))
        }

    @cached_property
    def _sentences(self) -> list[Span]:
        return sentences(self.text) or [Span(0, 0)]

    @cached_property
    def _starts(self) -> list[int]:
        return [each.start for each in self._sentences]


def chinese(name: str) -> str:
    """Return a figure's name for a message, without the group that it stands in."""
    return TOTALS.get(name) or statistic_name(name).rpartition("：")[2]


def _wider(figure: Figure) -> Figure:
    """Name what the contract has no name for like its kin: other.outcome_solving."""
    found = _WIDER.fullmatch(figure.name)
    if found is None:
        return figure
    return replace(figure, name=f"{found[1]}s.{found[2]}" if found[1] else found[2])


def _cells(row: str, start: int) -> list[Number]:
    """Read a row's cells; a bare number is a count of items unless it numbers the row."""
    found: list[Number] = []
    for at, cell in enumerate(row.rstrip("\n").split(CELL)):
        token = read_cell(cell)
        if token and (at or token.unit):
            lead = len(cell) - len(cell.lstrip())
            span = Span(start + lead, start + len(cell.rstrip()))
            found.append(Number(token.value, span, token.kind == "percent"))
        start += len(cell) + 1
    return found
