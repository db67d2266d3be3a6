"""How many measures the digest of a case counts out."""

from __future__ import annotations

import re
from functools import lru_cache

from nlp.summarize.letter.measures import measures
from nlp.summarize.letter.reply import parse_reply

_HAN = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_ASPECT = re.compile(r"(?:^|[，。；：\n])\s*(?:再|另|又)?一方面")
_GLUED = re.compile(r"(?<=[一-龥])(?<![其第另再])(?=一是|一方面)")
_FAMILIES = (
    re.compile(rf"其(?P<n>[{_HAN}])(?=[，、：是])"),
    re.compile(rf"第(?P<n>[{_HAN}])(?=[，、：是步])"),
    re.compile(rf"(?<=[，。；：])(?P<n>[{_HAN}])(?=[来则要在靠])"),
    re.compile(rf"(?P<n>[{_HAN}])(?=[抓靠])"),
    re.compile(rf"(?P<n>[{_CIRCLED}])"),
    re.compile(r"[（(](?P<n>\d)[）)]"),
)
"""Counting words that only a digest has; those of letters are read by `measures`."""
_ORDER = re.compile(r"首先|(?:^|[，。；：])\s*(?:其次|再次|再者|最后)")
_HANDS = re.compile("一手")


@lru_cache(maxsize=512)
def counted_points(reply: str) -> int:
    """Count the enumerated measures; of 一方面…另一方面 with lists inside, the aspects."""
    apart = _GLUED.sub("，", reply)
    if not apart.strip():
        return 0
    aspects = len(_ASPECT.findall(apart))
    if aspects > 1:
        return aspects
    return len(measures(parse_reply(apart))) or _by_families(apart)


def _by_families(reply: str) -> int:
    """Count 其一…其二, 首先…其次…最后, 一手…一手."""
    found = [_run([_value(each["n"]) for each in form.finditer(reply)]) for form in _FAMILIES]
    ordered = _ORDER.findall(reply)
    if ordered and "首先" in ordered[0]:
        found.append(len(ordered))
    found.append(len(_HANDS.findall(reply)))
    best = max(found)
    return best if best > 1 else 0


def _value(written: str) -> int:
    for digits in (_HAN, _CIRCLED):
        if written in digits:
            return digits.index(written) + 1
    return int(written)


def _run(values: list[int]) -> int:
    """Return how far numbers count up from one, over all lists of them."""
    total = last = 0
    for value in values:
        if value == last + 1 or value == 1:
            total, last = total + 1, value
    return total
