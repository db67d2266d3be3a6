"""What a reply comes to: the values that `summarize` gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from nlp.text.figures import Figure
from nlp.text.spans import Span
from nlp.types import EMPTY, Outcome, RowRef

OUTCOME_NAMES = {
    Outcome.SOLVED: "已解决或基本解决",
    Outcome.PLANNED: "列入计划逐步解决",
    Outcome.LIMITED: "受限暂不能解决",
    Outcome.EXPLAINED: "解释说明或留作参考",
}


@dataclass(frozen=True, slots=True)
class Basis:
    """What decided the outcome: a set phrase, a class letter, or the model's reading.

    `text` is the phrase or letter as it stands in the reply; for the model, the clause
    that spoke most for the outcome.
    """

    kind: Literal["phrase", "letter", "model"]
    text: str


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A department that acts in the reply, as written there."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Measure:
    """One point of the answer: what was done, is being done, or comes next."""

    span: Span
    time: Literal["done", "next"]


@dataclass(frozen=True, slots=True)
class Flag:
    """A warning to the supervisor; `code` is stable, `message` Chinese."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Digest:
    """The digest of one reply. All spans are offsets into the reply as given.

    `summary` is the text of `spans`, in their order, joined by punctuation; only with
    `method` "abstractive" are the words a model's own.
    """

    id: str
    title: str = ""
    summary: str = ""
    spans: tuple[Span, ...] = ()
    outcome: Outcome | None = None
    outcome_probability: float = 0.0
    basis: Basis | None = None
    figures: tuple[Figure, ...] = ()
    units: tuple[UnitMention, ...] = ()
    measures: tuple[Measure, ...] = ()
    flags: tuple[Flag, ...] = ()
    method: Literal["extractive", "abstractive"] = "extractive"
    note: str = ""
    model: str = ""
    error: str | None = None
    source: RowRef = field(default=RowRef(""), compare=False)
    given: Mapping[str, str] = field(default_factory=lambda: EMPTY, compare=False)
