"""Shortening a clause by leaving words out; what stays keeps its order and its wording.

What is left out was found by aligning written digests of `corpora/replies` with the clauses
they came from: words that most writers drop, and that carry neither figure nor negation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from nlp.text.figures import figures
from nlp.text.spans import Span

_HAN = "一-龥"
_MARKER = (
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)][、.．]?"
    r"|[一二三四五六七八九十]{1,3}[、.．](?![一二三四五六七八九十]{1,3}[^是方、])"
    r"|[（(]?\d{1,2}[）)][、.．]?|\d{1,2}[、.．](?!\d)|[①-⑳][、.．]?|[⑴-⒛]"
    r"|[一二三四五六七八九十]是|第[一二三四五六七八九十][，,、：:]"
    r"|首先(?:是)?[，,]?|其次(?:是)?[，,]?|再次(?:是)?[，,]?|最后(?:是)?[，,]?"
    r"|一方面[，,]?|另一方面[，,]?|答[：:]|[-—●■•·]+(?!(?<=-)[\d.]+\s*[℃°度%％]))"
)
_LINK = (
    r"(?:与此同时|同时(?![段期代])|另外|此外|其中|而且|并且|为此|对此|据此|于是|因此|所以|故而"
    r"|故(?![障意宫居乡事址里])|综上(?:所述)?"
    r"|需要说明的是|总的来看|具体来说|具体情况如下|情况如下|一直以来|一年来|长期以来|多年来|几年来"
    r"|经(?:调查(?!组)|核实|核查|研究(?![所院会])|了解|查实|查明|查(?![询阅看验找])|现场查看)(?:核实|了解)?"
    r"|据(?:查|了解|悉|调查|核实))[，,：:]?"
)
_OPENING = rf"(?:并且|并(?![网列联购轨入])|且|而|则)(?=[{_HAN}])"
_LEADING = re.compile(rf"^\s*(?:{_MARKER}\s*|{_LINK})+(?:{_OPENING})?|^\s*{_OPENING}")
_MARKED = re.compile(rf"^\s*(?:{_MARKER}\s*)+")
_LONGEST_LINK = 12
_HEADS = {"opening": _LEADING, "within": _MARKED}
_ONLY_LINK = re.compile(rf"^\s*(?:{_LINK})\s*$")
_DROPPED = re.compile(
    "|".join(
        (
            # under whose guidance
            r"在[^，。；\d]{2,24}?(?:坚强领导|正确领导|统一领导|领导|关心|关怀|大力支持|支持(?:和|与)?配合"
            r"|支持|指导|帮助|推动|共同努力)下[，,]?",
            r"(?:以[^，。；\d]{2,20}为(?:指导|引领|统领|抓手|契机|导向)|本着[^，。；\d]{2,24}的原则)[，,]?",
            # how earnestly, but not how little (未认真落实)
            r"(?<![不未没无])(?<!没有)(?<!不够)(?:进一步(?!研究)|切切实实|切实|扎扎实实|扎实|着力(?!点)|全力以赴|真正(?=[做实让])"
            r"|牢固(?=[树建])|牢牢"
            r"|大力(?=[推开发支加])|不断(?=[完加提优改深扩健])|深入(?=[开推实])|全力(?=[推做保])"
            r"|积极(?=[争推开与向协组参配引采落筹做申对主探响联谋])|有序(?=推)|稳步(?=推)"
            r"|认真(?=[组落做开研贯履调听对梳])|持续(?=[推加强开深做优])|始终(?=坚)|精心(?=组)"
            r"|严格(?=[按依])|充分(?=[发利考听运])|广泛(?=[开宣征])|迅速(?=[组安开])"
            r"|立即(?=[组安])|及时(?=[组安])|高度重视[，,])",
            # asides without figures or negation, document numbers
            r"[（(](?!含|不含|包括|市|县|区|镇|户)[^（）()\d一二三四五六七八九十百千万两半不未没无暂]{3,60}[）)]",
            r"[（(][^（）()]{0,20}[〔\[﹝]\s*\d{4}\s*[〕\]﹞][^（）()]{0,16}[）)]",
            # the office speaking of itself, where a verb follows
            r"^\s*(?:我们|我[局镇委市县区办厅院校中乡街社所站支大队单位道心区]{1,3})(?=将|已|会|于|也|正|组织|安排|立即)",
            # verbs that carry no action
            rf"(?<![{_HAN}]不)进行(?:了)?(?=[{_HAN}]{{2}})|予以(?=[{_HAN}]{{2}})|加以(?=[{_HAN}]{{2}})",
            # fuller forms of one-character words: 已经 → 已
            r"(?<=已)经(?=[^过营济常])|(?<=可)以(?=[^及免])|(?<=应)(?<![适响]应)当|(?<=能)(?<!功能)够|(?<=或)者",
            rf"(?<=[{_HAN}])(?<![为除到不受罢])了(?=[{_HAN}“《\d])(?!解|结|断|望|事|不|得)",
            r"(?:相关|有关)(?=部门|单位|规定|手续|工作|情况|人员|政策|要求|法律|问题|职能|责任)",
        )
    )
)
_NUMERAL = re.compile(r"[一二三四五六七八九十百千万亿两半]")
_RIM = "，,。；;：:、！!？? \n\t\u3000"


Place = Literal["opening", "within", "marked"]
"""Where a clause stands: it opens a run of the digest (its marker and connectives link it to
nothing), goes on with one, or keeps its enumeration marker (一是)."""


def kept(text: str, span: Span, place: Place) -> tuple[Span, ...]:
    """Return the stretches of a clause that are worth their room, in order.

    A clause that is nothing but a connective (同时，) comes back empty.
    """
    clause = span.of(text)
    if is_link(clause):
        return ()
    return _left(clause, span.start, head_length(clause, place), inner_drops(clause))


def lengths(clause: str) -> tuple[int, int]:
    """Return the room that a clause takes where it opens a run, and within one; 0 for nothing.

    The same as measuring what `kept` returns, with the clause read once.
    """
    if is_link(clause):
        return 0, 0
    drops = inner_drops(clause)
    opening, within = (head_length(clause, place) for place in ("opening", "within"))
    first = length(clause, _left(clause, 0, opening, drops))
    return first, first if within == opening else length(clause, _left(clause, 0, within, drops))


def inner_drops(clause: str) -> list[tuple[int, int]]:
    """Return what is left out anywhere in a clause, ascending."""
    found = _DROPPED.finditer(clause)
    return [match.span() for match in found if not _tells_a_figure(match[0])]


def _tells_a_figure(words: str) -> bool:
    """Tell of words that the patterns would drop whether they hold one in Chinese numerals."""
    return _NUMERAL.search(words) is not None and bool(figures(words))


def head_length(clause: str, place: str) -> int:
    """Return how many characters at a clause's beginning are left out in a place."""
    head = _HEADS[place].match(clause) if place in _HEADS else None
    return head.end() if head else 0


def _left(
    clause: str, offset: int, head: int, drops: Iterable[tuple[int, int]]
) -> tuple[Span, ...]:
    """Return the stretches between what is left out, shifted by `offset`."""
    start, spans = head, []
    for first, last in drops:
        if first > start:
            spans.append(Span(offset + start, offset + first))
        start = max(start, last)
    if start < len(clause):
        spans.append(Span(offset + start, offset + len(clause)))
    if not any(clause[s.start - offset : s.end - offset].strip(_RIM) for s in spans):
        return ()
    return tuple(spans)


def is_link(clause: str) -> bool:
    """Tell a clause that is nothing but a connective."""
    return len(clause) < _LONGEST_LINK and _ONLY_LINK.match(clause) is not None


def length(text: str, spans: Iterable[Span]) -> int:
    """Return the room that stretches take, one mark behind them included; 0 for nothing."""
    words = "".join(span.of(text) for span in spans).rstrip(_RIM)
    return len(words) + 1 if words else 0
