"""One sentence's numbers, each with the name of the statistic that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from nlp.bulletin.around import around
from nlp.bulletin.counts import count_name
from nlp.bulletin.folding import combined
from nlp.bulletin.labels import outcome_of, topic_of
from nlp.bulletin.listed import with_classes
from nlp.bulletin.numbers import Token, numbers
from nlp.bulletin.respectively import respectively, row_of
from nlp.bulletin.scoping import told_apart
from nlp.bulletin.shares import Named, rates, share_links, share_name
from nlp.bulletin.steps import last_verb
from nlp.bulletin.types import Kind

_THIS_KIND = re.compile(
    r"(?:此|该|这|本|上述)(?:一)?(?:类|方面|些|领域|部分)[^，。；]{0,6}(?:提案|建议|"
    r"议案)(?:共|有|计)*$"
    r"|^(?:共)?(?:收到|提出|立案|有|涉及)?(?:相关|有关)?(?:提案|建议)(?:共|有)*$"
)
_ALL_SOLVED = re.compile(
    "(?:提案|建议)?，?(?:已|目前)?(?:全部|均|都)(?:已经?)?(?:得到|圆满)*(?:解决|采纳)"
)
_TIED = re.compile(r"分别(?:占|为)[^，。；\d]{0,12}$")
_SUM = re.compile(
    r"(?:合计|共计|总计|总共|全年共|相加|加起来|合起来|合在一起|加总|累计|前后|一共|[两二三四]"
    r"(?:项|者|类|次|批|部分)(?:共|之和))[^，。；]{0,8}$|^共(?:有|计)?$"
)
_TOTALS = ("submitted", "filed", "handled")
_TWO_CLASSES = re.compile(
    "(?:解决|采纳|落实|办成)的?(?:和|与|及|加上)(?:正在|列入|纳入|部分|计划|拟)"
)
_FARTHEST = 300
"""Characters before a count that may have the verb it goes with."""
_MOST_PARTS = 12
"""Counts before 合计 that may be its parts."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a sentence from around it.

    `key`: its section is about key proposals; `theme`: the topic of its section; `kind`: whose
    figures are wanted where a sentence has both 提案 and 建议; `own`: the report's title, which
    names who reports; `matter`: the one kind that its paragraph counts, in a report on both.
    """

    key: bool = False
    matter: str = ""
    theme: str | None = None
    kind: Kind = "proposal"
    own: str = ""


@dataclass(slots=True)
class _Reading:
    """A sentence as far as its numbers have been read."""

    sentence: str
    tokens: list[Token]
    setting: Setting
    found: list[Named] = field(default_factory=list)

    def read(self) -> list[Named]:
        self.found += respectively(self.sentence, self.tokens)
        taken = {each.token for each in self.found}
        self.found += [r for r in rates(self.sentence, self.tokens) if r.token not in taken]
        done = {each.token.span.start for each in self.found}
        last: Named | None = None
        for at, token in enumerate(self.tokens):
            if token.span.start in done:
                last = None
                continue
            named = list(self._number(at, token, last))
            self.found += named
            done |= {each.token.span.start for each in named}
            last = named[-1] if named else None if token.kind == "count" else last
        return self.found

    def _number(self, at: int, token: Token, last: Named | None) -> Iterator[Named]:
        """Name a count; a percentage is the share of the count before it, or its label's."""
        place = around(self.sentence, self.tokens, at, self.setting.own)
        if token.kind == "percent":
            yield from self._shares(token, last, place.wide)
        elif last and last.token.kind == "percent" and place.wide in ("（", "，计", "，"):
            yield Named(last.name.replace("shares.", "outcomes."), token)
        else:
            name = self._theme(place.narrow) or combined(place.narrow)
            lead = self.sentence[max(0, token.span.start - _FARTHEST) : token.span.start]
            clause = re.split("[；。]", lead)[-1]
            name = name or count_name(place, last_verb(clause)) or self._sum(token, place.narrow)
            if name == "key" and _ALL_SOLVED.match(self.sentence, token.span.end):
                yield Named("key_outcomes.solved", token)
            if name:
                yield Named(name, token)

    def _theme(self, narrow: str) -> str | None:
        """此类提案122件 counts the topic of the section around it."""
        if self.setting.theme and _THIS_KIND.search(narrow.strip("“”")):
            return f"topics.{self.setting.theme}"
        return None

    def _sum(self, token: Token, narrow: str) -> str | None:
        """合计204件 behind parts that add up to it is the total of what they count."""
        if not _SUM.search(narrow):
            return None
        parts = [each for each in self.found[-2 * _MOST_PARTS :] if each.token.kind == "count"]
        parts = parts[-_MOST_PARTS:]
        for size in range(2, len(parts) + 1):
            if sum(each.token.value for each in parts[-size:]) == token.value:
                first = parts[-size]
                if first.name in _TOTALS:
                    for part in parts[-size:]:
                        if part.name == first.name:
                            at = self.found.index(part)
                            self.found[at] = Named(f"part_{part.name}", part.token)
                    return first.name
                verb = last_verb(self.sentence[: first.token.span.start])
                return verb if verb in _TOTALS else None
        return None

    def _shares(self, token: Token, last: Named | None, wide: str) -> Iterator[Named]:
        if _TIED.search(wide):
            counts = [each for each in self.found if each.token.kind == "count"]
            row = row_of(self.sentence, [t for t in self.tokens if t.span >= token.span])
            if 1 < len(row) <= len(counts):
                for count, each in zip(counts[-len(row) :], row, strict=True):
                    yield Named(share_name(count.name), each)
                return
        if last and share_links(self.sentence, last.token, token):
            yield Named(share_name(last.name), token)
        elif name := _labelled(wide):
            yield Named(name, token)


@lru_cache(maxsize=512)
def named_numbers(sentence: str, setting: Setting) -> tuple[Named, ...]:
    """Name a sentence's numbers; those that count something else are left out."""
    tokens = list(numbers(sentence))
    found = with_classes(sentence, tokens, _Reading(sentence, tokens, setting).read())
    told = told_apart(
        sentence, found, setting.kind, setting.own, key=setting.key, matter=setting.matter
    )
    return tuple(told)


def _labelled(wide: str) -> str | None:
    """Name a percentage that no count stands before: 已解决的占93.6%."""
    label = re.split("[，；：]", wide)[-1]
    if "占" not in label:
        return None
    label = re.sub(r"(?:的)?(?:提案|建议)?占[^，。；]{0,8}$", "", label)
    if _TWO_CLASSES.search(label):
        return None
    if outcome := outcome_of(label):
        return f"shares.{outcome}"
    return f"topic_shares.{topic}" if (topic := topic_of(label)) else None
