"""Counts with their unit (204件, 二百零四件) and shares (96.7%, 百分之九十六) in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nlp.text.numerals import HAN_NUMERALS, NUMBER, read_number
from nlp.text.spans import Span

_WHOLE = "百分百|百分之百"
_HAN = rf"[{HAN_NUMERALS}]{{1,8}}(?:点[{HAN_NUMERALS}]{{1,4}})?"
_TOKEN = re.compile(
    rf"(?P<whole>{_WHOLE})|百分之(?P<part>{_HAN}|\d{{1,3}}(?:\.\d{{1,4}})?)"
    r"|(?P<percent>\d{1,3}(?:[.．·]\d{1,4})?)\s*[%％](?!以[上下])"
    rf"|(?<![每这那哪某任第约\d.-])(?P<count>{NUMBER})(?P<rough>[余多几来])?"
    r"(?P<unit>[件条篇份项伴仵家](?!次)|个(?!百分点|月|工作日|小时|方面|问题|环节))"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One number; `span` covers it with its unit, as offsets into the text searched."""

    kind: Literal["count", "percent"]
    value: float
    span: Span
    unit: str = "%"


def numbers(text: str) -> list[Token]:
    """Find counts and shares. Rough ones (30余件) and 一件 in words are no statistics."""
    return list(_tokens(text))


def read_cell(text: str) -> Token | None:
    """Read a table's cell that holds a number and nothing else: 137, 137件, 24.68%."""
    plain = text.strip()
    if re.fullmatch(r"\d{1,6}", plain):
        return Token("count", float(plain), Span(0, len(plain)), "")
    found = numbers(plain)
    return found[0] if len(found) == 1 and len(found[0].span) == len(plain) else None


def _tokens(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        span = Span(*found.span())
        if found["whole"]:
            yield Token("percent", 100.0, span)
        elif written := found["part"] or found["percent"]:
            value = read_number(re.sub("[．·]", ".", written))
            if value is not None and value <= 100:
                yield Token("percent", value, span)
        elif not found["rough"] and found["count"] != "一":
            value = read_number(found["count"])
            if value is not None and value.is_integer():
                yield Token("count", value, span, found["unit"])
