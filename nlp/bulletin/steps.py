"""Which step of the work (立案, 承办, 办复 …) the words before a count tell of."""

from __future__ import annotations

from collections import deque

from nlp.bulletin.countforms import VERB

_NEAR, _VERB_MOST = 40, 8
"""Characters in which most often stands the last verb, and characters of a verb at most."""


def last_verb(words: str) -> str:
    """Return which step of the work the last verb of some words means, "" for none."""
    for reach in (_NEAR, len(words)):
        last = deque(VERB.finditer(words, max(0, len(words) - reach)), maxlen=1)
        if last and (reach >= len(words) or last[0].start() > len(words) - reach + _VERB_MOST):
            return last[0].lastgroup or ""
    return ""
