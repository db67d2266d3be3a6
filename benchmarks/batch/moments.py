"""When a run is killed: moments drawn over its course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

WRITING = 5
"""Every so manieth kill falls into the writing at the end, which chance would seldom meet."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A share of the time before the writing, or of the bytes to write."""

    share: float
    writing: bool


@dataclass(frozen=True, slots=True)
class Course:
    """Seconds at which an uninterrupted run began to work and began to write."""

    begun: float
    writing: float


def moments(count: int, seed: int) -> list[Moment]:
    """Draw moments; those of either kind are spread evenly, each by chance within its stretch."""
    draw = Random(seed)
    late = count // WRITING
    found = [
        Moment((number + draw.random()) / kind, writing)
        for writing, kind in ((False, count - late), (True, late))
        for number in range(kind)
    ]
    draw.shuffle(found)
    return found


def pauses(count: int, seed: int, course: Course) -> Sequence[float]:
    """Draw how long each run of a chain may live: start-up, and twice its share of the work.

    Twice at most, once in the middle, so that the last of `count` runs is near the end.
    """
    draw = Random(seed)
    share = 2 * (course.writing - course.begun) / count
    return [course.begun + share * draw.random() for _ in range(count)]
