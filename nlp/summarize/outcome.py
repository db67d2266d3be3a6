"""What became of the matter: as the letter states it, else as its clauses tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.encode import Encoder
from nlp.heads.calibrate import softmax
from nlp.heads.linear import LinearHead
from nlp.outcomes import OutcomeScheme
from nlp.summarize.digest import Basis
from nlp.summarize.profile import Profiled
from nlp.summarize.roles import ROLES
from nlp.summarize.statement import declared
from nlp.types import Outcome

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = npt.NDArray[np.float32]
OUTCOMES = tuple(Outcome)
PROFILE, ANSWER = 0.03, 0.7
"""What a profile's numbers, and all words, count for beside those of the weightiest clauses."""
_FARTHEST = 3.0
_SPEAKS = {
    Outcome.SOLVED: ("done", "verified"),
    Outcome.PLANNED: ("pending", "promise"),
    Outcome.LIMITED: ("refusal",),
    Outcome.EXPLAINED: ("inform", "unfounded", "refer"),
}


@dataclass(frozen=True)
class OutcomeModel:
    """A head over profiles and words, its temperature, and how far statements are trusted.

    `trust` gives, for “phrase” and “letter”, the share of letters whose statement agrees
    with what they say.
    """

    encoder: Encoder
    head: LinearHead
    mean: Floats
    scale: Floats
    temperature: float
    trust: Mapping[str, float]

    def probabilities(self, replies: Sequence[Profiled]) -> npt.NDArray[np.float64]:
        """Return P(outcome) by reading alone, (replies, 4) in the order of OUTCOMES."""
        if not replies:
            return np.zeros((0, len(OUTCOMES)))
        matrix = outcome_matrix(self.encoder, replies, self.mean, self.scale)
        return softmax(self.head.decision(matrix) / self.temperature)


def outcome_matrix(
    encoder: Encoder, replies: Sequence[Profiled], mean: Floats, scale: Floats
) -> csr_array:
    """Return what the head sees: the profile, the words of the weightiest clauses, all words."""
    from scipy.sparse import csr_array, hstack

    profiles = np.array([each.profile for each in replies])
    plain = np.clip((profiles - mean) / scale, -_FARTHEST, _FARTHEST) * PROFILE
    weighty = encoder.encode([each.weightiest for each in replies])
    answers = encoder.encode(["".join(each.reading.words) for each in replies])
    parts = [csr_array(plain.astype(np.float32)), weighty, answers * ANSWER]
    return csr_array(hstack(parts, format="csr"))


@dataclass(frozen=True, slots=True)
class Judged:
    """An outcome, how probable it is, and what decided."""

    outcome: Outcome
    probability: float
    basis: Basis


def judge(
    model: OutcomeModel, scheme: OutcomeScheme, one: Profiled, chances: npt.NDArray[np.float64]
) -> Judged:
    """Phrase first, class letter second, then the model.

    :param chances: P(outcome) by reading.
    """
    if statement := declared(one.reading.letter, scheme):
        trusted = model.trust[statement.basis.kind]
        read = float(chances[OUTCOMES.index(statement.outcome)])
        return Judged(statement.outcome, _agreed(trusted, read), statement.basis)
    best = int(chances.argmax())
    outcome = OUTCOMES[best]
    return Judged(outcome, float(chances[best]), Basis("model", _speaker(one, outcome)))


def _agreed(trusted: float, read: float) -> float:
    """Weigh a statement with the reading: agreement raises the chance, contradiction lowers it."""
    both = trusted * read
    return both / (both + (1 - trusted) * (1 - read))


def _speaker(one: Profiled, outcome: Outcome) -> str:
    """Return the clause that speaks most for an outcome."""
    if not len(one.values):
        return ""
    wanted = [ROLES.index(role) for role in _SPEAKS[outcome]]
    weight = one.roles[:, wanted].sum(axis=1) * (0.1 + np.maximum(one.values, 0))
    return one.reading.words[int(weight.argmax())].strip(" \n，,。；;：:、")
