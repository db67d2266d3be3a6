"""The baselines of `fenban evaluate`: sentences of our own lossless splitter."""

from __future__ import annotations

from benchmarks.digests.system import Digesting, Entry
from nlp.evaluate.replies.baselines import baselines

ABOUT = {
    "lead": "the letter's first sentences",
    "lead_after_boilerplate": "the first sentences of the answer itself, as our parser finds it",
    "textrank": "TextRank (Mihalcea & Tarau 2004) as the paper has it, on our sentences and words",
    "lexrank": "LexRank (Erkan & Radev 2004) as the paper has it, on our sentences and words",
}


def open_baseline(name: str) -> Digesting:
    """Open a baseline by its name. Raises LookupError for any other."""
    system = {each.name: each for each in baselines()}[name]
    return lambda rows, max_chars: system.summarize([row.reply for row in rows], max_chars)


def entry(name: str, about: str) -> Entry:
    return Entry(name, about, lambda: open_baseline(name), packages=("jieba",))


ENTRIES = tuple(entry(name, about) for name, about in ABOUT.items())
