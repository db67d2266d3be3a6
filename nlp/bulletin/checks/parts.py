"""The groups of figures that divide a whole: by proposer, by topic, by result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from nlp.bulletin.checks.facts import Facts
from nlp.bulletin.types import Figure

_OTHER = ("其他", "其它", "综合")
_SAYS_ALL = ("分别为", "分别是", "分别有", "分别达", "分为", "具体为", "全部按")
_IN_HAND = re.compile(r"(?:的)?(?:提案|建议)?(?:仍|还|尚)?(?:正在|在)(?:抓紧|加紧|继续)?办理")
_MOST = 8


@dataclass(frozen=True, slots=True)
class Parts:
    """Figures that divide one whole; `whole` names the totals they most often belong to.

    `complete` says that the report leaves no room for others: it has a class of others, says
    分别为, or its shares total 100. `known` that the field knows no other classes: all of results,
    or members and groups.
    """

    kind: str
    label: str
    figures: tuple[Figure, ...]
    whole: tuple[str, ...]
    complete: bool
    known: bool = False

    @property
    def total(self) -> int:
        return int(sum(each.value for each in self.figures))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.figures)

    @property
    def largest(self) -> int:
        return int(max(each.value for each in self.figures))

    def added(self) -> str:
        return f"{'＋'.join(f'{each.value:g}' for each in self.figures)}＝{self.total}"


def all_parts(facts: Facts) -> Iterator[Parts]:
    """Yield the groups that have at least two figures."""
    for parts in (_outcomes(facts), _topics(facts), _sources(facts), _key(facts)):
        if parts and len(parts.figures) > 1:
            yield parts


def subset_totals(figures: Sequence[Figure]) -> set[int]:
    """Return what two and more of some figures add up to."""
    values = [int(each.value) for each in figures[:_MOST]]
    return {
        sum(chosen) for size in range(2, len(values) + 1) for chosen in combinations(values, size)
    }


def _outcomes(facts: Facts) -> Parts | None:
    found = [
        each
        for each in facts.group("outcomes")
        if not _summed_up(facts, each) and not _left(facts, each)
    ]
    last = {each.name.partition(".")[2] for each in found}
    known = {"solved", "planned"} <= last and bool(last & {"limited", "explained"})
    whole = ("handled", "closed", "after_merging", "filed")
    complete = _share_all(facts, found, "shares")
    return Parts("outcomes", "各类结果", tuple(found), whole, complete, known)


def _summed_up(facts: Facts, figure: Figure) -> bool:
    """Tell a class that the report also counts within another: 两类合计37件."""
    whole = facts.figure("outcomes.in_plan")
    return whole is not None and figure.name.rpartition(".")[2] in ("in_plan", "partly", "solving")


def _left(facts: Facts, figure: Figure) -> bool:
    """Tell items that are left (6件正在办理) from a class of results."""
    return bool(_IN_HAND.match(facts.text[figure.span.end : figure.span.end + 12]))


def _key(facts: Facts) -> Parts | None:
    found = facts.group("key_outcomes")
    return Parts("key_outcomes", "重点件各类结果", tuple(found), ("key",), False)


def _topics(facts: Facts) -> Parts | None:
    found = facts.group("topics")
    if not found:
        return None
    others = any(each.name.partition(".")[2] in _OTHER for each in found)
    whole = ("filed", "handled", "after_merging", "submitted")
    complete = others or _listed(facts, found) or _share_all(facts, found, "shares")
    return Parts("topics", "各主题", tuple(found), whole, complete)


def _sources(facts: Facts) -> Parts | None:
    """Members' and groups': those of the sentence that names the first of them, no brackets."""
    found = [each for each in facts.figures if each.name.startswith("by_")]
    if not found:
        return None
    found.sort(key=lambda each: each.span.start)
    sentence = facts.sentence(found[0].span.start)
    found = [each for each in found if each.span.start < sentence.end]
    top = [each for each in found if not _bracketed(facts, each)]
    last = {each.name for each in top}
    known = "by_groups" in last and len(last) == 2
    whole = ("filed", "handled", "submitted", "after_merging")
    return Parts("sources", "委员与集体提出的", tuple(top), whole, _listed(facts, top), known)


def _share_all(facts: Facts, figures: Sequence[Figure], group: str) -> bool:
    """Tell whether the shares of some parts total 100, as they do where the parts are all."""
    found = [facts.figure(f"{group}.{each.name.partition('.')[2]}") for each in figures]
    shares = [each for each in found if each]
    if len(shares) < max(2, len(found)):
        return False
    return abs(sum(each.value for each in shares) - 100) <= facts.slack(shares) / 2


def _listed(facts: Facts, figures: Sequence[Figure]) -> bool:
    if not figures:
        return False
    sentence = facts.sentence(figures[0].span.start)
    together = all(each.span.start < sentence.end for each in figures)
    return together and any(words in sentence.of(facts.text) for words in _SAYS_ALL)


def _bracketed(facts: Facts, figure: Figure) -> bool:
    lead = facts.text[facts.sentence(figure.span.start).start : figure.span.start]
    return lead.count("（") + lead.count("(") > lead.count("）") + lead.count(")")
