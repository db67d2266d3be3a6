"""What each clause of a reply does for the matter: an act done, a step to come, a refusal.

The outcome and the warning flags rest on these readings. A reply's result is hard to tell
from its words as a bag, for every reply speaks of acts, rules and plans; a clause's role is
said by the clause itself (已拆除, 待批复后, 不符合条件), and clauses are many to learn from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.heads.calibrate import softmax
from nlp.heads.linear import LinearHead
from nlp.summarize.reading import Reading, cut, owners

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = npt.NDArray[np.float32]
ROLES = (
    "done",  # an act that serves the request, carried out
    "pending",  # a concrete step under way or fixed to come
    "promise",  # a general promise
    "refusal",  # it can't be had, or why not
    "unfounded",  # not true, lawful, already met
    "verified",  # a fault was found
    "inform",  # rules, procedures, facts
    "check",  # looking into it
    "refer",  # asks for more, or sends elsewhere
    "other",  # greeting, heading, connective
)
NEIGHBOUR = 0.4
"""What the words of the clauses before and behind count for beside the clause's own."""
PLAIN = 0.1
"""The same for each of the described features, brought to unit variance."""


@dataclass(frozen=True)
class RoleReader:
    """A fitted reader of roles; `mean` and `scale` bring described features to one size."""

    head: LinearHead
    mean: Floats
    scale: Floats

    def read(self, words: csr_array, readings: Sequence[Reading]) -> list[Floats]:
        """Return for each reply the probability of each role, (clauses, ROLES).

        :param words: the encoded clauses of all readings, one row each.
        """
        if not words.shape[0]:
            return [np.zeros((0, len(ROLES)), np.float32) for _ in readings]
        matrix = role_matrix(words, readings, self.mean, self.scale)
        return cut(softmax(self.head.decision(matrix)).astype(np.float32), readings)


def role_matrix(
    words: csr_array, readings: Sequence[Reading], mean: Floats, scale: Floats
) -> csr_array:
    """Return what the head sees of each clause: its words, its neighbours', its description."""
    from scipy.sparse import csr_array, hstack

    before, behind = _shifted(words, readings, -1), _shifted(words, readings, 1)
    rows = np.concatenate([reading.rows for reading in readings])
    plain = csr_array(((rows - mean) / scale * PLAIN).astype(np.float32))
    return csr_array(hstack([words, before * NEIGHBOUR, behind * NEIGHBOUR, plain], format="csr"))


def _shifted(words: csr_array, readings: Sequence[Reading], by: int) -> csr_array:
    """Return for each clause its neighbour's row; zeros at a reply's ends."""
    from scipy.sparse import csr_array, diags_array

    owner = owners(readings)
    at = np.arange(len(owner)) + by
    inside = (at >= 0) & (at < len(owner))
    at = np.clip(at, 0, len(owner) - 1)
    same = inside & (owner[at] == owner)
    return csr_array(diags_array(same.astype(np.float32)) @ words[at])
