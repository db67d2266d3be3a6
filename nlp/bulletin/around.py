"""A count in its sentence, with the words before and behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.bulletin.countforms import MOSTLY
from nlp.bulletin.numbers import Token

_FARTHEST = 200
"""Characters beside a number that are looked at."""
_STRAY = re.compile(r"(?:(?<=[的类])，|[：:]|——)(?=(?:一?共|计|有|达|为|是|约|总共|合计)*$)")
"""The mark between a label and its number: 已经解决的，共38件; 经济类：46件."""


@dataclass(frozen=True, slots=True)
class Around:
    """A count and its surroundings in the sentence.

    `wide` is what stands between the number before and this one, `narrow` its last clause,
    `after` what follows up to the next mark or number; `abuts`: a number, with no mark between;
    `own` names who reports (the title).
    """

    token: Token
    sentence: str
    wide: str
    narrow: str
    after: str
    abuts: bool
    own: str = ""


def around(sentence: str, tokens: list[Token], at: int, own: str = "") -> Around:
    """Look around the number `at` of a sentence."""
    token = tokens[at]
    start = tokens[at - 1].span.end if at else 0
    wide = _STRAY.sub("", MOSTLY.sub("", sentence[start : token.span.start][-_FARTHEST:]))
    narrow = re.split(r"[，；：:（(]", wide)[-1]
    stop = tokens[at + 1].span.start if at + 1 < len(tokens) else len(sentence)
    behind = sentence[token.span.end : stop][:_FARTHEST]
    after = re.split(r"[，；：。、（(]", behind)[0]
    return Around(
        token, sentence, wide, narrow, after, after == behind and stop < len(sentence), own
    )
