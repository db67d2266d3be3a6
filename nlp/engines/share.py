"""What a run takes of a cluster's processors and graphics cards."""

from __future__ import annotations

from dataclasses import dataclass

READER = 0.1
"""Processors a reader counts for: so little, that beside an actor on every core there is room
for one, or nothing would ever be read (ray-project/ray, issue 44687)."""
READ_SHARE = 8
"""Reading takes less than an eighth of the time that a model takes for the same rows."""


@dataclass(frozen=True, slots=True)
class Share:
    """Processes with a model: from `least` to `most` (None: as many as there is room for).

    `cpus` and `gpus` are what one of them takes; `readers` read at once, `reader_cpus` each.
    """

    least: int
    most: int | None
    cpus: float
    gpus: float
    readers: int
    reader_cpus: float = READER


def share_of(cpus: float, gpus: float, workers: int, *, own: bool, neural: bool) -> Share:
    """Decide what to take.

    :param cpus: processors of the cluster now; more may come if it scales by itself.
    :param workers: processes that the user wants at most; 0 for no wish.
    :param own: the cluster was started for this run, so all of it is taken at once.
    :param neural: a graphics card would run the model.
    """
    on_gpu = neural and gpus >= 1
    room = max(1, int(min(gpus, cpus) if on_gpu else cpus))
    most = workers or (room if own else None)
    return Share(
        least=min(most, room) if most else 1,
        most=most,
        cpus=1 - READER,
        gpus=1.0 if on_gpu else 0.0,
        readers=max(1, -(-int(cpus) // READ_SHARE)),
    )
