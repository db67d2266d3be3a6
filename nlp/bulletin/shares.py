"""Rates (面商率、办复率均达100%) and the shares that follow a count (占总数的90%)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from nlp.bulletin.numbers import Token
from nlp.bulletin.vocabulary import vocabulary

_TO_SHARE = re.compile(
    r"^(?:的|的?提案|的?建议|类)?[，,、；]?[（(]?(?:约|分别|各|均)?"
    r"(?:占(?:到|比|办结|立案|总|提案|建议|全部|收到|提交|已|应|承办|所有|交办|"
    r"[^，。；%]){0,14}|比例为?|比重为?|[：:]?)(?:的|为|约|达|：)*$"
)
_SAID = r"满意(?:[和或及、]基本满意)?的(?:提案|委员|代表|建议|提案人)?(?=占|达|为\d)"
_BARE_RATE = re.compile(
    r"(面商|见面|沟通|走访|办复|办结|答复|满意|采纳)(?=[、和与及][^，。；]{1,12}率)"
)
_BARE = {
    "面商": "consulted",
    "见面": "consulted",
    "沟通": "consulted",
    "走访": "consulted",
    "办复": "replied",
    "答复": "replied",
    "办结": "closed",
    "满意": "satisfied",
    "采纳": "adopted",
}
_TO_RATE = re.compile(
    r"(?:（[^（）]{0,12}）)?(?:[^，。；、%]{0,4})?(?:分别|均|都|双双|全部|皆|也|又|"
    r"继续|连续[^，。；]{0,4}|实现了?)*"
    r"(?:达到了?|达|占|为|是|保持(?:在)?|实现了?|稳定在|：|:|｜|高达|均|三个|两个|双|"
    r"“|“三个|“两个|“双|[，,])*$"
)
_WAS = re.compile("(?:由|从)[^，。；]{0,12}")
_RISEN = re.compile(
    r"(?:由|从)[^，。；]{0,12}[\d.]+[%％](?:[、，和与][\d.]+[%％]){0,4}(?:稳步|逐步|大幅|进一步)?(?:提高|提升|上升|增长|增加|升)[到至]了?"
)
_OTHER_SCOPE = re.compile(
    r"(?:去年|上年|往年|重点(?:提案|建议)|[A-DＡ-Ｄ]类|二次办理|回访|问卷|同比|目标|力争|确保|要求)"
)
_LINKS = re.compile(
    r"[、和与及，,以并且]*(?:(?:提案|建议|委员|代表|对?办理(?:结果|工作|态度)?|群众|"
    r"提案者|的|为|其|各项|按时|按期|初次|综合|总体|双方|办理)*)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A number with the name of its statistic."""

    name: str
    token: Token


@dataclass(frozen=True, slots=True)
class _Word:
    name: str
    start: int
    end: int


def rates(sentence: str, tokens: Sequence[Token]) -> list[Named]:
    """Find rates: names in a row share one value, or take as many values in turn."""
    percents = [token for token in tokens if token.kind == "percent"]
    words = list(_words(sentence))
    found: list[Named] = []
    for run, values in _runs(sentence, words, percents):
        if len(values) == 1:
            found += [Named(word.name, values[0]) for word in run]
        elif len(values) == len(run):
            found += [Named(w.name, v) for w, v in zip(run, values, strict=True)]
    return found + list(_behind(sentence, words, percents, found))


def share_links(sentence: str, before: Token, percent: Token) -> bool:
    """Tell whether a percentage is the share of the count before it."""
    return _TO_SHARE.match(sentence[before.span.end : percent.span.start]) is not None


def share_name(name: str) -> str:
    """Return the name of the share that belongs to a count."""
    group, _, rest = name.partition(".")
    if group == "feeling":
        return f"rates.{rest}"
    if group in ("topics", "key_outcomes"):
        return f"{'topic' if group == 'topics' else 'key'}_shares.{rest}"
    return f"shares.{rest or group}"


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(vocabulary().rates, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) + "|立案率|占比率")


def _words(sentence: str) -> Iterator[_Word]:
    for found in re.finditer(f"{_pattern().pattern}|{_SAID}|{_BARE_RATE.pattern}", sentence):
        written = found.group()
        if written == "立案率":
            yield _Word("shares.filed", *found.span())
            continue
        key = vocabulary().rates.get(written) or _BARE.get(written[:2], "")
        before = sentence[max(0, found.start() - 8) : found.start()]
        if key == "satisfied" and re.search(r"态度[^，。；、]{0,4}$", before):
            key = "satisfied_attitude"
        if key == "satisfied" and re.search(r"(?:初次|首次|首轮)[^，。；]{0,3}$", before):
            key = "satisfied_first"
        yield _Word(f"rates.{key}", *found.span())


def _runs(
    sentence: str, words: Sequence[_Word], percents: Sequence[Token]
) -> Iterator[tuple[list[_Word], list[Token]]]:
    """Yield rows of rate names, each with the percentages that follow it."""
    left = list(words)
    while left:
        run = [left.pop(0)]
        while left and _LINKS.fullmatch(sentence[run[-1].end : left[0].start]):
            run.append(left.pop(0))
        stop = left[0].start if left else len(sentence)
        values = [p for p in percents if run[-1].end <= p.span.start < stop]
        values = _joined(sentence, _risen(sentence, run[-1].end, values))
        if not values or _OTHER_SCOPE.search(_clause_before(sentence, run[0].start)):
            continue
        if _linked(sentence[run[-1].end : values[0].span.start]):
            yield run, values


def _linked(gap: str) -> bool:
    return bool(_TO_RATE.fullmatch(gap) or _RISEN.fullmatch(gap))


def _risen(sentence: str, start: int, values: list[Token]) -> list[Token]:
    """Keep what a rate has come to (由95%提高到98%), not what it was."""
    if not values or not _WAS.fullmatch(sentence[start : values[0].span.start]):
        return values
    for at in range(1, len(values)):
        if _RISEN.fullmatch(sentence[start : values[at].span.start]):
            return values[at:]
    return []


def _clause_before(sentence: str, at: int) -> str:
    return re.split("[，；。]", sentence[:at])[-1]


def _joined(sentence: str, values: list[Token]) -> list[Token]:
    """Keep the percentages that stand in a row (100%、100%和96.7%)."""
    kept = values[:1]
    for value in values[1:]:
        if not re.fullmatch("[、，和与及以]{1,2}", sentence[kept[-1].span.end : value.span.start]):
            break
        kept.append(value)
    return kept


def _behind(
    sentence: str, words: Sequence[_Word], percents: Sequence[Token], found: Sequence[Named]
) -> Iterator[Named]:
    """Find 100%的办复率: the percentage stands first."""
    taken = {each.token for each in found}
    for percent in percents:
        if percent in taken:
            continue
        for word in words:
            if re.fullmatch("[”]?的(?:提案|建议)?", sentence[percent.span.end : word.start]):
                yield Named(word.name, percent)
