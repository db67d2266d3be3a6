"""Scores for many texts at once, on all cores, without units and reasons.

numpy and scipy let go of the interpreter while they work, so threads are enough: the model is
in memory once, and nothing is copied to another process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlp.classify.features import Text
    from nlp.classify.model import Model, Scores

CHUNK = 500
"""Texts a thread takes at once: their matrices then fit into a processor's cache."""


def score_chunks(
    model: Model, texts: Sequence[Text], *, threads: int = 0, size: int = CHUNK
) -> Iterator[Scores]:
    """Yield the scores of runs of `size` texts, in order.

    :param threads: how many work at once; 0 takes one a core.
    """
    parts = (texts[start : start + size] for start in range(0, len(texts), size))
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        yield from pool.map(model.score, parts)
