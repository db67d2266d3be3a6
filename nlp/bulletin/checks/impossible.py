"""Shares and rates beyond 0 to 100 %, counts below zero: read as no figure, and said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.bulletin.checks.facts import Facts
from nlp.bulletin.checks.remarks import Remark
from nlp.bulletin.numbers import Impossible, impossible
from nlp.bulletin.sections import role_at, sections
from nlp.bulletin.types import Finding, Span
from nlp.bulletin.vocabulary import vocabulary

_LINK = r"(?:[^，。；、%\d]{0,6})?[为达到是：:|｜]*$"
_SHARE = re.compile(r"占(?:比|到|[^，。；\d]{0,12})?(?:为|达|约|：)*$")
_COUNTED = re.compile(r"(?:提案|建议|议案|立案|办结|办复|承办|解决|采纳|计划)[^，。；\d]{0,8}$")
_CHANGE = re.compile(r"[增减升降超比较]")


def impossible_numbers(facts: Facts) -> Iterator[Remark]:
    """Report 满意率1000%, 占-5% and 收到提案-12件."""
    found = list(impossible(facts.text))
    parts = sections(facts.text) if found else []
    for each in found:
        sentence = facts.sentence(each.span.start)
        before = re.split("[，。；]", facts.text[sentence.start : each.span.start])[-1]
        if role_at(parts, sentence.start) != "plans" and _meant(each, before):
            yield _remark(facts, each, sentence, before)


def _meant(each: Impossible, before: str) -> bool:
    """Tell whether the number would be a figure of the report, were it possible."""
    if _CHANGE.search(before):
        return False
    if not each.percent:
        return _COUNTED.search(before) is not None
    rates = "|".join(map(re.escape, (*vocabulary().rates, "立案率")))
    return bool(_SHARE.search(before) or re.search(f"(?:{rates}){_LINK}", before))


def _remark(facts: Facts, each: Impossible, sentence: Span, before: str) -> Remark:
    written = each.span.of(facts.text)
    wanted = "率和占比应在0%到100%之间" if each.percent else "件数不能小于0"
    message = f"“{before.strip()[-16:]}{written}”不可能，{wanted}，没有读入。"
    finding = Finding("impossible", message, sentence.of(facts.text).strip(), wanted)
    return Remark(finding, (), each.span.start)
