"""sumy's summarisers as they come, with its own Chinese splitter and words.

It counts sentences, not characters, so it is asked for their order, and the digest is filled
from it as ours are. What stands behind the last 。！？ of a line it doesn't see.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.digests.system import Digesting, Entry
from benchmarks.shared.packages import peer
from nlp.corpus.replies import ReplyRow
from nlp.evaluate.replies.baselines import fill
from nlp.text.clean import clean_text

KINDS = {
    "sumy_textrank": ("text_rank", "TextRankSummarizer", "TextRank"),
    "sumy_lexrank": ("lex_rank", "LexRankSummarizer", "LexRank"),
}


class Ranking:
    """What sumy calls with its sentences, best first, where others give a number of them."""

    def __init__(self) -> None:
        self.order: list[int] = []

    def __call__(self, infos: Sequence[Any]) -> Sequence[Any]:
        self.order = [int(info.order) for info in infos]
        return infos


def open_sumy(name: str) -> Digesting:
    module, kind, _ = KINDS[name]
    summarizer = getattr(peer(f"sumy.summarizers.{module}"), kind)()
    tokenizer = peer("sumy.nlp.tokenizers").Tokenizer("chinese")
    parser = peer("sumy.parsers.plaintext").PlaintextParser

    def digest(reply: str, max_chars: int) -> str:
        document = parser.from_string(clean_text(reply), tokenizer).document
        ranking = Ranking()
        summarizer(document, ranking)
        return fill([str(each) for each in document.sentences], ranking.order, max_chars)

    def digests(rows: Sequence[ReplyRow], max_chars: int) -> list[str]:
        return [digest(row.reply, max_chars) for row in rows]

    return digests


def entry(name: str) -> Entry:
    about = f"sumy's {KINDS[name][2]} with its defaults and its Chinese tokenizer"
    return Entry(name, about, lambda: open_sumy(name), packages=("sumy", "jieba"))


ENTRIES = tuple(map(entry, KINDS))
