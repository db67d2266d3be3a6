"""From functions to the units of one place, a whole chunk of texts at once.

Only towns, parks and districts depend on what a text names; everything else is settled
when the directory is opened, and chances are summed by one matrix product.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.classify.products import row_product
from nlp.types import UnitScore

if TYPE_CHECKING:
    from nlp.places import Directory
    from nlp.taxonomy import Function

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
TOP = 5
"""How many units a suggestion names at most."""
LEVEL = re.compile("^[省市县区](?:委(?!员))?")
NAMED_IN_TEXT = ("township", "park_committee", "district_government")


def open_directory(spec: str | Path, functions: Sequence[str]) -> Directory:
    """Load a directory for a model that may know fewer or other functions than the shipped ones.

    Raises InputError or DataError for an unknown or faulty directory.
    """
    from nlp.places import load_directory
    from nlp.taxonomy import shipped_function_keys

    return load_directory(spec, tuple(dict.fromkeys((*functions, *shipped_function_keys()))))


class Dispatch:
    """The units of a directory for a model's functions; every unit is a column.

    `settled[column]` is False for the default unit where it stands in for functions that
    no unit holds: whom they go to is for a person to say, however sure the model is.
    """

    def __init__(self, directory: Directory, functions: Sequence[Function]) -> None:
        self.directory = directory
        self.keys = tuple(f.key for f in functions)
        owners = [self._unit_of(f) for f in functions]
        self.units = tuple(dict.fromkeys(owners))
        self.column = np.array([self.units.index(unit) for unit in owners])
        held = [self._held(f) for f in functions]
        self.settled = [
            all(held[i] for i in np.flatnonzero(self.column == c)) for c in range(len(self.units))
        ]
        self._members = [np.flatnonzero(self.column == i) for i in range(len(self.units))]
        self._by_text = [self._named_in_text(i) for i in range(len(self.keys))]

    def _held(self, function: Function) -> bool:
        return (
            self.directory.holds(function.key)
            or function.is_unit
            or (function.fold is not None and self.directory.holds(function.fold))
        )

    def _named_in_text(self, function: int) -> bool:
        """Tell whether it is the text that names a function's unit."""
        key = self.keys[function]
        alone = len(self._members[self.column[function]]) == 1
        return key in NAMED_IN_TEXT and (alone or not self.directory.holds(key))

    def _unit_of(self, function: Function) -> str:
        """Return the unit that holds a function here, or the one it folds into."""
        if function.is_unit and not self.directory.holds(function.key):
            return function.name
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
        return row_product(leads, self._matrix)

    def joined(self, cos: Floats) -> Floats:
        """Return chances to co-handle (texts, units): functions are taken as independent."""
        against = np.log1p(-np.minimum(cos, 1 - 1e-9))
        return np.asarray(1.0 - np.exp(row_product(against, self._matrix)), np.float64)

    def functions_of(self, column: int) -> list[int]:
        """Return the numbers of the functions that a unit holds."""
        return [int(i) for i in self._members[column]]

    def name(self, column: int, function: int, text: str) -> str:
        """Return a unit's name; of towns, parks and districts the one that the text names.

        `function` is the one of the unit's functions that the name is wanted for.
        """
        if self._by_text[function]:
            return self.directory.unit_of(self.keys[function], text)
        return self.units[column]

    @cached_property
    def _cores(self) -> dict[str, tuple[str, ...]]:
        """The written forms of every department, without the level before them."""
        return {
            unit.name: tuple({LEVEL.sub("", form) for form in (unit.name, *unit.short)})
            for unit in self.directory.units
        }

    def may_be_named(self, unit: str, text: str) -> bool:
        """Tell cheaply whether it is worth asking the directory if a text names a unit."""
        cores = self._cores.get(unit)
        return cores is None or any(core in text for core in cores)

    def owner(self, function: str, text: str) -> str | None:
        """Return the unit that holds a function, None for one the model lacks."""
        if function not in self.keys:
            return None
        number = self.keys.index(function)
        return self.name(int(self.column[number]), number, text)

    def ranked(self, row: Floats, chances: Floats, text: str) -> tuple[UnitScore, ...]:
        """Return the TOP units of one text: `row` by unit, `chances` by function."""
        return self.ranked_all(row[None], chances[None], [text])[0]

    def ranked_all(
        self, rows: Floats, chances: Floats, texts: Sequence[str]
    ) -> list[tuple[UnitScore, ...]]:
        """Return the same for every text of a chunk: `rows` (texts, units)."""
        best = np.argsort(-rows, axis=1, kind="stable")[:, :TOP]
        values = np.take_along_axis(rows, best, axis=1).tolist()
        leading = np.take_along_axis(self._leading(chances), best, axis=1).tolist()
        found = zip(best.tolist(), leading, values, texts, strict=True)
        return [
            tuple(self._score(c, f, value, text) for c, f, value in zip(*each, strict=True))
            for *each, text in found
        ]

    def accepted(
        self, row: Floats, chances: Floats, text: str, *, threshold: float, without: int
    ) -> tuple[UnitScore, ...]:
        """Return at most TOP units at or above a threshold, without the column `without`."""
        alone = np.array([without])
        return self.accepted_all(
            row[None], chances[None], [text], threshold=threshold, without=alone
        )[0]

    def accepted_all(
        self,
        rows: Floats,
        chances: Floats,
        texts: Sequence[str],
        *,
        threshold: float,
        without: Ints,
    ) -> list[tuple[UnitScore, ...]]:
        """Return the same for every text of a chunk, each without a column of its own."""
        row, column = np.nonzero(rows >= threshold)
        others = column != without[row]
        row, column = row[others], column[others]
        order = np.lexsort((-rows[row, column], row))  # of equal ones the first column first
        row, column = row[order], column[order]
        leading = self._leading(chances)[row, column].tolist()
        found: list[list[UnitScore]] = [[] for _ in texts]
        values = rows[row, column].tolist()
        for r, c, f, value in zip(row.tolist(), column.tolist(), leading, values, strict=True):
            if len(found[r]) < TOP:
                found[r].append(self._score(c, f, value, texts[r]))
        return [tuple(each) for each in found]

    def _leading(self, chances: Floats) -> Ints:
        """Return the most probable function of every unit (texts, units)."""
        found = np.tile(np.array([m[0] for m in self._members]), (len(chances), 1))
        for column, members in enumerate(self._members):
            if len(members) > 1:  # most units hold one function
                found[:, column] = members[chances[:, members].argmax(axis=1)]
        return found

    def _score(self, column: int, function: int, chance: float, text: str) -> UnitScore:
        return UnitScore(self.keys[function], self.name(column, function, text), round(chance, 4))
