"""Choosing clauses for a digest: the most valuable ones that fit, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlp.text.pairs import pairs

Floats = npt.NDArray[np.floating]
NEW_RUN = 0.05
"""What it costs to break off and begin elsewhere: digests of single scraps read badly."""
SCRAP, WHOLE = 0.015, 9
"""What each character costs that the first clause of a run is shorter than WHOLE: “无异议”
says nothing where what it is about stands elsewhere."""
LEAST = 0.08
"""A clause must be worth at least so much; padding doesn't fill up what room is left."""
ALIKE = 0.7
"""Share of character pairs above which a clause repeats another one…"""
REPEATED = 0.3
"""…and what is then left of its value."""
NOWHERE = 10_000
"""The length of a clause that is not offered."""
_ROUNDS = 2
_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be chosen: for each clause its value and its length in the digest.

    `opening` is the length at the beginning of a run (without markers and connectives, but
    with the mark that parts runs), `going_on` behind its neighbour. A clause of no length is
    mere connective: it is passed over without breaking a run. `words` are the clauses' texts.
    """

    values: Floats
    opening: Sequence[int]
    going_on: Sequence[int]
    words: Sequence[str]


def choose(offer: Offer, room: int) -> list[list[int]]:
    """Return the positions of the chosen clauses, ascending, one list a run.

    Exact for the sum of values less NEW_RUN a run (dynamic programming over the clauses and
    the room used); then what repeats a better chosen clause loses value, and the choice is
    made again, so that the digest covers different measures.
    """
    values = np.asarray(offer.values, np.float64) - LEAST
    runs = _best(values, offer, room)
    for _ in range(_ROUNDS):
        chosen = [at for run in runs for at in run]
        lowered = _without_repetition(values, chosen, offer.words)
        if np.array_equal(lowered, values):
            break
        values = lowered
        runs = _best(values, offer, room)
    return runs


def _best(values: npt.NDArray[np.float64], offer: Offer, room: int) -> list[list[int]]:
    """Maximise the value; `out`/`within` hold the best sum for each room used so far."""
    out = np.full(room + 1, _NEVER)
    out[0] = 0.0
    within = nothing = np.full(room + 1, _NEVER)
    steps: list[tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]] = []
    for at, value in enumerate(values):
        closed = within >= out
        rest = np.where(closed, within, out)
        if offer.going_on[at] > room and offer.opening[at] > room:
            steps.append((closed, closed))
            out, within = rest, nothing
            continue
        scrap = SCRAP * max(0, WHOLE - offer.opening[at])
        opens = offer.opening[at] if offer.going_on[at] else room + 1  # nothing begins no run
        opened = _moved(rest, opens, value - NEW_RUN - scrap)
        continued = _moved(within, offer.going_on[at], value if offer.going_on[at] else 0.0)
        goes_on = continued >= opened
        steps.append((closed, goes_on))
        out, within = rest, np.where(goes_on, continued, opened)
    return _trace(steps, offer, out, within)


def _moved(sums: npt.NDArray[np.float64], size: int, gain: float) -> npt.NDArray[np.float64]:
    """Return the sums after taking a clause of a size, _NEVER where it doesn't fit."""
    result = np.full(len(sums), _NEVER)
    if size < len(sums):
        result[size:] = sums[: len(sums) - size] + gain
    return result


def _trace(
    steps: Sequence[tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]],
    offer: Offer,
    out: npt.NDArray[np.float64],
    within: npt.NDArray[np.float64],
) -> list[list[int]]:
    """Walk back from the best end and collect what was taken."""
    taking = bool(within.max() > out.max())
    used = int((within if taking else out).argmax())
    runs: list[list[int]] = []
    run: list[int] = []
    for at in range(len(steps) - 1, -1, -1):
        closed, goes_on = steps[at]
        if not taking:
            taking = bool(closed[used])
            continue
        if offer.going_on[at]:
            run.append(at)
        if goes_on[used]:
            used -= offer.going_on[at]
        else:
            used -= offer.opening[at]
            taking = bool(closed[used])
            runs.append(run[::-1])
            run = []
    return [run for run in reversed(runs) if run]


def _without_repetition(
    values: npt.NDArray[np.float64], chosen: Sequence[int], words: Sequence[str]
) -> npt.NDArray[np.float64]:
    lowered = values.copy()
    seen: set[str] = set()
    for at in sorted(chosen, key=lambda at: -values[at]):
        own = pairs(words[at])
        if len(own) > 3 and len(own & seen) > ALIKE * len(own):
            lowered[at] *= REPEATED
        seen |= own
    return lowered
