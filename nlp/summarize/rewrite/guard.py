"""Keeps what a model writes to what the reply says.

Summaries in a model's own words invent figures and names ("On Faithfulness and Factuality
in Abstractive Summarization", Maynez et al. 2020, arXiv 2005.00661). A sentence with one that the
reply does not have is replaced by the reply's own words, and the digest's note says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from nlp.summarize.digest import Digest
from nlp.summarize.rewrite.guard_figures import FigureFacts, bare, squeezed
from nlp.summarize.rewrite.guard_names import missing_names
from nlp.summarize.rewrite.writers import Unwritten, Writer
from nlp.text.split import clauses

_MARKS = " \t\r\n\u3000。；;，,、："
_STOPS = "。！？!?"
_SAID = 0.8
"""From this likeness on, a sentence already says what a piece of the digest says."""
_TOLD = 3
_READ = 20
"""Of what a model writes, so many times the wanted length is read."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A reply as the guard compares with it: read once, asked per sentence."""

    text: str
    figures: FigureFacts

    @classmethod
    def of(cls, reply: str) -> Facts:
        text = squeezed(reply)
        return cls(text, FigureFacts.of(text, *map(bare, _sentences(reply))))

    def inventions(self, text: str) -> tuple[str, ...]:
        """Return the figures, dates and names of a text that the reply does not have."""
        found: dict[str, None] = {}
        for sentence in map(bare, _sentences(text)):
            found.update(dict.fromkeys(self.figures.missing(sentence)))
            found.update(dict.fromkeys(missing_names(sentence, self.text)))
        return tuple(found)


def inventions(sentence: str, reply: str) -> tuple[str, ...]:
    """Return the figures, dates, units, places, titles and quotations not in the reply.

    White space and width do not count, 1.2亿元 is 12000万元, and a date is in the reply if
    its parts are in one of the reply's (9月 of 2025年9月18日). In doubt it is an invention.
    """
    return Facts.of(reply).inventions(sentence)


def rewrite(digest: Digest, reply_text: str, written: str, max_chars: int) -> Digest:
    """Return the digest with what a model wrote for it, freed of inventions.

    A sentence that has one is replaced by the likest unused piece of the extractive
    summary, or dropped if none is left; last sentences are dropped until `max_chars` holds.
    The extractive digest comes back, with a note, if nothing written remains. `spans` stay
    those of the extractive summary.
    """
    facts = Facts.of(reply_text)
    sentences = _sentences(written[: _READ * max_chars])
    if not sentences:
        return _extractive(digest, "模型没有写出内容")
    draft = _Draft(facts, [p for p in _sentences(digest.summary) if not facts.inventions(p)])
    draft.write(sentences)
    if not draft.own:
        return _extractive(digest, f"模型写的句子都有答复中没有的{_quoted(draft.invented)}")
    draft.shorten(max_chars)
    if not draft.own:
        return _extractive(digest, f"模型写的超过{max_chars}字")
    summary = draft.text
    if left := facts.inventions(summary):
        return _extractive(digest, f"模型写的摘要有答复中没有的{_quoted(left)}")
    note = _joined(digest.note, *(line.note for line in draft.lines))
    return replace(digest, summary=summary, method="abstractive", note=note)


def abstractive(
    pairs: Iterable[tuple[str, Digest]], writer: Writer, max_chars: int, batch: int = 8
) -> Iterator[Digest]:
    """Yield (reply, extractive digest) pairs rewritten by a model, in order, `batch` at a time.

    Digests of rows in error, and of empty replies, pass through. Raises what the writer raises.
    """
    stream = iter(pairs)
    while chunk := list(islice(stream, batch)):
        asked = [at for at, (reply, d) in enumerate(chunk) if d.error is None and reply.strip()]
        answers = writer.write([chunk[at][0] for at in asked], max_chars) if asked else ()
        answered = dict(zip(asked, answers, strict=True))
        for at, (reply, digest) in enumerate(chunk):
            if at in answered:
                digest = _answered(digest, reply, answered[at], writer.name, max_chars)
            yield digest


def _answered(
    digest: Digest, reply: str, answer: str | Unwritten, name: str, max_chars: int
) -> Digest:
    if isinstance(answer, Unwritten):
        return _extractive(digest, answer.message.rstrip("。"))
    found = rewrite(digest, reply, answer, max_chars)
    if found.method == "extractive":
        return found
    return replace(found, model="+".join(part for part in (digest.model, name) if part))


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence of the digest, "" for a dropped one; `note` tells what became of the model's."""

    text: str
    note: str = ""


@dataclass(slots=True)
class _Draft:
    """A digest in the making."""

    facts: Facts
    spare: list[str]
    lines: list[_Line] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    def write(self, sentences: Sequence[str]) -> None:
        found = [self.facts.inventions(sentence) for sentence in sentences]
        kept = [s for s, bad in zip(sentences, found, strict=True) if not bad]
        for number, (sentence, bad) in enumerate(zip(sentences, found, strict=True), start=1):
            self.invented.extend(bad)
            piece, note = sentence, ""
            if bad:
                piece = self._likest(sentence, kept)
                done = "已换成原文" if piece else "已删去"
                note = f"第{number}句有答复中没有的{_quoted(bad)}，{done}"
            self.lines.append(_Line(piece, note))

    def _likest(self, sentence: str, kept: Sequence[str]) -> str:
        """Take the likest spare piece that no kept sentence says already; "" if none is."""
        unsaid = [p for p in self.spare if all(_likeness(p, k) < _SAID for k in kept)]
        if not unsaid:
            return ""
        likest = max(unsaid, key=lambda piece: _likeness(piece, sentence))
        self.spare.remove(likest)
        return likest

    def shorten(self, max_chars: int) -> None:
        while self.lines and len(self.text) > max_chars:
            self.lines.pop()

    @property
    def own(self) -> bool:
        """Tell whether a sentence of the model's is left."""
        return any(not line.note for line in self.lines)

    @property
    def text(self) -> str:
        parts = [line.text for line in self.lines if line.text]
        body = "".join(p if p[-1] in _STOPS else f"{p}；" for p in parts).rstrip("；")
        return body if not body or body[-1] in _STOPS else f"{body}。"


def _quoted(words: Sequence[str]) -> str:
    shown = "、".join(word if word[0] in "《“" else f"“{word}”" for word in words[:_TOLD])
    return f"{shown}等" if len(words) > _TOLD else shown


def _sentences(text: str) -> list[str]:
    pieces = (span.of(text).strip(_MARKS) for span in clauses(text))
    return [piece for piece in pieces if piece]


def _likeness(one: str, other: str) -> float:
    """Return how far two sentences share pairs of characters (Dice), 0 to 1."""
    a, b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else float(one == other)


def _extractive(digest: Digest, why: str) -> Digest:
    return replace(digest, note=_joined(digest.note, f"{why}，摘要用原文"))


def _joined(*notes: str) -> str:
    parts = [note.rstrip("。") for note in notes if note]
    return "；".join(parts) + "。" if parts else ""
