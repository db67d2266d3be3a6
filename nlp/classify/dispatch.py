"""From functions to the units of one place, a whole chunk of texts at once.

Only towns, parks and districts depend on what a text names; everything else is settled
when the directory is opened, and chances are summed by one matrix product.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.types import UnitScore

if TYPE_CHECKING:
    from nlp.places import Directory
    from nlp.taxonomy import Function

Floats = npt.NDArray[np.float64]
TOP = 5
"""How many units a suggestion names at most."""
NAMED_IN_TEXT = ("township", "park_committee", "district_government")


class Dispatch:
    """The units of a directory for a model's functions; every unit is a column."""

    def __init__(self, directory: Directory, functions: Sequence[Function]) -> None:
        self.directory = directory
        self.keys = tuple(f.key for f in functions)
        owners = [self._unit_of(f) for f in functions]
        self.units = tuple(dict.fromkeys(owners))
        self.column = np.array([self.units.index(unit) for unit in owners])
        self._members = [np.flatnonzero(self.column == i) for i in range(len(self.units))]

    def _unit_of(self, function: Function) -> str:
        """Return the unit that holds a function here, or the one it folds into."""
        if function.fold and not self.directory.holds(function.key):
            return self.directory.unit_of(function.fold)
        return self.directory.unit_of(function.key)

    @cached_property
    def _matrix(self) -> Floats:
        matrix = np.zeros((len(self.keys), len(self.units)))
        matrix[np.arange(len(self.keys)), self.column] = 1.0
        return matrix

    def summed(self, leads: Floats) -> Floats:
        """Return chances to lead (texts, units): functions of one unit are summed."""
        result: Floats = leads @ self._matrix
        return result

    def joined(self, cos: Floats) -> Floats:
        """Return chances to co-handle (texts, units): functions are taken as independent."""
        result: Floats = 1.0 - np.exp(np.log1p(-np.minimum(cos, 1 - 1e-9)) @ self._matrix)
        return result

    def functions_of(self, column: int) -> list[int]:
        """Return the numbers of the functions that a unit holds."""
        return [int(i) for i in self._members[column]]

    def name(self, column: int, text: str) -> str:
        """Return a unit's name; of towns, parks and districts the one that the text names."""
        members = self._members[column]
        if len(members) == 1 and (key := self.keys[members[0]]) in NAMED_IN_TEXT:
            return self.directory.unit_of(key, text)
        return self.units[column]

    def owner(self, function: str, text: str) -> str | None:
        """Return the unit that holds a function, None for one the model lacks."""
        if function not in self.keys:
            return None
        return self.name(int(self.column[self.keys.index(function)]), text)

    def ranked(self, row: Floats, chances: Floats, text: str) -> tuple[UnitScore, ...]:
        """Return the TOP units of one text: `row` by unit, `chances` by function."""
        best = np.argsort(-row, kind="stable")[:TOP]
        return tuple(self._score(int(c), row, chances, text) for c in best)

    def accepted(
        self, row: Floats, chances: Floats, text: str, *, threshold: float, without: int
    ) -> tuple[UnitScore, ...]:
        """Return at most TOP units at or above a threshold, without the column `without`."""
        found = [c for c in np.flatnonzero(row >= threshold) if c != without]
        found.sort(key=lambda c: -row[c])
        return tuple(self._score(int(c), row, chances, text) for c in found[:TOP])

    def _score(self, column: int, row: Floats, chances: Floats, text: str) -> UnitScore:
        members = self._members[column]
        leading = self.keys[members[np.argmax(chances[members])]]
        return UnitScore(leading, self.name(column, text), round(float(row[column]), 4))
