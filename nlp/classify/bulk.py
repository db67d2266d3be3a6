"""Scores for many texts at once, on all cores, without units and reasons.

numpy and scipy let go of the interpreter while they work, so threads are enough: the model is
in memory once, and nothing is copied to another process.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from nlp.classify.features import Text
    from nlp.classify.model import Model, Scores

T = TypeVar("T")
CHUNK = 500
"""Texts a thread takes at once: their matrices then fit into a processor's cache."""


def score_chunks(
    model: Model, chunks: Iterable[Sequence[Text]], *, threads: int = 0
) -> Iterator[Scores]:
    """Yield the scores of chunks of texts, in order; few chunks wait, so memory stays flat.

    :param threads: how many work at once; 0 takes one a core.
    """
    count = threads or os.cpu_count() or 1
    waiting: deque[Future[Scores]] = deque()
    with ThreadPoolExecutor(count) as pool:
        for chunk in chunks:
            waiting.append(pool.submit(model.score, chunk))
            if len(waiting) > 2 * count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def chunked(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Cut a sequence into runs of at most `size`."""
    return (items[start : start + size] for start in range(0, len(items), size))
