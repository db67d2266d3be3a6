"""Functions that one unit usually holds are counted as one (telecom into industry_it)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nlp.evaluate.metrics import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Coded:
    """Gold labels as columns; `unknown` counts the ones that have none."""

    codes: Ints
    unknown: dict[str, int]


@dataclass(frozen=True, slots=True)
class Folding:
    """`labels` are what remains; `columns` says which of them each model label falls into."""

    labels: tuple[str, ...]
    columns: tuple[int, ...]
    fold: Mapping[str, str]

    def label(self, function: str) -> str:
        """Return what a function is counted as."""
        return _end(function, self.fold)

    def summed(self, chances: Floats) -> Floats:
        """Add up chances of which exactly one comes true: (rows, functions) to (rows, labels)."""
        result = np.zeros((len(chances), len(self.labels)))
        for source, column in enumerate(self.columns):
            result[:, column] += chances[:, source]
        return result

    def joined(self, chances: Floats) -> Floats:
        """Join independent chances, 1 - product of (1 - p), as routing does for a unit."""
        rest = np.ones((len(chances), len(self.labels)))
        for source, column in enumerate(self.columns):
            rest[:, column] *= 1.0 - chances[:, source]
        return 1.0 - rest

    def coded(self, gold: Sequence[str]) -> Coded:
        """Return each label's column; every unknown one gets a negative code of its own."""
        number = {label: i for i, label in enumerate(self.labels)}
        unknown: dict[str, int] = {}
        codes = []
        for label in map(self.label, gold):
            if label not in number:
                unknown[label] = unknown.get(label, 0) + 1
            codes.append(number[label] if label in number else -1 - list(unknown).index(label))
        return Coded(np.array(codes, np.int64), unknown)

    def table(self, sets: Sequence[Sequence[str]], beyond: Sequence[str] = ()) -> Bools:
        """Return which labels each row has: (rows, labels, then the ones of `beyond`)."""
        number = {label: i for i, label in enumerate((*self.labels, *beyond))}
        result = np.zeros((len(sets), len(number)), bool)
        for row, labels in enumerate(sets):
            for label in map(self.label, labels):
                if label in number:
                    result[row, number[label]] = True
        return result


def folding(keys: Sequence[str], fold: Mapping[str, str]) -> Folding:
    """Build the folding of a model's labels; `fold` comes from `nlp.taxonomy.folds`."""
    ends = [_end(key, fold) for key in keys]
    labels = tuple(dict.fromkeys(ends))
    return Folding(labels, tuple(labels.index(end) for end in ends), fold)


def _end(label: str, fold: Mapping[str, str]) -> str:
    """Follow folds to their end; a circle stops where it would close."""
    seen = {label}
    while (following := fold.get(label, label)) not in seen:
        seen.add(following)
        label = following
    return label
