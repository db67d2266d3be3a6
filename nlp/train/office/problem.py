"""One labelled task of an office: features, an anchor, and settings chosen on held-out rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.heads.anchored import Correction, fit_anchored
from nlp.heads.calibrate import fit_temperature, softmax
from nlp.heads.linear import LinearHead
from nlp.train.office.own import OwnWords
from nlp.train.tune import best_loss

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
STRENGTHS = (0.0, 3.0, 6.0, 12.0)
"""How much the encoder's own columns count beside the base model's opinions."""
PENALTIES = (0.01, 0.05, 0.2, 0.5, 1.0)
"""Inverse penalties of the correction."""
SAMPLE, CELLS = 800, 16_000
"""So many rows choose the settings, or more if rows times labels stay below CELLS: fits take
that time. Of 5,000 rows with 7 labels, 800 chose too low a penalty."""
SHARES = (0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)
"""What scores of a machine on own words may count beside the corrected logits."""


@dataclass(frozen=True, slots=True)
class Setting:
    strength: float
    inverse_penalty: float


@dataclass(frozen=True)
class Problem:
    """Rows with a label of one task; all arrays are parallel.

    `rows` are numbers in the office's table, `opinions` features made of what the base model
    says, `words` the encoder's columns, `anchor` the logits to start from (rows, labels);
    `fold` says which part a row is held out with. `bias_penalty` holds back labels of which
    the base knows how often to expect them, `usual` is the inverse penalty to try first. `own`
    are the office's own words, None if its rows are few, and in parts.
    """

    labels: tuple[str, ...]
    rows: Ints
    opinions: Floats
    words: Floats
    anchor: Floats
    gold: Ints
    weights: Floats
    fold: Ints
    bias_penalty: Floats
    usual: float
    own: OwnWords | None

    def features(self, strength: float) -> Floats:
        return np.hstack([self.opinions, strength * self.words])

    def part(self, rows: Ints) -> Problem:
        return Problem(
            self.labels,
            self.rows[rows],
            self.opinions[rows],
            self.words[rows],
            self.anchor[rows],
            self.gold[rows],
            self.weights[rows],
            self.fold[rows],
            self.bias_penalty,
            self.usual,
            None,
        )

    def fit(self, setting: Setting) -> Correction:
        return fit_anchored(
            self.features(setting.strength),
            self.anchor,
            self.gold,
            self.weights,
            inverse_penalty=setting.inverse_penalty,
            bias_penalty=self.bias_penalty,
        )

    def with_own(self, head: LinearHead, share: float) -> LinearHead:
        """Add to a head over the encoder's columns what own words say, learned from all rows."""
        if self.own is None or not share:
            return head
        return self.own.added(head, self.own.machine(self.labels, self.gold, self.weights), share)

    def held_out(self, setting: Setting) -> Floats:
        """Return logits of every row by a correction that learned from the other folds."""
        logits = self.anchor.copy()
        for fold in np.unique(self.fold):
            out, rest = np.flatnonzero(self.fold == fold), np.flatnonzero(self.fold != fold)
            if len(rest):
                apart, features = self.part(out), self.part(rest).fit(setting)
                logits[out] = features.applied(apart.features(setting.strength), apart.anchor)
        return logits


@dataclass(frozen=True)
class Validated:
    """The setting to keep, and logits of all rows by models that had not seen them.

    `own` is what the machine on own words counts in them, `alone` what it said (None: not asked).
    """

    setting: Setting
    logits: Floats
    temperature: float
    own: float = 0.0
    alone: Floats | None = None

    @property
    def chances(self) -> Floats:
        return softmax(self.logits / self.temperature)


def validate(problem: Problem, seed: int) -> Validated:
    """Choose a setting by log loss on held-out rows, and keep what it says of all rows.

    No row's figures may depend on a setting that the row itself helped to choose: each fold
    is answered with the setting that is best on the other folds.
    """
    count = len(problem.gold)
    sample = max(SAMPLE, CELLS // len(problem.labels))
    if count > sample:
        rows = np.sort(np.random.default_rng(seed).permutation(count)[:sample])
        setting = _best(_tried(problem.part(rows)), np.ones(sample, bool))
        logits = problem.held_out(setting)
    else:
        tried = _tried(problem)
        setting = _best(tried, np.ones(count, bool))
        logits = np.empty_like(problem.anchor)
        for fold in np.unique(problem.fold):
            out = problem.fold == fold
            logits[out] = tried[_best(tried, ~out)].logits[out]
    found = Validated(setting, logits, fit_temperature(logits, problem.gold))
    return _with_own(problem.own, found, problem) if problem.own else found


def _with_own(own: OwnWords, found: Validated, problem: Problem) -> Validated:
    """Add what machines on own words say, as much of it as fits the held-out rows best."""
    gold = problem.gold
    scores = own.held_out(problem.labels, gold, problem.weights, problem.fold)
    sums = {share: found.logits + share * scores for share in SHARES}
    best = min(SHARES, key=lambda share: round(best_loss(sums[share], gold), 4))
    return Validated(found.setting, sums[best], fit_temperature(sums[best], gold), best, scores)


@dataclass(frozen=True, slots=True)
class _Tried:
    logits: Floats
    losses: Floats


def _tried(problem: Problem) -> dict[Setting, _Tried]:
    """Try every strength at the usual penalty, then every penalty at the best strength."""
    tried = _measured(problem, [Setting(strength, problem.usual) for strength in STRENGTHS])
    best = _best(tried, np.ones(len(problem.gold), bool)).strength
    others = [Setting(best, penalty) for penalty in PENALTIES if penalty != problem.usual]
    return tried | _measured(problem, others)


def _measured(problem: Problem, settings: Sequence[Setting]) -> dict[Setting, _Tried]:
    found = {}
    for setting in settings:
        logits = problem.held_out(setting)
        chances = softmax(logits)[np.arange(len(logits)), problem.gold]
        losses = -np.log(np.maximum(chances, 1e-12)) * problem.weights
        found[setting] = _Tried(logits, np.asarray(losses, np.float64))
    return found


def _best(tried: dict[Setting, _Tried], rows: npt.NDArray[np.bool_]) -> Setting:
    """Return the setting with the least loss; of equal ones the earlier, which changes less."""
    if not rows.any():
        return next(iter(tried))
    return min(tried, key=lambda setting: round(float(tried[setting].losses[rows].mean()), 4))
