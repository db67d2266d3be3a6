"""Numbers as people and programs read them: a line each with its meaning, and JSON values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nlp.evaluate.bootstrap import Estimate

DIGITS = 4
NONE = "—"


@dataclass(frozen=True, slots=True)
class Line:
    """One number with its name, what it means to a clerk, and its 95 % interval if it has one."""

    name: str
    value: str
    meaning: str
    interval: str = ""


def percent(value: float | None) -> str:
    """Write a share as 93.1%, or a dash where there was nothing to count."""
    return NONE if value is None else f"{value * 100:.1f}%"


def spread(found: Estimate | None, write: Callable[[float | None], str]) -> str:
    """Write an interval as its ends, or nothing where there is none."""
    return f"{write(found.low)}–{write(found.high)}" if found else ""


def number(value: float | None) -> str:
    """Write a measure with three decimals, or a dash."""
    return NONE if value is None else f"{value:.3f}"


def rounded(value: Any) -> Any:  # noqa: ANN401 - a JSON value
    """Round numbers and turn tuples into lists, all the way down."""
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(each) for each in value]
    return round(value, DIGITS) if isinstance(value, float) else value
