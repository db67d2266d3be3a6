"""The proposals that a report names, each with what the report tells of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.bulletin.caseoutcome import case_outcome
from nlp.bulletin.labels import outcome_of
from nlp.bulletin.proposers import proposer_after, proposer_before
from nlp.bulletin.sections import Section, role_at, within
from nlp.bulletin.titles import TitleFound, titles
from nlp.bulletin.types import Case, Kind, Span
from nlp.bulletin.units import acting_units
from nlp.bulletin.vocabulary import vocabulary
from nlp.summarize.letter.measures import measures
from nlp.summarize.letter.reply import parse_reply
from nlp.text.split import sentences

_HEADED = re.compile(
    r"\s*(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳]|[（(][一二三四五六七八九十]+[）)]"
    r"|[★☆●■◆▲]?\s*第?\d{1,8}号(?:提案|建议)?[：:]?)"
)
_LABEL = re.compile(r"\n[^，。；：\n]{2,8}：[^。\n]{1,60}(?=\n|$)")
_NO_SUBJECT = re.compile(r"\s*在?(?:承办|办理|答复|督办|落实)(?!单位|部门)[^，。；]*$")
_RESULT = re.compile(r"[^。；]*?(?:\d+|[一二三四五六七八九十百零]+)件")


@dataclass(frozen=True, slots=True)
class Told:
    """A title, where the report tells of it, and whether it has a numbered heading."""

    title: TitleFound
    sentence: Span
    reply: Span
    headed: bool


def cases(
    text: str, told: Sequence[Told], found: Sequence[Section], kind: Kind, place: str
) -> list[Case]:
    """Return the cases in order; a title met again is the same case."""
    made: dict[str, Case] = {}
    for each in told:
        case = _case(text, each, found, kind, place)
        made.setdefault(_plain(case.title), case)
    return list(made.values())


def told_cases(text: str, found: Sequence[Section]) -> list[Told]:
    """Find every title outside the chapters on problems and plans, with its stretch."""
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
    for at, title in enumerate(met):
        sentence = pieces[bisect_right(pieces, title.span.start, key=lambda p: p.start) - 1]
        start = sentence.start
        if at and met[at - 1].outer.end > sentence.start:
            between = text[met[at - 1].outer.end : title.outer.start]
            cut = max(between.rfind("；"), between.rfind("，") if "；" not in between else -1)
            beside = len(between) <= 8 and "；" not in between
            start = found[-1].start if beside or cut < 0 else met[at - 1].outer.end + cut + 1
        found.append(Span(start, sentence.end))
    return found


def _counts(text: str, title: TitleFound, found: Sequence[Section]) -> bool:
    if role_at(found, title.span.start) in ("problems", "plans"):
        return False
    line = text[text.rfind("\n", 0, title.span.start) + 1 : title.outer.end + 40].split("\n")[0]
    return not re.search(r"｜", line)


def _told(
    text: str, title: TitleFound, sentence: Span, stop: int, found: Sequence[Section]
) -> Told:
    """Tell which stretch belongs to a title: its heading's section, or the rest of its line."""
    line = (
        text.rfind("\n", 0, sentence.start + 1) + 1
        if text[sentence.start] != "\n"
        else sentence.start + 1
    )
    line_end = text.find("\n", title.outer.end)
    line_end = len(text) if line_end < 0 else line_end
    ahead = text[line : title.outer.start]
    headed = bool(_HEADED.match(text, line)) and len(ahead) <= 60 and "。" not in ahead
    if headed:
        inner = [s for s in within(found, title.span.start) if s.span.start >= line - 1]
        end = max((s.span.end for s in inner), default=_below(text, line_end))
        end = min(end, stop)
        if not _covers_examples(text, line, title):
            return Told(
                title,
                sentence,
                Span(_after(text, title, sentence), max(end, _after(text, title, sentence))),
                True,
            )
    end = min(stop, line_end)
    if role_at(found, title.span.start) == "practice":
        end = min(end, sentence.end)
    end = _before_results(text, sentence.end, end) if end > sentence.end else end
    return Told(title, sentence, Span(title.outer.end, max(end, title.outer.end)), False)


def _below(text: str, line_end: int) -> int:
    """Return the end of the labelled lines (办理结果：…) under a heading and of their paragraph."""
    end = line_end
    while label := _LABEL.match(text, end):
        end = label.end()
    if end == line_end:
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


def _case(text: str, told: Told, found: Sequence[Section], kind: Kind, place: str) -> Case:
    title = told.title
    reply = told.reply.of(text).strip("，。；：》”）的 \n　")
    reply = re.sub(r"^(?:的?(?:提案|建议)?(?:办理情况)?[。，：])", "", reply)
    proposer = (
        proposer_before(text[told.sentence.start : title.outer.start])
        if title.quoted or title.brought or title.title.startswith("关于")
        else None
    )
    proposer = proposer or proposer_after(text[title.outer.end : title.outer.end + 120])
    count = _points(told.reply.of(text))
    full = told.headed or proposer is not None
    where = told.reply if told.headed else Span(_subject(text, told), told.reply.end)
    return Case(
        title=title.title,
        proposer=proposer,
        topics=_section_topics(found, title.span.start),
        units=tuple(
            unit
            for unit in acting_units(_hidden(text, title, where), place)
            if not proposer or unit not in proposer
        ),
        outcome=case_outcome(text, title.outer, told.reply, found),
        reply=reply,
        points=count if full or count else None,
        span=title.span,
        kind=title.kind or kind,
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


def _points(reply: str) -> int:
    """Count the enumerated measures; of 一方面…另一方面 with lists inside, the aspects."""
    apart = re.sub(r"(?<=[一-龥])(?=一是|一方面)", "，", reply)
    aspects = len(re.findall(r"(?:^|[，。；：\n])\s*(?:再|另)?一方面", apart))
    if aspects > 1:
        return aspects
    return len(measures(parse_reply(apart))) if apart.strip() else 0


def _hidden(text: str, title: TitleFound, where: Span) -> str:
    """Return a stretch with the title blanked out, so that its words name no units."""
    if title.span.end <= where.start:
        return where.of(text)
    return f"{text[where.start : title.span.start]}，{text[title.span.end : where.end]}"


def _section_topics(found: Sequence[Section], position: int) -> tuple[str, ...]:
    met = [s for s in reversed(within(found, position)) if s.topic]
    ours = next((s.topic for s in met if s.topic in vocabulary().topic_words), None)
    narrow = met and met[0].level == 4  # ——关于就业 in a chapter on 民生
    topic = (ours if narrow else None) or (met[0].topic if met else None)
    return (topic,) if topic else ()


def _plain(title: str) -> str:
    return re.sub(r"[\s，。、‘’“”]", "", title)
