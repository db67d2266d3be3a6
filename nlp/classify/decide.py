"""Decisions: route alone, ask a person, or say "unlike anything I know".

`auto` is given where past rows of the same confidence were right often enough: the
threshold for a wanted precision is read off held-out rows with a lower confidence bound
(selective classification, Geifman & El-Yaniv 2017, arXiv 1705.08500), not off the
probability itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.errors import UsageError
from nlp.heads.calibrate import sigmoid
from nlp.heads.linear import LinearHead
from nlp.types import Decision

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nlp.classify.features import Text

Z = 1.96
"""One-sided 97.5 % bound of the normal distribution. Rows of one place resemble each other, so
rows count for less than their number: over random halves of the dev places, a threshold read
off one half with the usual 95 % bound kept its precision on the other in 81 of 100 draws."""
NEVER = 1.01
SAMPLE = 2000
"""How many characters are looked at to tell the script."""

LAST_SPACE = 0x3000
"""No white space of Unicode lies behind the ideographic one."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Of the held-out rows at or above `confidence`, `right` of `rows` were right."""

    confidence: float
    rows: int
    right: int

    @property
    def lower_bound(self) -> float:
        """Wilson's lower bound of the precision."""
        share, n = self.right / self.rows, self.rows
        centre = share + Z**2 / (2 * n)
        spread = Z * sqrt(share * (1 - share) / n + Z**2 / (4 * n * n))
        return (centre - spread) / (1 + Z**2 / n)


def risk_curve(
    confidence: npt.NDArray[np.float64], correct: npt.NDArray[np.bool_], points: int = 60
) -> tuple[CurvePoint, ...]:
    """Summarise held-out rows as at most `points` steps, from sure to unsure."""
    if not len(confidence):
        return ()
    confidence = np.round(confidence, 4)  # as it is shown and compared later
    order = np.argsort(-confidence, kind="stable")
    falling, right = confidence[order], np.cumsum(correct[order])
    steps = np.unique(np.linspace(0, len(order) - 1, points + 1).astype(int)[1:])
    # a threshold takes in all rows of equal confidence, so a step ends where their run ends
    ends = np.unique(np.searchsorted(-falling, -falling[steps], side="right") - 1)
    return tuple(CurvePoint(float(falling[i]), int(i + 1), int(right[i])) for i in ends)


def threshold_for(curve: Sequence[CurvePoint], precision: float) -> float:
    """Return the lowest confidence from which on the bound keeps the wanted precision."""
    reached = NEVER
    for point in curve:
        if point.lower_bound >= precision:
            reached = point.confidence
    return reached


@dataclass(frozen=True)
class Detector:
    """Tells proposals from other texts: recipes, code, foreign languages, noise.

    A text is known if the head's chance reaches `threshold` and at least `coverage` of
    its characters are ones that proposals use.
    """

    head: LinearHead
    threshold: float
    coverage: float
    charset: frozenset[str]

    @cached_property
    def _table(self) -> npt.NDArray[np.bool_]:
        return _table_of(self.charset)

    def known(self, matrix: csr_array, texts: Sequence[Text]) -> npt.NDArray[np.bool_]:
        chances = sigmoid(self.head.decision(matrix)[:, 0])
        shares = self.known_shares([text.whole for text in texts])
        return np.asarray((chances >= self.threshold) & (shares >= self.coverage))

    def known_shares(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return each text's share of Chinese characters of the charset among all but white space.

        Long texts are judged by their beginning; one without any character has 0.
        """
        # a space ends every text, so that sums over runs work for an empty one too
        openings = [f"{text[:SAMPLE]} " for text in texts]
        joined = "".join(openings).encode("utf-32-le", "surrogatepass")
        points = np.frombuffer(joined, "<u4")
        starts = np.cumsum([0, *map(len, openings)])[:-1]
        if not len(starts):
            return np.zeros(0)
        known = np.add.reduceat(self._table[points], starts, dtype=np.int64)
        written = np.add.reduceat(~_white_space()[points], starts, dtype=np.int64)
        return np.asarray(known / np.maximum(written, 1), np.float64)


@cache
def _white_space() -> npt.NDArray[np.bool_]:
    return _table_of(filter(str.isspace, map(chr, range(LAST_SPACE + 1))))


def _table_of(characters: Iterable[str]) -> npt.NDArray[np.bool_]:
    """Return a table from code point to whether it is one of the characters."""
    table = np.zeros(0x110000, bool)
    table[[ord(character) for character in characters]] = True
    return table


def check_precision(precision: float) -> None:
    """Raise UsageError for a wanted precision that means nothing."""
    if not 0.5 <= precision < 1.0:
        raise UsageError(
            f"--precision 是 {precision:g}，应在 0.5 到 1 之间（不含 1）。",
            "例如 --precision 0.95。",
        )


def decide(confidence: float, threshold: float, *, known: bool) -> Decision:
    if not known:
        return Decision.ABSTAIN
    return Decision.AUTO if confidence >= threshold else Decision.REVIEW
