"""Counts with their unit (204件, 二百零四件) and shares (96.7%, 百分之九十六) in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from nlp.text.numerals import HAN_NUMERALS, NUMBER, read_number
from nlp.text.spans import Span

_WHOLE = "百分百|百分之百"
_HAN = rf"[{HAN_NUMERALS}]{{1,8}}+(?:点[{HAN_NUMERALS}]{{1,4}})?"
_MINUS = r"\-－−负"
_DIGITS = r"\d{1,3}+(?:[.．·]\d{1,4}+)?(?!\d)"
_TOKEN = re.compile(
    rf"(?P<whole>{_WHOLE})|百分之(?P<part>{_HAN}|{_DIGITS})"
    rf"|(?<![\d.．·{_MINUS}])(?<![.．]\s)(?P<percent>{_DIGITS})\s{{0,2}}[%％](?!以[上下])"
    rf"|(?<![每这那哪某任第约\d.{_MINUS}])(?P<count>{NUMBER})(?P<rough>[余多几来])?"
    r"(?P<unit>[件条篇份项伴仵家](?!次)|个(?!百分点|月|工作日|小时|方面|问题|环节))"
)
_RANGED_FROM = re.compile(r"[\d%％][-－−~～至到]$|\d[,，]$")
_RANGED_TO = re.compile(r"[-－−~～至到]\s?\d")
_IMPOSSIBLE = re.compile(
    rf"(?:(?P<minus>(?<![\d%％A-Za-z{_MINUS}])[{_MINUS}]\s?)|(?<![\d.．·,，{_MINUS}]))"
    r"(?P<value>\d{1,3}(?:[,，]\d{3}){1,3}|\d{1,9})(?P<rest>[.．]\d{1,4})?\s?"
    r"(?P<unit>[%％]|[件条篇份](?!次))"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One number; `span` covers it with its unit, as offsets into the text searched."""

    kind: Literal["count", "percent"]
    value: float
    span: Span
    unit: str = "%"


@lru_cache(maxsize=1024)
def numbers(text: str) -> tuple[Token, ...]:
    """Find counts and shares. Rough ones (30余件) and 一件 in words are no statistics."""
    return tuple(_tokens(text))


def read_cell(text: str) -> Token | None:
    """Read a table's cell that holds a number and nothing else: 137, 137件, 24.68%."""
    plain = text.strip()
    if re.fullmatch(r"\d{1,6}", plain):
        return Token("count", float(plain), Span(0, len(plain)), "")
    found = numbers(plain)
    return found[0] if len(found) == 1 and len(found[0].span) == len(plain) else None


@dataclass(frozen=True, slots=True)
class Impossible:
    """A share beyond 0 to 100 %, or a count below 0: no figure. `span` covers sign and unit."""

    span: Span
    percent: bool


def impossible(text: str) -> Iterator[Impossible]:
    """Find shares that are none (1000%, -5%) and counts below zero (-12件)."""
    for found in _IMPOSSIBLE.finditer(text):
        percent = found["unit"] in "%％"
        value = float(
            re.sub("[,，]", "", found["value"]) + (found["rest"] or "").replace("．", ".")
        )
        if (found["minus"] and value) or (percent and value > 100):
            yield Impossible(Span(*found.span()), percent)


def _tokens(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        span = Span(*found.span())
        if found["whole"]:
            yield Token("percent", 100.0, span)
        elif written := found["part"] or found["percent"]:
            value = read_number(re.sub("[．·]", ".", written))
            if value is not None and value <= 100 and not _ranged(text, span):
                yield Token("percent", value, span)
        elif not found["rough"] and found["count"] != "一":
            value = read_number(found["count"])
            if value is not None and value.is_integer() and not _ranged(text, span, behind=False):
                yield Token("count", value, span, found["unit"])


def _ranged(text: str, span: Span, *, behind: bool = True) -> bool:
    """Tell an end of a range (98%-99%, 3至5件), or the rest of a number (1,000%)."""
    before = text[max(0, span.start - 2) : span.start]
    if _RANGED_FROM.search(before) and not (before[-1] in ",，" and not _thousand(text, span)):
        return True
    return behind and _RANGED_TO.match(text, span.end) is not None


def _thousand(text: str, span: Span) -> bool:
    return re.match(r"\d{3}(?!\d)", text[span.start : span.end]) is not None
