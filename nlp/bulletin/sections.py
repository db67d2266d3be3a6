"""Headings (一、 （一） 1. ——) and what the stretch below each is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from nlp.bulletin.labels import known_topic, outcome_of, topic_key, topic_of, topic_of_heading
from nlp.text.spans import Span

Role = Literal["results", "practice", "problems", "plans"]
_NUM = "一二三四五六七八九十"
_HEADS = (
    (
        1,
        re.compile(
            rf"(?:第?[{_NUM}]{{1,3}}(?:部分)?、|第[{_NUM}]{{1,2}}部分|[{_NUM}]{{1,2}}[.．])"
        ),
    ),
    (2, re.compile(rf"[（(][{_NUM}]{{1,3}}[）)]")),
    (3, re.compile(r"\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]")),
)
_YEARS = re.compile(
    r"(?:20\d\d年)?[^，。；：]{2,20}(?:情况|做法|工作回顾|思路|打算|安排|计划|建议|"
    r"意见|部署|问题|成效)$"
)
_THEME = re.compile(
    r"(?:——|──|--|—|●|■|◆|★|[一二三四五六七八九]是)?\s*(?=(?:围绕|聚焦|着眼|立足|紧扣|紧盯|服务|助力|助推|"
    r"关注|突出|针对))|——|──"
)
_CLASS = re.compile(
    r"[^，。；：]{2,14}?(?:(?:类|方面)(?:。|的?(?:提案|"
    r"建议)?[\d一二三四五六七八九十百]+[件条份篇])|方面。)"
)
_ROLES: tuple[tuple[Role, str], ...] = (
    (
        "plans",
        r"思路|打算|下一步|下步|下阶段|今后|明年|工作安排|工作部署|工作计划|努力方向|"
        r"改进措施|展望|意见和?建议$",
    ),
    (
        "problems",
        r"(?:存在|主要|突出|面临|有关)[^，。]{0,4}(?:问题|困难|矛盾)|^问题|不足|差距|"
        r"(?<!补)(?<!补[齐上足强])短板|困难和问题|问题和困难|问题[和与]|问题及",
    ),
    (
        "practice",
        "做法|举措|措施|机制|主要特点|经验|体会|工作情况特点|保障|组织领导|强化|坚持|"
        "加强|创新|提升|注重",
    ),
)
_FIELD = re.compile(r"在([^，。；]{2,14}方面)，")
_OF_A_CASE = re.compile(r"提出的|[《“]关于|^关于[^，。；]*(?<!方面)(?<!领域)的(?:提案|建议|议案)")
_HANDLED = re.compile(r"(?:提案|建议)的?(?:办理|落实|推进)(?:情况|工作|成效|结果|实例)?$")
_COUNTED = re.compile(r"[\d百十零一二三四五六七八九][件条篇份]")
_CLASS_FIRST = re.compile(
    r"(?:关于|对|对于|所提|提案|建议|问题|意见|办理结果|结果|是|为|属于?|答复|目前|[“（])*"
    r"(?:已|基本|得到|得以|全部|当年|年内|列入|纳入|正在?|因|受|限于|由于|暂|部分|留作|供|作|解决|采纳|落实|"
    r"办成|办好|计划|拟|将|逐步|条件|短期|目前|一时|难以|不能|解释|[A-DＡ-Ｄ甲乙丙丁][”]?类)"
)
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch under one heading: levels 1 to 3, 4 for a theme's paragraph.

    `span` begins at the heading. `outcome` is a raw class of `labels.outcome_of`; `topic` is
    set where the heading says a subject; `key` where it is about key proposals.
    """

    level: int
    span: Span
    heading: str
    role: Role
    topic: str | None = None
    outcome: str | None = None
    key: bool = False
    above: Section | None = field(default=None, repr=False, compare=False)
    """The section that this one lies in."""


@dataclass(frozen=True, slots=True)
class _Head:
    level: int
    start: int
    line_end: int
    text: str


def sections(text: str) -> list[Section]:
    """Return all sections in order; a section holds those of deeper level inside its span."""
    heads = list(_heads(text))
    ends = _ends(text, heads)
    found: list[Section] = []
    around: list[Section] = []
    for head, end in zip(heads, ends, strict=True):
        while around and around[-1].span.end <= head.start:
            around.pop()
        found.append(_section(head, Span(head.start, end), around))
        around.append(found[-1])
    return found


def within(found: Sequence[Section], position: int) -> list[Section]:
    """Return the sections of `sections` around a position, the innermost last."""
    at = bisect_right(found, position, key=lambda each: each.span.start) - 1
    section = found[at] if at >= 0 else None
    around: list[Section] = []
    while section is not None:
        if position < section.span.end:
            around.append(section)
        section = section.above
    return around[::-1]


def role_at(found: Sequence[Section], position: int) -> Role:
    """Tell what the text at a position is for, by its outermost telling section."""
    around = within(found, position)
    return next((each.role for each in around if each.role != "results"), "results")


def lines(text: str, start: int = 0) -> Iterator[Span]:
    """Yield the spans of non-empty lines."""
    for found in re.finditer(r"[^\n]+", text[start:]):
        yield Span(start + found.start(), start + found.end())


def _heads(text: str) -> Iterator[_Head]:
    for line in lines(text):
        written = line.of(text)
        for level, marker in _HEADS:
            if found := marker.match(written):
                yield _Head(level, line.start, line.end, _first(written[found.end() :]))
                break
        else:
            if len(written) <= 26 and _YEARS.fullmatch(written) and re.match("20\\d\\d年", written):
                yield _Head(1, line.start, line.end, written)
            elif field := _FIELD.match(written):
                yield _Head(4, line.start, line.end, field[1])
            elif found := _THEME.match(written) or _CLASS.match(written):
                start = found.end() if found.re is _THEME else 0
                yield _Head(4, line.start, line.end, _first(written[start:]))


def _first(written: str) -> str:
    """Return a heading's own words: up to the first full stop."""
    return re.split(r"[。！？\n]", written, maxsplit=1)[0].strip()


def _ends(text: str, heads: Sequence[_Head]) -> list[int]:
    """Return where each head's section ends: at the next head of its level or above it."""
    ends: list[int] = []
    following = dict.fromkeys(range(1, 5), len(text))
    for head in reversed(heads):
        end = following[head.level]
        if head.level == 4 and head.line_end - head.start > _LONGEST:
            end = min(end, head.line_end)
        ends.append(end)
        following |= dict.fromkeys(range(head.level, 5), head.start)
    return ends[::-1]


def _section(head: _Head, span: Span, parents: Sequence[Section]) -> Section:
    inherited = next((p.role for p in parents if p.role != "results"), None)
    role = inherited or _role(head, parents)
    themed = head.level >= 4 or _THEME.match(head.text) is not None
    topical = role == "results" or (role == "practice" and themed)
    outcome = outcome_of(head.text) if role == "results" and _may_class(head) else None
    key = bool(re.search("重点[^，]{0,8}(?:提案|建议|督办|件)", head.text[:24]))
    if key or "提出的《" in head.text or head.text.startswith(("关于", "《")):
        outcome = None
    topic = None
    if topical and not key and not outcome and not _OF_A_CASE.search(head.text):
        topic = _class_of(head.text) or topic_of_heading(head.text)
    above = parents[-1] if parents else None
    return Section(head.level, span, head.text, role, topic, outcome, key, above)


def _may_class(head: _Head) -> bool:
    """Tell a heading that may name a class of results.

    One that counts it does; a chapter's also where the class stands first (已经解决的提案), not
    where a subject does (产业提案落地见效).
    """
    if _COUNTED.search(head.text):
        return True
    return head.level < 4 and _CLASS_FIRST.match(head.text) is not None


def _class_of(heading: str) -> str | None:
    """Return the class that a heading names: 财政经济类46件, 经济建设方面."""
    first = re.split(r"[，；：（]", heading, maxsplit=1)[0]
    name = _HANDLED.sub("", re.sub(r"(?<=[类面域])的?(?:提案|建议)的?(?:办理|落实).*$", "", first))
    name = re.sub(
        r"(?:的)?(?:提案|建议)?(?:共|有)?[\d一二三四五六七八九十百零]+[件条份篇].*$", "", name
    )
    if not 2 < len(name) <= 16:
        return topic_key(name) if known_topic(name) else None
    if known := topic_of(name):
        return topic_key(known)
    return topic_of_heading(heading) or topic_key(topic_of(name, listed=True))


def _role(head: _Head, parents: Sequence[Section]) -> Role:
    """Only chapters tell what a stretch is for; a report of one chapter has no such parents."""
    if head.level > 2 or (head.level == 2 and parents):
        return "results"
    short = head.text[:40]
    if outcome_of(short) and _COUNTED.search(head.text):
        return "results"
    for role, words in _ROLES:
        if re.search(words, short):
            telling = role != "practice" or not topic_of_heading(short)
            return role if telling else "results"
    return "results"
