"""Classes of subjects that no scheme knows: 学前教育5件，义务教育8件，职业教育9件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.bulletin.labels import known_topic, outcome_of, topic_name, topic_of
from nlp.bulletin.numbers import Token
from nlp.bulletin.shares import Named, share_links, share_name
from nlp.bulletin.steps import last_verb

_FEWEST = 3
"""Classes in a row that make a list of them."""
_LABEL = re.compile(
    r"(?:^|[，；：、。（）%％件条份篇”]|[中里]，?|和|及|与)(?:其中|涉及|属于?|关于|分别是|有|是|为)*[“]?"
    r"(?P<name>[一-龥]{2,6}(?:、[一-龥]{2,4}|[一-龥]{1,4})?)[”]?(?P<type>类|方面|领域)?"
    r"(?:的)?(?:提案|建议|议案)?(?:有|共|为|是|计|各|数)*[：]?$"
)
_LED = re.compile("内容|类别|类型|领域|主题|分布|构成|性质|行业|专业|分类|涉及|业务|题材|条线|关注")
_NO_CLASS = re.compile(
    "局$|委$|办$|厅$|[^城]镇$|乡$|街道|公司|中心|系统|法院|检察|[省市县区州]$|小组|团$|联$|会$|党$|革$|盟$|"
    "委员|代表|月$|届|政府|单位|部门|重点|优秀|提案|建议|办|答复|立案|满意|其余|其他类?$|个人|联名|集体|界别?$|"
    "收到|提出|分别|以上|以下|合计|共计|小计|期间|平时|主要|一般|件"
)


@dataclass(frozen=True, slots=True)
class _Item:
    token: Token
    name: str
    named: bool
    certain: bool
    """A known topic, or written with 类 or 方面."""


def with_classes(sentence: str, tokens: Sequence[Token], found: Sequence[Named]) -> list[Named]:
    """Add the classes of a list that has three or more, with their shares.

    That it is a list of subjects is told by the words before it, by a total before it that
    the classes add up to, or by most of them being known.
    """
    made = list(found)
    for run in _runs(sentence, tokens, found):
        if all(item.named for item in run) or not _of_subjects(sentence, tokens, run):
            continue
        for item in run:
            if not item.named:
                made += _with_share(sentence, tokens, item)
    return made


def _runs(sentence: str, tokens: Sequence[Token], found: Sequence[Named]) -> Iterator[list[_Item]]:
    names = {each.token.span.start: each.name for each in found}
    run: list[_Item] = []
    for at, token in enumerate(tokens):
        if token.kind == "percent":
            continue
        start = tokens[at - 1].span.end - 1 if at else 0
        item = _item(sentence[start : token.span.start], token, names.get(token.span.start))
        if item:
            run.append(item)
        else:
            if len(run) >= _FEWEST:
                yield run
            run = []
    if len(run) >= _FEWEST:
        yield run


def _item(before: str, token: Token, name: str | None) -> _Item | None:
    found = _LABEL.search(before)
    if name is not None:
        topical = name.startswith("topics.")
        return _Item(token, name[7:], named=True, certain=True) if topical else None
    if found is None:
        return None
    label = topic_name(found["name"])
    known = known_topic(label)
    if not known and (_NO_CLASS.search(label) or outcome_of(label) or last_verb(label)):
        return None
    certain = known or (bool(found["type"]) and topic_of(f"{label}类", listed=True) is not None)
    return _Item(token, label, named=False, certain=certain) if len(label) > 1 else None


def _of_subjects(sentence: str, tokens: Sequence[Token], run: Sequence[_Item]) -> bool:
    first = run[0].token.span.start
    total = sum(item.token.value for item in run)
    before = [each.value for each in tokens if each.kind == "count" and each.span.start < first]
    if total in before or 2 * sum(item.certain for item in run) > len(run):
        return True
    return _LED.search(sentence[max(0, first - 60) : first]) is not None


def _with_share(sentence: str, tokens: Sequence[Token], item: _Item) -> Iterator[Named]:
    named = Named(f"topics.{item.name}", item.token)
    yield named
    behind = next((each for each in tokens if each.span.start > item.token.span.start), None)
    if behind and behind.kind == "percent" and share_links(sentence, item.token, behind):
        yield Named(share_name(named.name), behind)
