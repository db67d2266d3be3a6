"""Reasons that a clerk understands: words of the text, duties, precedents, places named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.classify.duties import DutyHit, strongest, word_weight
from nlp.classify.features import Text
from nlp.heads.linear import LinearHead
from nlp.types import Evidence

if TYPE_CHECKING:
    from nlp.encode import Encoder
    from nlp.places import Directory

WORDS = 3
"""How many phrases of the text are shown at most."""
WEAKEST = 0.35
"""A phrase with less than this share of the strongest one's weight explains nothing."""


@dataclass(frozen=True, slots=True)
class Features:
    """One text's row of the matrix: columns and values."""

    columns: npt.NDArray[np.int32]
    values: npt.NDArray[np.float32]


def word_evidence(
    features: Features, head: LinearHead, label: int, encoder: Encoder, text: Text
) -> list[Evidence]:
    """Return the phrases that speak most for a label against the average of all labels.

    Overlapping n-grams are joined to the phrase in which they stand in the text.
    """
    gains = features.values * head.contrast(features.columns, label)
    speaking = np.flatnonzero(gains > 0)
    order = speaking[(-gains[speaking]).argsort(kind="stable")]
    pairs = zip(features.columns[order].tolist(), gains[order].tolist(), strict=True)
    named = ((gram, w) for column, w in pairs if (gram := encoder.feature(column)))
    strong = list(islice(named, WORDS * 4))
    phrases = join_grams([(g, w) for g, w in strong if len(g) > 1], text.whole)
    floor = phrases[0][1] * WEAKEST if phrases else 0.0
    shown = [(phrase, weight) for phrase, weight in phrases[:WORDS] if weight >= floor]
    return [Evidence("words", f"用词：“{phrase}”", round(w, 3)) for phrase, w in shown]


def join_grams(grams: Sequence[tuple[str, float]], text: str) -> list[tuple[str, float]]:
    """Join n-grams that overlap in the text, in its own spelling; weights add up."""
    folded = text.lower()
    if len(folded) != len(text):  # İ and its like: offsets would drift
        folded = text
    spans = sorted(
        (at, at + len(gram), weight) for gram, weight in grams if (at := folded.find(gram)) >= 0
    )
    joined: list[tuple[int, int, float]] = []
    for start, end, weight in spans:
        if joined and start < joined[-1][1]:
            first, last, total = joined[-1]
            joined[-1] = (first, max(last, end), total + weight)
        else:
            joined.append((start, end, weight))
    phrases: dict[str, float] = {}
    for start, end, weight in joined:
        phrases[text[start:end]] = phrases.get(text[start:end], 0.0) + weight
    return sorted(phrases.items(), key=lambda item: -item[1])


def duty_evidence(hits: Sequence[DutyHit], functions: Sequence[int]) -> list[Evidence]:
    """Return the strongest duty that was hit for each function of the unit."""
    found = [hit for f in functions if (hit := strongest(hits, f))]
    return [
        Evidence("duty", f"职责：{h.duty} ← 文中“{h.word}”", round(word_weight(h.word), 3))
        for h in found
    ]


def place_evidence(directory: Directory, unit: str, text: Text) -> list[Evidence]:
    """Return a line if the text itself names the suggested unit."""
    named = unit in directory.mentioned(text.whole)
    return [Evidence("place", f"文中点名“{unit}”", 1.0)] if named else []


def precedent_evidence(title: str, unit: str, similarity: float) -> Evidence:
    text = f"先例：《{title}》由{unit}办理（相似度 {similarity:.2f}）"
    return Evidence("precedent", text, round(similarity, 3))
