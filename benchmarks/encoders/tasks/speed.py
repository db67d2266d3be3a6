"""How many texts a second a fitted system ranks leads for, in memory, on every core it can use."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context

from benchmarks.encoders.fitted import fitted_lead
from benchmarks.encoders.rows import corpus_parts
from benchmarks.encoders.system import Cores, Entry, System
from benchmarks.encoders.task import Task
from benchmarks.encoders.workplace import Workplace
from benchmarks.shared.figure import Figure, Result
from benchmarks.speed import BODY, ROWS, made_rows
from nlp.classify.bulk import chunked
from nlp.classify.features import Text, clean_pair

WARM = 64
SECONDS = 5.0
"""About how long one round lasts: slow systems are asked fewer texts."""
ROUNDS = 3
PIECE = 250
"""Texts handed to a process at once."""
Rank = Callable[[Sequence[Text]], object]


def measure(entry: Entry, place: Workplace) -> Result:
    system = fitted_lead(entry, place).system
    texts = [clean_pair(row["title"], row["body"]) for row in made_rows(place.sample or ROWS)]
    with ranking(system, entry.cores) as rank:
        _timed(rank, texts[:WARM])  # first calls load dictionaries and start threads
        rate = WARM / _timed(rank, texts[:WARM])
        asked = texts[: max(WARM, int(rate * SECONDS))]
        seconds = statistics.median(_timed(rank, asked) for _ in range(ROUNDS))
    return Result({"speed": Figure(len(asked) / seconds)}, (str(entry.cores),))


def _timed(rank: Rank, texts: Sequence[Text]) -> float:
    start = time.perf_counter()
    rank(texts)
    return time.perf_counter() - start


@contextmanager
def ranking(system: System, cores: Cores) -> Iterator[Rank]:
    """Give a function that ranks texts on all cores, as the system can."""
    if cores is Cores.THREADS:
        yield system.predict_scores
        return
    count = os.cpu_count() or 1
    # fork: the fitted system is there without being sent
    with get_context("fork").Pool(count, _hold, (system,)) as pool:
        yield lambda texts: pool.map(_rank, _pieces(texts, count), chunksize=1)


def _pieces(texts: Sequence[Text], count: int) -> list[Sequence[Text]]:
    size = max(1, min(PIECE, -(-len(texts) // count)))
    return list(chunked(texts, size))


_held: list[System] = []


def _hold(system: System) -> None:
    _held[:] = [system]


def _rank(texts: Sequence[Text]) -> object:
    return _held[0].predict_scores(texts)


TASK = Task(
    name="speed",
    about=(
        f"Texts a second, title and {BODY} characters, cleaned and in memory, ranking leads: after "
        f"a warm-up, the median of {ROUNDS} rounds of about {SECONDS:.0f} s or {ROWS:,} texts, "
        "on all cores, as the system can use them."
    ),
    measure=measure,
    files=corpus_parts,
)
