"""Items that a report says are still being handled: 17件仍在办理, 尚未办结的17件."""

from __future__ import annotations

import re

from nlp.bulletin.checks.facts import Facts

ITEM = r"(?:的)?(?:提案|建议|议案)?"
_NOT_DONE = (
    r"(?:正在|仍在|还在|尚在|仍|还)(?:抓紧|加紧|继续|进一步)?办理(?!落实)(?:之?中)?|(?:尚未|还未|仍未|没有|未能?)"
    r"(?:全部|最终|正式|按期|按时)?(?:办结|答复|办复|办理完毕|办理完成|回复)|逾期未|待(?:答复|办结|办复)"
)
_CARRIED = r"在办(?!理)|(?:延期|延后|跨年度?)办理|(?:结转|转入)[^。；，\d]{0,8}(?:办理|续办)?"
UNDONE_AFTER = re.compile(rf"^{ITEM}[^。；\d]{{0,24}}?(?:{_NOT_DONE})")
UNDONE_BEFORE = re.compile(rf"(?:{_NOT_DONE}){ITEM}(?:共|还|有|计|为|：)*$")
_LEFT_AFTER = re.compile(rf"^{ITEM}[^。；\d]{{0,24}}?(?:{_NOT_DONE}|{_CARRIED})")
_LEFT_BEFORE = re.compile(rf"(?:{_NOT_DONE}|{_CARRIED}){ITEM}(?:共|还|有|计|为|：)*$")


def undone(facts: Facts) -> set[int]:
    """Return the counts of items that are said to be in hand, wherever the report says so."""
    found: set[int] = set()
    for number in facts.numbers:
        sentence = facts.sentence(number.span.start)
        before = facts.text[sentence.start : number.span.start]
        after = facts.text[number.span.end : sentence.end]
        if not number.percent and (_LEFT_AFTER.match(after) or _LEFT_BEFORE.search(before[-40:])):
            found.add(int(number.value))
    return found
