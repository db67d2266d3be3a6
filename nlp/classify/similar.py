"""Precedents: how an office routed like proposals before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.classify.features import Text, encode_texts

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nlp.encode import Encoder

FLOOR = 0.25
"""Cosines below this say nothing: any two titles share frames such as 关于…的建议."""
WORTH_CITING = 0.4
"""From this cosine on a precedent is shown as a reason."""


@dataclass(frozen=True, slots=True)
class Precedent:
    """A proposal of the past, the function that led it and, if known, the unit's name."""

    title: str
    function: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Precedents:
    """An office's history, encoded; `matrix` is (precedents, features)."""

    items: tuple[Precedent, ...]
    matrix: csr_array
    owners: npt.NDArray[np.int64]

    def similarities(self, queries: csr_array) -> npt.NDArray[np.float64]:
        """Return cosines (queries, precedents)."""
        return np.asarray((queries @ self.matrix.T).todense(), np.float64)

    def scores(
        self, similarities: npt.NDArray[np.float64], functions: int
    ) -> npt.NDArray[np.float64]:
        """Return (queries, functions): how far the nearest precedent of each is above FLOOR."""
        result = np.zeros((len(similarities), functions))
        for function in np.unique(self.owners):
            nearest = similarities[:, self.owners == function].max(axis=1)
            result[:, function] = np.maximum(nearest - FLOOR, 0.0)
        return result


def build_precedents(
    items: Sequence[Precedent], encoder: Encoder, functions: Sequence[str]
) -> Precedents | None:
    """Encode a history; precedents of functions the model doesn't know are left out.

    Returns None when nothing is left.
    """
    number = {key: i for i, key in enumerate(functions)}
    kept = tuple(p for p in items if p.function in number)
    if not kept:
        return None
    matrix = encode_texts(encoder, [Text(p.title) for p in kept])
    return Precedents(kept, matrix, np.array([number[p.function] for p in kept]))
