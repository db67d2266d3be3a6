"""What a yearly bulletin says: figures and cases, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from nlp.text.spans import Span

__all__ = ["Bulletin", "Case", "Cut", "Figure", "Finding", "Genre", "Kind", "Span", "stats_of"]

Kind = Literal["proposal", "suggestion"]
Genre = Literal["handling", "general"]
"""A report on handling, or a general work report of which one paragraph is about it."""
CaseKind = Literal["proposal", "suggestion", "opinion"]

Number = int | float
Stats = dict[str, "Number | str | Stats"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One statistic as the report states it.

    `name` is dotted as in the JSON (`submitted`, `outcomes.solved`, `rates.replied`,
    `topics.industry`); `span` covers the number with its unit, in the cleaned text of the
    report; `sentence` is the whole sentence (or table row) around it.
    """

    name: str
    value: float
    span: Span
    sentence: str


@dataclass(frozen=True, slots=True)
class Case:
    """One proposal that the report names.

    `outcome` is a key of `nlp.types.Outcome`, given by the section only; `points` counts the
    enumerated measures of `reply`, None for a proposal that is only mentioned. `span` covers
    the title. `topic_source` tells who gave the topics: the report's section, the model, "".
    """

    title: str
    proposer: str | None
    topics: tuple[str, ...]
    units: tuple[str, ...]
    outcome: str | None
    reply: str
    points: int | None
    span: Span
    kind: CaseKind = "proposal"
    reply_span: Span | None = None
    topic_source: Literal["section", "model", ""] = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of the file that was not read, with its first words and the reason, in Chinese."""

    reason: str
    head: str
    characters: int


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A report as read.

    `text` is the cleaned text of the report proper; all spans are offsets into it. `figures`
    has one figure a name, the first stated; `contradictions` has later ones that state another
    value. `as_of` is an ISO date.
    """

    kind: Kind
    genre: Genre
    title: str
    place: str
    figures: tuple[Figure, ...]
    as_of: str | None
    cases: tuple[Case, ...]
    text: str
    as_of_span: Span | None = None
    contradictions: tuple[Figure, ...] = ()
    cuts: tuple[Cut, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def stats(self) -> Stats:
        """The figures as the nested mapping of the JSON contract."""
        found = stats_of(self.figures)
        if self.as_of:
            found["as_of"] = self.as_of
        return found

    def figure(self, name: str) -> Figure | None:
        """Return the figure of a dotted name, None where the report does not state it."""
        return next((each for each in self.figures if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a report's arithmetic, in Chinese, with the sentence and the sum."""

    code: str
    message: str
    sentence: str
    arithmetic: str


def stats_of(figures: Iterable[Figure]) -> Stats:
    """Nest figures by the dots of their names; whole numbers come out as int."""
    found: Stats = {}
    for figure in figures:
        *groups, last = figure.name.split(".")
        at = found
        for group in groups:
            inner = at.setdefault(group, {})
            assert isinstance(inner, dict)
            at = inner
        at[last] = int(figure.value) if float(figure.value).is_integer() else figure.value
    return found
