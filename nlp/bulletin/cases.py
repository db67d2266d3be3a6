"""The proposals that a report names, each with what the report tells of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nlp.bulletin.caseoutcome import case_outcome
from nlp.bulletin.casepoints import counted_points
from nlp.bulletin.casetopics import section_topics, told_topic
from nlp.bulletin.labels import outcome_of
from nlp.bulletin.pronouns import proposer_told_of
from nlp.bulletin.proposers import proposer_after, proposer_before
from nlp.bulletin.sections import Section, role_at, within
from nlp.bulletin.titles import TitleFound, titles
from nlp.bulletin.types import Case, Kind, Span
from nlp.bulletin.units import acting_units, own_unit_acts
from nlp.text.split import sentences

_HEADED = re.compile(
    r"\s*(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳]|[（(][一二三四五六七八九十]+[）)]"
    r"|(?:典型)?(?:提案|建议|议案|案例|实例|事例)(?:[一二三四五六七八九十]{1,3}|\d{1,2})[：:.．、]"
    r"|[★☆●■◆▲]?\s*第?\d{1,8}号(?:提案|建议)?[：:]?)"
)
_LABEL = re.compile(r"\n[^，。；：\n]{2,8}：(?:(?P<told>[^\n]*。)|[^。\n]{1,60})(?=\n|$)")
_NO_SUBJECT = re.compile(r"\s*在?(?:承办|办理|答复|督办|落实)(?!单位|部门)[^，。；]*$")
_SIGNATURE = re.compile(
    r"\n[^\n，。；：]{2,30}(?:局|厅|委|政府|委员会|办公室|办事处|政府办|中心|公司|医院|学校)\s*"
    r"(?:\n[^\n。，]{4,20}日\s*)?$"
)
_LABELS = re.compile(r"^(?:的?(?:提案|建议)?(?:办理情况)?[。，：])")
_MOST_BESIDE = 12
"""Titles that are told of together at most; a longer row is a list."""
_RESULT = re.compile(r"[^。；]*?(?:\d+|[一二三四五六七八九十百零]+)件")


@dataclass(frozen=True, slots=True)
class Told:
    """A title, where the report tells of it, and whether it has a numbered heading."""

    title: TitleFound
    sentence: Span
    reply: Span
    headed: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What of a report its cases need: its kind, its place, and the classes that it counts.

    `classes` maps each class as the report names it to our key.
    """

    kind: Kind
    place: str
    classes: Mapping[str, str] = field(default_factory=dict)


def cases(text: str, told: Sequence[Told], found: Sequence[Section], whose: Report) -> list[Case]:
    """Return the cases in order; a title met again is the same case."""
    made: dict[str, Case] = {}
    for each in told:
        case = _case(text, each, found, whose)
        made.setdefault(_plain(case.title), case)
    return list(made.values())


def told_cases(text: str, found: Sequence[Section]) -> list[Told]:
    """Find every title, with its stretch; none in plans, in problems only 《关于…的提案》."""
    met = [each for each in titles(text) if _counts(text, each, found)]
    places = _places(text, met, sentences(text))
    told: list[Told] = []
    later = stop = len(text)
    for at in range(len(met) - 1, -1, -1):
        if at + 1 < len(met) and places[at + 1].start > places[at].start:
            stop = later
        told.append(_told(text, met[at], places[at], stop, found))
        later = places[at].start
    return told[::-1]


def _places(text: str, met: Sequence[TitleFound], pieces: Sequence[Span]) -> list[Span]:
    """Return where each title's telling begins and its sentence ends.

    Titles side by side (《…》《…》等) are told of together; others of one sentence each from
    the last comma before them.
    """
    found: list[Span] = []
    group = 0
    for at, title in enumerate(met):
        sentence = pieces[bisect_right(pieces, title.span.start, key=lambda p: p.start) - 1]
        start = sentence.start
        if at and met[at - 1].outer.end > sentence.start:
            between = text[met[at - 1].outer.end : title.outer.start]
            cut = max(between.rfind("；"), between.rfind("，") if "；" not in between else -1)
            beside = cut < 0 or (len(between) <= 8 and "；" not in between)
            group = group + 1 if beside and group < _MOST_BESIDE else 0
            start = found[-1].start if group else met[at - 1].outer.end + cut + 1
        found.append(Span(start, sentence.end))
    return found


def _counts(text: str, title: TitleFound, found: Sequence[Section]) -> bool:
    role = role_at(found, title.span.start)
    if role == "plans" or (role == "problems" and not title.whole):
        return False
    line = text[text.rfind("\n", 0, title.span.start) + 1 : title.outer.end + 40].split("\n")[0]
    return not re.search(r"｜", line)


def _told(
    text: str, title: TitleFound, sentence: Span, stop: int, found: Sequence[Section]
) -> Told:
    """Tell which stretch belongs to a title: its heading's section, or the rest of its line."""
    line = text.rfind("\n", 0, sentence.start + 1) + 1
    line_end = text.find("\n", title.outer.end)
    line_end = len(text) if line_end < 0 else line_end
    ahead = text[line : title.outer.start]
    headed = bool(_HEADED.match(text, line)) and len(ahead) <= 60 and "。" not in ahead
    if headed:
        inner = [s for s in within(found, title.span.start) if s.span.start >= line - 1]
        end = max((s.span.end for s in inner), default=_below(text, line_end))
        end = min(end, stop)
        after = _after(text, title, sentence)
        if not _covers_examples(text, line, title):
            return Told(
                title,
                sentence,
                Span(after, max(_unsigned(text, end), after)),
                True,
            )
    end = min(stop, line_end)
    if _in_passing(text, title, line, found):
        end = min(end, sentence.end)
        if role_at(found, title.span.start) != "practice":
            clause = text.find("；", title.outer.end, end)
            end = clause if clause >= 0 else end
    end = _unsigned(text, min(end, stop))
    end = _before_results(text, sentence.end, end) if end > sentence.end else end
    return Told(title, sentence, Span(title.outer.end, max(end, title.outer.end)), False)


def _unsigned(text: str, end: int) -> int:
    """Return where a stretch ends without the report's signature and date."""
    signed = _SIGNATURE.search(text, max(0, end - 80), end)
    return signed.start() if signed else end


def _in_passing(text: str, title: TitleFound, line: int, found: Sequence[Section]) -> bool:
    """Tell a title that a sentence on practice names; a paragraph that begins with it is its."""
    role = role_at(found, title.span.start)
    return role in ("problems", "plans") or (
        role == "practice" and re.search("[。；]", text[line : title.outer.start]) is not None
    )


def _below(text: str, line_end: int) -> int:
    """Return the end of the labelled lines (办理结果：…) under a heading and of their paragraph."""
    end, told = line_end, False
    while label := _LABEL.match(text, end):
        end, told = label.end(), told or bool(label["told"])
    if end == line_end or told:
        return end
    stop = text.find("\n", end + 1)
    return len(text) if stop < 0 else stop


def _covers_examples(text: str, line: int, title: TitleFound) -> bool:
    """Tell a class's heading with an example behind it from a case's own heading."""
    return re.search(r"\d件|[比例]如", text[line : title.outer.start]) is not None


def _after(text: str, title: TitleFound, sentence: Span) -> int:
    tail = re.match(r"[^。；：\n]{0,12}办理情况[。：]?", text[title.outer.end : sentence.end])
    return title.outer.end + (tail.end() if tail else 0)


def _before_results(text: str, start: int, end: int) -> int:
    """Stop a case where the line goes on to the next class of results."""
    for span in sentences(text[start:end]):
        words = span.of(text[start:end])
        if _RESULT.match(words) and (
            outcome_of(words.split("件")[0]) or re.search("(?:提案|建议)[^，。]{0,6}\\d+件", words)
        ):
            return start + span.start
    return end


def _case(text: str, told: Told, found: Sequence[Section], whose: Report) -> Case:
    title = told.title
    reply = _LABELS.sub("", told.reply.of(text).strip("，。；：》”）的 \n　"))
    proposer = (
        proposer_before(text[told.sentence.start : title.outer.start])
        if title.quoted or title.brought or title.title.startswith("关于")
        else None
    )
    ahead = text[text.rfind("\n", 0, title.outer.start) + 1 : title.outer.start]
    behind = text[title.outer.end : title.outer.end + 120]
    proposer = proposer or proposer_after(behind) or proposer_told_of(ahead)
    count = counted_points(told.reply.of(text))
    where = told.reply if told.headed else Span(_subject(text, told), told.reply.end)
    units = tuple(
        unit
        for unit in acting_units(_hidden(text, title, where), whose.place)
        if not proposer or unit not in proposer
    )
    full = told.headed or proposer is not None
    if title.whole and role_at(found, title.span.start) != "problems":
        full = full or bool(units) or own_unit_acts(reply)
    return Case(
        title=title.title,
        proposer=proposer,
        topics=told_topic(ahead, whose.classes)
        or section_topics(found, title.span.start, whose.classes),
        units=units,
        outcome=case_outcome(text, title.outer, told.reply, found),
        reply=reply,
        points=count if full or count else None,
        span=title.span,
        kind=title.kind or whose.kind,
        reply_span=told.reply,
    )


def _subject(text: str, told: Told) -> int:
    """Return where the acting clause begins: its line's head where 承办…时 has no subject."""
    start = told.sentence.start
    line = text.rfind("\n", 0, told.title.outer.start) + 1
    ahead = text[line:start]
    headless = _NO_SUBJECT.match(text[start : told.title.outer.start])
    return (
        line
        if headless and len(ahead) <= 60 and not re.search("[《》]|[提建][案议]", ahead)
        else start
    )


def _hidden(text: str, title: TitleFound, where: Span) -> str:
    """Return a stretch with the title blanked out, so that its words name no units."""
    if title.span.end <= where.start:
        return where.of(text)
    return f"{text[where.start : title.span.start]}，{text[title.span.end : where.end]}"


def _plain(title: str) -> str:
    return re.sub(r"[\s，。、‘’“”]", "", title)
