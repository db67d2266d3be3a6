"""Cuts a letter into pieces of one kind each: finer than sentences where forms run together."""

from __future__ import annotations

import re

from nlp.summarize.letter.headforms import head_cuts
from nlp.summarize.letter.openforms import opening_cuts
from nlp.summarize.letter.signforms import date_cuts, letter_start
from nlp.text.spans import Span, partition
from nlp.text.split import sentences

_SPACE = re.compile(r"\s*")


def pieces(text: str) -> list[Span]:
    """Return the pieces; joined, they are the text.

    Sentences are cut behind a greeting, 收悉， and 如下：, which often end in no full stop, and
    around a date that was glued to a signature, to the next letter or to the last sentence.
    """
    lead = len(text) - len(text.lstrip())
    cuts: list[int] = []
    for sentence in sentences(text[lead:]):
        start, end = lead + sentence.start, lead + sentence.end
        for cut in _cuts(text[start:end], last=end == len(text)):
            space = _SPACE.match(text, start + cut)
            cuts.append(space.end() if space else start + cut)
        cuts.append(end)
    return list(partition(len(text), cuts))


def _cuts(sentence: str, *, last: bool) -> list[int]:
    cuts = opening_cuts(sentence)
    start = letter_start(sentence)
    if not start:
        cuts += date_cuts(sentence, last=last)
        cuts += head_cuts(sentence)
        return sorted(cuts)
    before, rest = sentence[:start], sentence[start:]
    cuts += [*head_cuts(before), *date_cuts(before, last=True), start]
    cuts += [start + cut for cut in (*date_cuts(rest, last=last), *head_cuts(rest))]
    return sorted(cuts)
