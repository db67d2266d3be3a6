"""How much each clause of a reply is worth to a digest: learned from annotated replies.

Two stages. A linear head over character n-grams reads the clause's words; boosted trees
then weigh that reading, its neighbours', the clause's role, and what is known of its place,
figures and set phrases (`features.py`). Supervised sentence extraction after Kupiec et al.
1995, with clauses for sentences: at 120 characters whole sentences waste the room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.heads.linear import LinearHead
from nlp.heads.trees import Trees
from nlp.summarize.features import NAMES
from nlp.summarize.reading import Reading, cut
from nlp.summarize.roles import ROLES

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = npt.NDArray[np.float32]
CONTEXT = 6
"""Columns that `in_context` adds: the word reading, before, behind, rank, contrast, sentence."""
COLUMNS = len(NAMES) + len(ROLES) + CONTEXT


@dataclass(frozen=True)
class ClauseScorer:
    """A fitted scorer; `words` has the single label “value”."""

    words: LinearHead
    trees: Trees

    def score(
        self, words: csr_array, readings: Sequence[Reading], roles: Sequence[Floats]
    ) -> list[Floats]:
        """Return for each reply the value of each clause, about 0 (padding) to 1 (a key fact).

        :param words: the encoded clauses of all readings, one row each.
        :param roles: for each reply, (clauses, ROLES).
        """
        if not words.shape[0]:
            return [np.zeros(0, np.float32) for _ in readings]
        read = self.words.decision(words)[:, 0]
        return cut(self.trees.predict(describe_all(readings, roles, read)), readings)


def describe_all(readings: Sequence[Reading], roles: Sequence[Floats], read: Floats) -> Floats:
    """Return what the trees see: (clauses of all replies, COLUMNS).

    :param read: the word reading of each clause, one after another.
    """
    parts = zip(cut(read, readings), readings, strict=True)
    columns = (
        np.concatenate([reading.rows for reading in readings]),
        np.concatenate(list(roles)),
        np.concatenate([_in_context(own, each) for own, each in parts]),
    )
    return np.hstack(columns)


def _in_context(read: Floats, reading: Reading) -> Floats:
    """Set each clause's word reading beside its neighbours', (clauses, CONTEXT)."""
    size = len(read)
    if not size:
        return np.zeros((0, CONTEXT), np.float32)
    padded = np.concatenate([[0.0], read, [0.0]])
    rank = np.argsort(np.argsort(-read, kind="stable"), kind="stable") / size
    sentence = np.array([clause.sentence for clause in reading.clauses])
    mean = np.bincount(sentence, read) / np.maximum(1, np.bincount(sentence))
    columns = (read, padded[:-2], padded[2:], rank, read - read.mean(), mean[sentence])
    return np.stack(columns, axis=1).astype(np.float32)
