"""Whether two rates of one name are of the same items: kind, year, round, unit."""

from __future__ import annotations

import re

from nlp.bulletin.checks.facts import Facts
from nlp.bulletin.types import Figure

_NEUTRAL = re.compile(
    r"(?:各|有关|相关|全[市县区省州])*(?:承办)?(?:单位|部门)|督办(?:机制|力度|工作)"
)
_SCOPE = re.compile(
    r"[局厅院]|委(?!员)|乡镇|街道|部门|单位|法检|党群|重点|难点|[A-D甲乙丙丁]类|其中|主办|协办|"
    r"会办|领办|督办|会议期间|闭会|平时|第[一二三四]季度|上半年|下半年|首批|第[一二三四]批"
)
_ROUND = re.compile(r"初次|首次|首轮|二次|再次|回访|复办|最终|跟踪|重办|态度|问卷|测评|评议|抽查")
_EARLIER = re.compile(r"去年|上年|上一年|往年|历年|同期|五年|届以来")
_CHANGE = re.compile(r"(?:由|从)[^，。；]{0,12}[%％][^，。；]{0,8}$")
_MATTER = re.compile("(?<!意见)建议(?!意见)|提案(?!人|者|委)|议案")


def one_rate_twice(facts: Facts, first: Figure, other: Figure) -> bool:
    """Tell whether two values of a rate are both of all the items of this year."""
    one, two = _lead(facts, first), _lead(facts, other)
    for words in (one, two):
        plain = _NEUTRAL.sub("", words)
        if _SCOPE.search(plain) or _EARLIER.search(words) or _CHANGE.search(words):
            return False
    same_round = _met(_ROUND, one) == _met(_ROUND, two)
    return same_round and _matter(facts, one) == _matter(facts, two) and _years(facts, one, two)


def _lead(facts: Facts, figure: Figure) -> str:
    return facts.text[facts.sentence(figure.span.start).start : figure.span.start]


def _met(pattern: re.Pattern[str], words: str) -> set[str]:
    return set(pattern.findall(words))


def _matter(facts: Facts, words: str) -> str:
    """Return what the items are, the report's own kind where the sentence does not say."""
    met = _MATTER.findall(words.split("；")[-1])
    return met[-1] if met else facts.matter


def _years(facts: Facts, one: str, two: str) -> bool:
    """Tell whether both are of one year; the title's goes without saying."""
    own = set(re.findall(r"20\d\d(?=年)", facts.title))
    years = [set(re.findall(r"20\d\d(?=年)", words)) - own for words in (one, two)]
    return years[0] == years[1]
