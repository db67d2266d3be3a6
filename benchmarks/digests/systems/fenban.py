"""The shipped digester."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.digests.system import ROOT, Digesting, Entry
from nlp.corpus.replies import ReplyRow
from nlp.types import Reply

FOLDER = ROOT / "models" / "replies"


def open_model() -> Digesting:
    from nlp.summarize.digester import DigestOptions
    from nlp.summarize.files import load_digester

    digester = load_digester(FOLDER)

    def digests(rows: Sequence[ReplyRow], max_chars: int) -> list[str]:
        replies = [Reply(row.id, row.reply, row.title) for row in rows]
        return [d.summary for d in digester.summarize(replies, DigestOptions(max_chars))]

    return digests


ENTRY = Entry(
    name="fenban_digests",
    about="this project's shipped `models/replies`; its time includes outcomes, units and warnings",
    open=open_model,
    model=FOLDER,
)
