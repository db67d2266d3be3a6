"""Key words alone: the functions whose duties a text names, and the topic of each function.

Nothing is fitted: a text without any word of a duty gets even chances, so the first label
counts as its answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from nlp.classify.bulk import chunked
from nlp.classify.duties import DutyIndex
from nlp.evaluate.baselines.labels import shares
from nlp.evaluate.metrics import Floats

if TYPE_CHECKING:
    from nlp.classify.features import Text
    from nlp.taxonomy import Function


def spoken_of(texts: Sequence[Text], functions: Sequence[Function]) -> Floats:
    """Return how far each function's duties are named: (texts, functions), 0 for not at all."""
    index = DutyIndex(functions)
    parts = [index.scan(chunk).scores for chunk in chunked(texts)]
    return np.concatenate([np.zeros((0, len(functions))), *parts])


def lead_rules(spoken: Floats) -> Floats:
    """Return chances of leads, in proportion to how far a function is named."""
    return shares(spoken)


def topic_rules(spoken: Floats, functions: Sequence[Function], topics: Sequence[str]) -> Floats:
    """Return chances of topics: every named function speaks for its first topic."""
    first = [function.topics[0] if function.topics else None for function in functions]
    held = np.array([[own == topic for topic in topics] for own in first], float)
    return shares(shares(spoken) @ held.reshape(len(functions), len(topics)))
