"""A number of the draft together with the rows that it was counted from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from nlp.bulletin.draft.year import Item
from nlp.bulletin.names import is_share, statistic_name

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Fact:
    """A statistic by its dotted name (as `nlp.bulletin.types.Figure` has it), and its proof.

    `items` are the rows counted, `base` the number they are a share of; `how` tells the rule
    in Chinese. A value may be a text (a date, a title).
    """

    name: str
    label: str
    value: float | str
    items: tuple[Item, ...]
    how: str
    base: int | None = None

    @property
    def text(self) -> str:
        """Write the value as reports do: 387, 93.6%, 100%."""
        if isinstance(self.value, str):
            return self.value
        return f"{self.value:g}%" if is_share(self.name) else f"{self.value:.0f}"


def count(name: str, items: Sequence[Item], how: str, *, label: str = "") -> Fact:
    return Fact(name, label or statistic_name(name), len(items), tuple(items), how)


def share(name: str, part: Sequence[Item], base: int, how: str, *, label: str = "") -> Fact:
    """Return a percentage, rounded to one place; shares are never made to total 100."""
    return Fact(
        name, label or statistic_name(name), percentage(len(part), base), tuple(part), how, base
    )


def percentage(part: int, base: int) -> float:
    exact = Decimal(part) * 100 / Decimal(base)
    return float(exact.quantize(TENTH, ROUND_HALF_UP))
