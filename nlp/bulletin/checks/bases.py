"""Which total the parts of a report belong to: those it states, and the one it claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.bulletin.checks.facts import TOTALS, Facts, chinese
from nlp.bulletin.types import Figure, Span

_MATTER = r"(?:各类|全部|所有|政协|委员|人大|代表)*(?:提案|建议|议案)"
_INSIDE = r"(?:当?中|里|之中|，?(?:按照?|从|依照?|根据)|涉及|分为|分别|包括|的?构成)"
_BY_WORDS = (
    ("filed", re.compile(rf"(?<!不予)(?<!未予)(?<!不)(?<!未)立案(?:的)?{_MATTER}{_INSIDE}")),
    ("submitted", re.compile(rf"(?:收到|提交|提出|征集)的{_MATTER}{_INSIDE}")),
    ("handled", re.compile(rf"(?:办理|承办|交办)的{_MATTER}{_INSIDE}")),
)
_BY_NUMBER = re.compile(rf"^(?:的)?(?:立案|交办|承办)?(?:的)?(?:{_MATTER})?{_INSIDE}")
_OPENS = re.compile(r"其中|包括|分别|具体|按|分为|含|：|（|从|分类")
_ALL_OF = re.compile(r"(?:共|共有|共计|总共|合计|一共)$")
_WORK = ("handled", "closed", "replied", "after_merging")
_SHARE_OF = (
    (("filed",), re.compile(r"占(?:全部|已)?立案(?:的)?(?:提案|建议|总|数|件)")),
    (("submitted",), re.compile(r"占(?:全部)?(?:收到|提交|征集|来件)")),
    (_WORK, re.compile(r"占(?:全部|应|已)?(?:办理|承办|办结|交办|办复|答复|办毕|分办)")),
)


@dataclass(frozen=True, slots=True)
class Base:
    """A total: its value, its Chinese name, and the names of the figures that state it."""

    value: int
    label: str
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.label}{self.value}件"


@dataclass(frozen=True, slots=True)
class Claim:
    """The total that a report says its parts divide; `sure` if in words, not by order alone."""

    base: Base
    sure: bool


def bases(facts: Facts) -> list[Base]:
    """Return the totals that a report states, and those that follow from its mergers."""
    found = [
        Base(int(each.value), label, (name,))
        for name, label in TOTALS.items()
        for each in facts.stated(name)
    ]
    return found + _merged(facts) + _with_motions(facts)


def _merged(facts: Facts) -> list[Base]:
    """391 filed, 22 of them merged into 9, makes 378."""
    into = [int(each.value) for each in facts.stated("after_merging")]
    return [
        Base(int(filed.value) - int(merged.value) + more, "并案后件数")
        for filed in facts.stated("filed")
        for merged in facts.stated("merged")
        for more in (0, *into)
        if filed.value > merged.value
    ]


def _with_motions(facts: Facts) -> list[Base]:
    """承办议案3件、建议124件: the classes may be of both."""
    found = []
    for name in TOTALS:
        for figure in facts.stated(name):
            for number in facts.numbers_in(facts.sentence(figure.span.start)):
                before = facts.text[max(0, number.span.start - 6) : number.span.start]
                if "议案" in before and not number.percent and number.span != figure.span:
                    found.append(Base(int(figure.value + number.value), "议案、建议合计"))
    return found


def unnamed_totals(facts: Facts) -> list[Base]:
    """Return totals that are no figures: 共有591件提案交80家单位办理."""
    found = []
    for number in facts.unread([Span(0, len(facts.text))]):
        before = facts.text[max(0, number.span.start - 6) : number.span.start]
        after = facts.text[number.span.end : number.span.end + 8]
        if not number.percent and _ALL_OF.search(before) and re.match(_MATTER, after):
            found.append(Base(int(number.value), "总数"))
    return found


def claim(facts: Facts, parts: Sequence[Figure]) -> Claim | None:
    """Return the total that the words before the first part name, None if they name none."""
    first = min(parts, key=lambda each: each.span.start)
    sentence = facts.sentence(first.span.start)
    lead = Span(sentence.start, first.span.start)
    by_words = _by_number(facts, lead) or _by_words(facts, lead)
    if by_words:
        return by_words
    if found := _by_order(facts, lead):
        return found
    earlier = facts.before(sentence)
    if earlier is None or not _OPENS.match(lead.of(facts.text).lstrip()):
        return None
    return _by_order(facts, Span(earlier.start, lead.end))


def _by_number(facts: Facts, lead: Span) -> Claim | None:
    """Read 251件提案中, …."""
    for number in reversed(facts.numbers_in(lead)):
        if not number.percent and _BY_NUMBER.match(facts.text[number.span.end : lead.end]):
            value = int(number.value)
            named = [each for each in bases(facts) if each.value == value]
            key = facts.figure("key")
            if key and key.span.start == number.span.start:
                return None
            return Claim(named[0] if named else Base(value, "文中的总数"), True)
    return None


def _by_words(facts: Facts, lead: Span) -> Claim | None:
    """Read 立案提案中, …."""
    for name, words in _BY_WORDS:
        figure = facts.figure(name)
        if figure and words.search(lead.of(facts.text)):
            return Claim(Base(int(figure.value), chinese(name), (name,)), True)
    return None


def _by_order(facts: Facts, lead: Span) -> Claim | None:
    """立案251件，其中…: the last total before the parts; sure where it is the only one."""
    totals = [
        each
        for each in facts.figures
        if each.name in TOTALS and lead.start <= each.span.start < lead.end
    ]
    if not totals:
        return None
    last = max(totals, key=lambda each: each.span.start)
    if not _OPENS.search(facts.text[last.span.end : lead.end]):
        return None
    base = Base(int(last.value), chinese(last.name), (last.name,))
    return Claim(base, len({each.value for each in totals}) == 1)


def share_base(facts: Facts, share: Figure) -> tuple[str, ...]:
    """Return the totals that 占…总数 before a share may mean, () where it does not say."""
    clause = facts.clause(share)
    return next((names for names, words in _SHARE_OF if words.search(clause)), ())
