"""What a model learns from: rows in several views, and duty phrases as tiny rows.

A clerk meets titles alone, titles with bodies, and bodies whose title was lost; a model
that saw only one of these views misjudges the others, so every row with a body is shown
in all three. Duty words are rows too: they cover subjects that no proposal in the corpus
happened to raise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.classify.features import Text, clean_pair
from nlp.corpus.rows import Row
from nlp.taxonomy import Function

DUTY_WEIGHT = 0.3
"""A duty word counts a third of a real title: it has no sentence around it."""


@dataclass(frozen=True, slots=True)
class Material:
    """Parallel sequences: text i has row i's labels and weight i."""

    texts: tuple[Text, ...]
    rows: tuple[Row, ...]
    weights: npt.NDArray[np.float64]

    def joined(self, other: Material) -> Material:
        """Return both, the other's texts behind."""
        weights = np.concatenate([self.weights, other.weights])
        return Material(self.texts + other.texts, self.rows + other.rows, weights)

    def where(self, mask: npt.NDArray[np.bool_]) -> Material:
        kept = np.flatnonzero(mask)
        return Material(
            tuple(self.texts[i] for i in kept),
            tuple(self.rows[i] for i in kept),
            self.weights[kept],
        )


def views(rows: Sequence[Row]) -> Material:
    """Return every row's views; the weight of a row is shared among its views."""
    texts: list[Text] = []
    owners: list[Row] = []
    weights: list[float] = []
    for row in rows:
        shown = list(_views(clean_pair(row.title, row.body)))
        texts.extend(shown)
        owners.extend([row] * len(shown))
        weights.extend([row.weight / len(shown) ** 0.5] * len(shown))
    return Material(tuple(texts), tuple(owners), np.array(weights))


def _views(text: Text) -> Iterator[Text]:
    yield text
    if text.title and text.body:
        yield Text(text.title)
        yield Text("", text.body)


def whole(rows: Sequence[Row]) -> Material:
    """Return each row once, as it is: the view to measure on."""
    texts = tuple(clean_pair(row.title, row.body) for row in rows)
    return Material(texts, tuple(rows), np.array([row.weight for row in rows]))


def duty_rows(functions: Sequence[Function]) -> list[Row]:
    """Return one row per duty phrase and word, labelled with its function as lead only."""
    rows = []
    for function in functions:
        phrases = dict.fromkeys(p for d in function.duties for p in (d.name, *d.words))
        rows += [
            Row(f"{function.key}-{i}", phrase, lead=function.key, weight=DUTY_WEIGHT)
            for i, phrase in enumerate(phrases)
        ]
    return rows
