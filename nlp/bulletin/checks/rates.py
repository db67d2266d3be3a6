"""Rates of 100 % beside items that are not finished or not content; rates that total too much.

A rate of replies of 100 % beside planned classes is normal: the reply was sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.bulletin.checks.facts import Facts, Number, chinese
from nlp.bulletin.checks.remarks import Remark
from nlp.bulletin.checks.rounding import as_printed
from nlp.bulletin.checks.undone import ITEM, UNDONE_AFTER, UNDONE_BEFORE
from nlp.bulletin.sections import role_at, sections
from nlp.bulletin.types import Figure, Finding, Span

_NOT_CONTENT = r"(?:表示)?[“\"]?不(?:太|够|甚)?满意"
_AFTER = {
    "rate_unfinished": UNDONE_AFTER,
    "rate_unsatisfied": re.compile(rf"^{ITEM}[^。；\d]{{0,14}}?{_NOT_CONTENT}"),
}
_BEFORE = {
    "rate_unfinished": UNDONE_BEFORE,
    "rate_unsatisfied": re.compile(rf"{_NOT_CONTENT}{ITEM}(?:共|有|计|为|：)*$"),
}
_RATES = {
    "rate_unfinished": ("rates.closed", "rates.replied"),
    "rate_unsatisfied": ("rates.satisfied",),
}
_STATE = {"rate_unfinished": "没有办结或答复", "rate_unsatisfied": "表示不满意"}
_REPLY = re.compile("答复|办复|回复")
_SETTLED = re.compile(
    r"(?:经|通过)[^。；]{0,16}(?:督办|催办|督促|协调|整改|重办|二次|再次|跟进|努力)|后[^。；]{0,10}(?:均|全部|已)"
    r"|(?:二次|再次|重新)(?:办理|答复)[^。；]{0,8}(?:后|已|均|全部)|(?:最终|目前|现)(?:已|均|都)(?:全部)?"
)
_EARLIER = re.compile(
    r"去年|上年|上一年|往年|历年|此前|当时|年初|截至?[^，。；]{0,6}[3-9]月(?:底|末|中旬|上旬)|中期|第[一二三]季度"
)


@dataclass(frozen=True, slots=True)
class _Left:
    """Some items that a sentence says are not finished, or not content."""

    number: Number
    sentence: Span


def rates(facts: Facts) -> Iterator[Remark]:
    """Check rates of 100 % against what the report says is left, and shares of answers."""
    for code, names in _RATES.items():
        whole = [each for name in names if (each := facts.figure(name)) and each.value == 100]
        for left in _left(facts, code) if whole else ():
            words = left.sentence.of(facts.text)
            fits = [each for each in whole if each.name != "rates.replied" or _REPLY.search(words)]
            if fits:
                yield _beside(facts, code, fits[0], left)
    yield from _answers(facts)


def _left(facts: Facts, code: str) -> Iterator[_Left]:
    parts = sections(facts.text)
    for number in facts.numbers:
        if number.percent or not number.value:
            continue
        sentence = facts.sentence(number.span.start)
        words = sentence.of(facts.text)
        before = facts.text[sentence.start : number.span.start]
        after = facts.text[number.span.end : sentence.end]
        if not (_AFTER[code].match(after) or _BEFORE[code].search(before)):
            continue
        if _SETTLED.search(after) or _EARLIER.search(before) or "率" in before[-6:]:
            continue
        if role_at(parts, sentence.start) in ("results", "practice") and "｜" not in words:
            yield _Left(number, sentence)


def _beside(facts: Facts, code: str, rate: Figure, left: _Left) -> Remark:
    count = f"{left.number.value:g}件"
    printed = facts.printed(rate)
    message = f"{chinese(rate.name)}写为{printed}，但另有{count}{_STATE[code]}。"
    handled = facts.figure("handled") or facts.figure("filed")
    arithmetic = f"{chinese(rate.name)}{printed}，未完{count}"
    if handled and handled.value > left.number.value:
        done = int(handled.value - left.number.value)
        share = as_printed(done, int(handled.value), 1)
        undone = f"（{handled.value:g}－{left.number.value:g}）"
        arithmetic = f"{undone}÷{handled.value:g}＝{share}，文中为{printed}"
    finding = Finding(code, message, left.sentence.of(facts.text).strip(), arithmetic)
    return Remark(finding, (rate.name,), left.number.span.start)


def _answers(facts: Facts) -> Iterator[Remark]:
    """Check that the content and the discontent are no more than all."""
    content, other = facts.figure("rates.satisfied"), facts.figure("rates.unsatisfied")
    if content is None or other is None or content.value + other.value <= 100.1:
        return
    total = f"{content.value + other.value:g}%"
    finding = Finding(
        "rate_total",
        f"满意率与不满意率合计{total}，超过100%。",
        content.sentence,
        f"{facts.printed(content)}＋{facts.printed(other)}＝{total}",
    )
    yield Remark(finding, (content.name, other.name), content.span.start)
