"""What annotations say of each clause: how much of it a digest must keep."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from nlp.corpus.replies import ReplyRow
from nlp.summarize.reading import Reading
from nlp.text.clean import clean_text
from nlp.text.pairs import pairs

FACT, SPAN = 0.7, 0.3
"""What holding a fact and lying in a key span count for."""


def clause_targets(row: ReplyRow, reading: Reading) -> npt.NDArray[np.float64]:
    """Return one number between 0 and 1 a clause.

    A string that proves a fact may stand in several clauses; the one that also lies in a key
    span and resembles the reference digest is meant.
    """
    inside = _in_key_spans(row, reading)
    alike = inside + _resemblance(row.summary or "", reading)
    holds = np.zeros(len(reading.clauses))
    for fact in row.facts or ():
        for proof in map(clean_text, fact.must_match):
            hits = [at for at, words in enumerate(reading.words) if proof in words]
            if hits:
                holds[max(hits, key=lambda at: alike[at])] = 1.0
    return FACT * holds + SPAN * inside


def _in_key_spans(row: ReplyRow, reading: Reading) -> npt.NDArray[np.float64]:
    """Return the share of each clause's characters that key spans cover."""
    covered = np.zeros(len(reading.text) + 1)
    for span in map(clean_text, row.key_spans or ()):
        start = reading.text.find(span)
        if start >= 0:
            covered[start : start + len(span)] = 1.0
    shares = [covered[c.span.start : c.span.end].mean() for c in reading.clauses]
    return np.array(shares, np.float64)


def _resemblance(summary: str, reading: Reading) -> npt.NDArray[np.float64]:
    """Return the share of each clause's character pairs that the reference digest has."""
    known = pairs(summary)
    shares = [len(own & known) / max(1, len(own)) for own in map(pairs, reading.words)]
    return np.array(shares, np.float64)
