"""What the replies of a batch have in common: template text, told by sentences that recur."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.summarize.reading import LONGEST, Reading
from nlp.types import Reply, RowError

SENTENCE = 14
"""Shorter sentences recur by themselves (现答复如下)."""
OTHERS = 2
"""In so many other replies a sentence must stand to count as template."""
SHARE = 0.5
_END = re.compile(r"[。！？；!?;\n]+")
_FIGURE = re.compile(r"\d+|\s+|[A-Z]\d*(?=[市县区镇])")


@dataclass(frozen=True, slots=True)
class Repeats:
    """How many replies hold each sentence, figures and blanks apart."""

    counts: Counter[int]

    @classmethod
    def of(cls, items: Iterable[Reply | RowError]) -> Repeats:
        """Count the sentences of a batch. Only hashes are kept, so memory stays small."""
        counts: Counter[int] = Counter()
        for item in items:
            if isinstance(item, Reply):
                counts.update(set(map(hash, _sentences(item.text[:LONGEST]))))
        return cls(Counter({key: count for key, count in counts.items() if count > OTHERS}))

    def templated(self, reading: Reading) -> bool:
        """Tell whether most of an answer's text stands in OTHERS other replies too.

        The text as given is compared, for what was counted was not cleaned either.
        """
        if not self.counts:
            return False
        own = repeated = 0
        for span in reading.letter.spans("body"):
            for sentence in _sentences(reading.given(span).of(reading.reply.text)):
                own += len(sentence)
                repeated += len(sentence) if hash(sentence) in self.counts else 0
        return own > 0 and repeated > SHARE * own


def _sentences(text: str) -> Iterator[str]:
    for sentence in _END.split(text):
        bare = _FIGURE.sub("", sentence)
        if len(bare) >= SENTENCE:
            yield bare
