"""ROUGE over Chinese characters (Lin 2004), as F1.

The usual package splits at everything that is not a Latin letter or digit, so that two
identical Chinese texts score 0.0; here every character but white space is a token.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rouge:
    """F1 of single characters, of pairs, and of the longest common subsequence; 0 to 1."""

    one: float
    two: float
    lcs: float


def rouge(reference: str, candidate: str) -> Rouge:
    """Compare a digest with a reference; white space is ignored.

    Equal texts score 1.0 throughout, even where they are too short to hold a pair; a text
    without characters scores 0.0 against any other.
    """
    from rapidfuzz.distance import LCSseq

    gold, said = squeeze(reference), squeeze(candidate)
    if gold == said:
        return Rouge(1.0, 1.0, 1.0)
    common = LCSseq.similarity(gold, said)
    return Rouge(
        one=_overlap(Counter(gold), Counter(said)),
        two=_overlap(_pairs(gold), _pairs(said)),
        lcs=_f1(common, len(gold), len(said)),
    )


def squeeze(text: str) -> str:
    """Drop all white space."""
    return "".join(text.split())


def _pairs(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


def _overlap(gold: Counter[str], said: Counter[str]) -> float:
    return _f1((gold & said).total(), gold.total(), said.total())


def _f1(common: int, gold: int, said: int) -> float:
    return 2 * common / (gold + said) if gold + said else 0.0
