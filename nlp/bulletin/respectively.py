"""Lists that are told apart by 分别: 经济、政治类提案分别为137件和18件，分别占24.7%和3.2%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.bulletin.around import Around
from nlp.bulletin.counts import count_name
from nlp.bulletin.labels import outcome_of, topic_of
from nlp.bulletin.numbers import Token
from nlp.bulletin.shares import Named, share_name

_MARK = re.compile(r"(?:提案|建议)?(?:数)?(?:各)?分别(?:为|有|是|达|占[^，。；\d]{0,10})?")
_BETWEEN = re.compile(r"[、，和与及]{1,2}")
_SHARED_TAIL = re.compile(r"(?:类|方面|领域)?(?:的)?(?:提案|建议)?$")


def respectively(sentence: str, tokens: Sequence[Token]) -> Iterator[Named]:
    """Yield the numbers of such lists with their names; lists of other lengths are left."""
    names: list[str] = []
    for mark in _MARK.finditer(sentence):
        behind = [token for token in tokens if token.span.start >= mark.end()]
        row = row_of(sentence, behind) if behind and behind[0].span.start <= mark.end() + 2 else []
        if len(row) < 2:
            continue
        counted = row[0].kind == "count"
        if counted or not names:
            clause = re.split("[；。：]|其中，?|，(?=[^，]*、)", sentence[: mark.start()])[-1]
            names = _names(clause, len(row), row[0]) if counted else []
            if counted:
                yield from (Named(n, t) for n, t in zip(names, row, strict=False) if n)
        elif len(names) == len(row):
            yield from (Named(share_name(n), t) for n, t in zip(names, row, strict=True) if n)


def row_of(sentence: str, tokens: Sequence[Token]) -> list[Token]:
    """Return the numbers, from the first on, that are of its kind and stand in a row."""
    row = [tokens[0]]
    for token in tokens[1:]:
        gap = sentence[row[-1].span.end : token.span.start]
        if token.kind != row[0].kind or not _BETWEEN.fullmatch(gap):
            break
        row.append(token)
    return row


def _names(clause: str, size: int, first: Token) -> list[str]:
    clause = clause.strip("，、 ")
    tail = _SHARED_TAIL.search(clause)
    shared = tail.group() if tail else ""
    parts = re.split("[、，]|和(?!谐|平|旅)|与|及", clause[: len(clause) - len(shared)])
    if len(parts) != size:
        parts = re.split("[、，]", clause[: len(clause) - len(shared)])
    if len(parts) != size:
        return []
    return [_name(part, shared, first) for part in parts]


def _name(part: str, shared: str, token: Token) -> str:
    label = f"{part}{shared}"
    if re.fullmatch("[A-D甲乙丙丁]类?", part) and (outcome := outcome_of(f"{part[0]}类")):
        return f"outcomes.{outcome}"
    place = Around(token, label, label, label, "", False)
    if name := count_name(place, ""):
        return name
    topic = topic_of(f"{part}类", listed=True)
    return f"topics.{topic}" if topic else ""
