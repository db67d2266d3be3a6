"""A system that has learned the leading function: measured by one task, timed by another."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache

from benchmarks.encoders.rows import Labelled, of_leads, training
from benchmarks.encoders.system import Entry, System, Target
from benchmarks.encoders.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Fitted:
    """A system and how long it took to learn; None for one that was trained before."""

    system: System
    seconds: float | None


@lru_cache(maxsize=1)  # the systems come one after the other, each with all its tasks
def fitted_lead(entry: Entry, place: Workplace) -> Fitted:
    """Fit a system on the training part's leads."""
    return fitted(entry, place, Target.LEAD, of_leads(training(place)))


def fitted(entry: Entry, place: Workplace, target: Target, rows: Labelled) -> Fitted:
    system = entry.build(place, target)
    start = time.perf_counter()
    system.fit(rows.texts, rows.labels, rows.weights)
    seconds = time.perf_counter() - start
    return Fitted(system, None if entry.shipped else seconds)
