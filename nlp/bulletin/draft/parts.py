"""What a draft is made of: blocks of sentences, each with the facts it states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from nlp.bulletin.draft.facts import Fact
from nlp.bulletin.types import Kind

BlockKind = Literal["title", "note", "heading", "text", "signature"]
GAP = re.compile("【待补充[^】]*】")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its stop, and what it states; `mark` numbers it for the appendix."""

    text: str
    facts: tuple[Fact, ...] = ()
    mark: int = 0

    def marked(self) -> str:
        """Write the sentence with its mark 〔表1〕 before the stop."""
        if not self.mark:
            return self.text
        stop = self.text[-1] if self.text[-1] in "。；：" else ""
        return f"{self.text[: len(self.text) - len(stop)]}〔表{self.mark}〕{stop}"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph; `lead` is a run-in heading （一） before its first sentence."""

    kind: BlockKind
    sentences: tuple[Sentence, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole text in order; every fact stands in the sentence that its mark names."""

    blocks: tuple[Block, ...]

    def sentences(self) -> Iterator[Sentence]:
        for block in self.blocks:
            yield from block.sentences

    def facts(self) -> Iterator[tuple[int, Fact]]:
        """Yield each fact with the mark of its sentence."""
        for sentence in self.sentences():
            for fact in sentence.facts:
                yield sentence.mark, fact

    @property
    def gaps(self) -> int:
        """How many places are left to fill in."""
        return sum(len(GAP.findall(f"{b.lead}{s.text}")) for b in self.blocks for s in b.sentences)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words in which reports on proposals and on suggestions differ."""

    matter: str
    owner: str
    title: str
    report: str


WORDINGS: Mapping[Kind, Wording] = {
    "proposal": Wording("提案", "委员", "政协提案办理情况的通报", "通报"),
    "suggestion": Wording("建议", "代表", "人大代表建议办理情况的报告", "报告"),
}


def gap(what: str = "") -> str:
    """Write a place to fill in. It never holds a count: readers take those for statistics."""
    return f"【待补充：{what}】" if what else "【待补充】"


def text(*sentences: Sentence, lead: str = "") -> Block:
    return Block("text", sentences, lead)


def heading(words: str) -> Block:
    return Block("heading", (Sentence(words),))
