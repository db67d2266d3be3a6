"""The frozen values that pass between the rooms; standard library only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class _Empty(Mapping[str, str]):
    """No cells: one value for all, that can't be filled and travels between processes."""

    def __getitem__(self, key: str) -> str:
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return "{}"

    def __reduce__(self) -> str:
        return "EMPTY"


EMPTY: Mapping[str, str] = _Empty()


@dataclass(frozen=True, slots=True)
class RowRef:
    """Where a value came from, so that every result can point back to it.

    `row` is 1-based as a spreadsheet shows it; None for a whole document.
    """

    file: str
    sheet: str | None = None
    row: int | None = None

    def __str__(self) -> str:
        sheet = f" 表“{self.sheet}”" if self.sheet else ""
        row = f" 第{self.row}行" if self.row is not None else ""
        return f"{self.file}{sheet}{row}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal or deputies' suggestion, text as given.

    `given` holds the row's cells under their column heads, so that nothing a user
    handed over is lost on the way to the output.
    """

    id: str
    title: str
    body: str = ""
    source: RowRef = RowRef("")
    given: Mapping[str, str] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Reply:
    """One unit's reply (答复), text as given, and what is known of the proposal it answers."""

    id: str
    text: str
    title: str = ""
    body: str = ""
    source: RowRef = RowRef("")
    given: Mapping[str, str] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that could not be read: a value that keeps its place, not an exception."""

    id: str
    title: str
    message: str
    source: RowRef = RowRef("")
    given: Mapping[str, str] = field(default_factory=lambda: EMPTY)


class Decision(StrEnum):
    """What to do with a suggestion: route it, look at it, or leave it to the office."""

    AUTO = "auto"
    REVIEW = "review"
    ABSTAIN = "abstain"


class Outcome(StrEnum):
    """The result of handling, in the order of the usual class letters A to D."""

    SOLVED = "solved"
    PLANNED = "planned"
    LIMITED = "limited"
    EXPLAINED = "explained"


@dataclass(frozen=True, slots=True)
class TopicScore:
    label: str
    name: str
    probability: float


@dataclass(frozen=True, slots=True)
class UnitScore:
    """One unit of a place; `function` is its most probable function for this text."""

    function: str
    unit: str
    probability: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for the leading suggestion, readable by a clerk."""

    kind: Literal["words", "duty", "precedent", "place"]
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the model says of one proposal; ranked fields are most probable first."""

    id: str
    title: str
    topics: tuple[TopicScore, ...] = ()
    accepted_topics: tuple[str, ...] = ()
    lead: tuple[UnitScore, ...] = ()
    co: tuple[UnitScore, ...] = ()
    decision: Decision = Decision.ABSTAIN
    evidence: tuple[Evidence, ...] = ()
    model: str = ""
    error: str | None = None
    source: RowRef = field(default=RowRef(""), compare=False)
    given: Mapping[str, str] = field(default_factory=lambda: EMPTY, compare=False)
