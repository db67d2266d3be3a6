"""Fitting the parts of a digester; each is a function of samples already read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.encode import Encoder, fit_encoder
from nlp.heads.linear import LinearHead, fit_multi, fit_single
from nlp.heads.trees import fit_trees
from nlp.summarize.outcome import OUTCOMES, OutcomeModel, outcome_matrix
from nlp.summarize.profile import Profiled
from nlp.summarize.quality import LEARNED, FlagModel
from nlp.summarize.reading import Reading, all_words, owners
from nlp.summarize.roles import ROLES, RoleReader, role_matrix
from nlp.summarize.scorer import ClauseScorer, describe_all
from nlp.train.replies.material import UNKNOWN, Sample

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = npt.NDArray[np.float32]
FOLDS = 4
"""Parts of the rows that are held out in turn, wherever one stage learns from another's answers."""
ROLE_PENALTY, OUTCOME_PENALTY, FLAG_PENALTY = 4.0, 1.0, 0.05
VALUE_PENALTY = 6.7
"""Inverse strengths of regularisation (for values: strength); chosen by cross-validation."""
_LEAST_SCALE = 1e-3


@dataclass(frozen=True, slots=True)
class Encoded:
    """Readings and their clauses' words, encoded once for all that learn from them."""

    encoder: Encoder
    readings: tuple[Reading, ...]
    words: csr_array

    def part(self, chosen: npt.NDArray[np.bool_]) -> Encoded:
        """Return the readings of a mask."""
        kept = tuple(r for r, keep in zip(self.readings, chosen, strict=True) if keep)
        return Encoded(self.encoder, kept, self.words[chosen[owners(self.readings)]])


def encode(spec: str, readings: Sequence[Reading], encoder: Encoder | None = None) -> Encoded:
    """Fit an encoder on clauses unless there is one, and encode."""
    words = all_words(readings)
    encoder = encoder or fit_encoder(spec, words)
    return Encoded(encoder, tuple(readings), encoder.encode(words))


def fit_roles(encoded: Encoded, roles: Sequence[npt.NDArray[np.int64]]) -> RoleReader:
    """Fit the role reader on the clauses whose role is known."""
    rows = np.concatenate([reading.rows for reading in encoded.readings])
    mean, scale = moments(rows)
    known = np.concatenate(list(roles))
    labelled = known != UNKNOWN
    matrix = role_matrix(encoded.words, encoded.readings, mean, scale)[labelled]
    labels = [ROLES[role] for role in known[labelled]]
    weight = np.ones(len(labels))
    head = fit_single(matrix, labels, ROLES, weight, inverse_penalty=ROLE_PENALTY)
    return RoleReader(head.quantised(), mean, scale)


def fit_scorer(
    encoded: Encoded,
    roles: Sequence[Floats],
    targets: Sequence[npt.NDArray[np.float64]],
    *,
    seed: int,
) -> ClauseScorer:
    """Fit both stages; the trees learn from word readings of clauses not read in fitting.

    :param roles: for each reply, its clauses' roles, read by a model that didn't learn them.
    :param targets: for each reply, what each of its clauses is worth.
    """
    wanted = np.concatenate(list(targets))
    owner = owners(encoded.readings)
    unseen = np.zeros(len(wanted), np.float32)
    for fold in range(FOLDS):
        held = owner % FOLDS == fold
        head = _ridge(encoded.words[~held], wanted[~held])
        unseen[held] = head.decision(encoded.words[held])[:, 0]
    trees = fit_trees(describe_all(encoded.readings, roles, unseen), wanted, seed=seed)
    return ClauseScorer(_ridge(encoded.words, wanted).quantised(), trees)


def _ridge(matrix: csr_array, wanted: npt.NDArray[np.float64]) -> LinearHead:
    from sklearn.linear_model import Ridge

    model = Ridge(alpha=VALUE_PENALTY, solver="lsqr", tol=1e-6).fit(matrix, wanted)
    weights = np.asarray(model.coef_, np.float32)[:, None]
    return LinearHead(("value",), weights, np.array([model.intercept_], np.float32))


def fit_outcomes(
    replies: Sequence[Profiled], samples: Sequence[Sample], encoder: Encoder
) -> OutcomeModel:
    """Fit the outcome head; temperature and trust are set by `tune`."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = moments(np.array([each.profile for each in replies]))
    matrix = outcome_matrix(encoder, replies, mean, scale)
    labels = [OUTCOMES.index(outcome) for each in samples if (outcome := each.row.outcome)]
    model = LogisticRegression(C=OUTCOME_PENALTY, max_iter=500).fit(matrix, labels)
    head = LinearHead(
        OUTCOMES,
        np.asarray(model.coef_.T, np.float32),
        np.asarray(model.intercept_, np.float32),
    )
    trust: Mapping[str, float] = {"phrase": 0.9, "letter": 0.9}
    return OutcomeModel(encoder, head.quantised(), mean, scale, 1.0, trust)


def fit_flags(replies: Sequence[Profiled], samples: Sequence[Sample]) -> FlagModel:
    """Fit the learned flags; thresholds are set by `tune`."""
    from scipy.sparse import csr_array

    profiles = np.array([each.profile for each in replies])
    mean, scale = moments(profiles)
    wanted = np.array([[code in (s.row.flags or ()) for code in LEARNED] for s in samples], np.int8)
    plain = csr_array(((profiles - mean) / scale).astype(np.float32))
    weight = np.ones(len(wanted))
    head = fit_multi(plain, wanted, LEARNED, weight, inverse_penalty=FLAG_PENALTY)
    return FlagModel(head.quantised(), mean, scale, tuple(0.5 for _ in LEARNED))


def folds(size: int) -> list[npt.NDArray[np.bool_]]:
    """Return one mask a fold: which of `size` rows are held out in it."""
    return [np.arange(size) % FOLDS == fold for fold in range(FOLDS)]


def moments(rows: npt.NDArray[np.floating]) -> tuple[Floats, Floats]:
    """Return mean and standard deviation of each column, the latter never zero."""
    mean = rows.mean(axis=0).astype(np.float32)
    return mean, np.maximum(rows.std(axis=0), _LEAST_SCALE).astype(np.float32)
