"""Temperature, trust and thresholds, on answers that each row got while it was held out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from nlp.heads.calibrate import fit_temperature
from nlp.outcomes import load_outcomes
from nlp.summarize.outcome import OUTCOMES, OutcomeModel
from nlp.summarize.profile import Profiled
from nlp.summarize.quality import LEARNED, FlagModel
from nlp.summarize.statement import declared
from nlp.train.replies.fit import FOLDS, fit_flags, fit_outcomes, folds
from nlp.train.replies.material import Sample

T = TypeVar("T")


def tune_outcomes(
    model: OutcomeModel, replies: Sequence[Profiled], samples: Sequence[Sample]
) -> OutcomeModel:
    """Set the temperature and the trust in phrases and letters.

    Rows are held out by writer, passages near the borders among them: what an office has are
    letters of hands that were never read, and confidence fitted on familiar hands and clear
    cases would be too high for them.
    """
    held_out = np.zeros((len(samples), len(OUTCOMES)))
    for held in _by_writer(samples):
        fitted = fit_outcomes(_take(replies, ~held), _take(samples, ~held), model.encoder)
        # at temperature 1 the logarithms of the chances are the logits, up to a constant
        held_out[held] = np.log(fitted.probabilities(_take(replies, held)) + 1e-12)
    gold = np.array([OUTCOMES.index(s.row.outcome) for s in samples if s.row.outcome])
    temperature = fit_temperature(held_out, gold)
    return replace(model, temperature=temperature, trust=_trust(samples))


def _trust(samples: Sequence[Sample]) -> dict[str, float]:
    """Count how often what letters declare is what they say, one doubtful case each added."""
    scheme = load_outcomes()
    right = {"phrase": 1, "letter": 1}
    seen = {"phrase": 2, "letter": 2}
    for sample in samples:
        if statement := declared(sample.reading.letter, scheme):
            seen[statement.basis.kind] += 1
            right[statement.basis.kind] += statement.outcome is sample.row.outcome
    return {kind: round(right[kind] / seen[kind], 4) for kind in seen}


def tune_flags(
    model: FlagModel, replies: Sequence[Profiled], samples: Sequence[Sample]
) -> FlagModel:
    """Set for each learned flag the threshold with the best F0.5 on held-out rows.

    A false warning costs more than a missed one: who is warned too often stops reading.
    """
    chances = np.zeros((len(samples), len(LEARNED)))
    for held in folds(len(samples)):
        fitted = fit_flags(_take(replies, ~held), _take(samples, ~held))
        chances[held] = fitted.chances(np.array([r.profile for r in _take(replies, held)]))
    wanted = np.array([[code in (s.row.flags or ()) for code in LEARNED] for s in samples])
    columns = zip(chances.T, wanted.T, strict=True)
    return replace(model, thresholds=tuple(_best(one, gold) for one, gold in columns))


def _best(chances: npt.NDArray[np.float64], gold: npt.NDArray[np.bool_]) -> float:
    """Return the middle of the thresholds that share the best F0.5."""
    grid = np.round(np.arange(0.1, 0.91, 0.02), 2)
    found = chances[None, :] >= grid[:, None]
    hits = (found & gold).sum(axis=1)
    scores = 1.25 * hits / np.maximum(1, found.sum(axis=1) + 0.25 * gold.sum())
    best = np.flatnonzero(scores >= scores.max() - 1e-9)
    return float(grid[best[len(best) // 2]])


def _by_writer(samples: Sequence[Sample]) -> list[npt.NDArray[np.bool_]]:
    """Return one mask a writer, whom an id names before its dash (M1-003); else plain folds."""
    writers = np.array([sample.row.id.partition("-")[0] for sample in samples])
    names = sorted(set(writers.tolist()))
    if not FOLDS <= len(names) <= len(samples) // FOLDS:
        return folds(len(samples))
    return [writers == name for name in names]


def _take(items: Sequence[T], chosen: npt.NDArray[np.bool_]) -> list[T]:
    return [item for item, keep in zip(items, chosen, strict=True) if keep]
