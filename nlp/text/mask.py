"""Phone numbers and identity-card numbers of people, hidden so that a text can be passed on.

What stays visible is what Chinese services usually show: of a mobile number the first three
and the last four digits (138****5678), of a landline the area code and the last three digits,
of an identity card the first and the last character only. More of the card would not do:
region and birth date are easily known, and with the last four characters (sequence and check
digit) the whole number could be put together again.

Left alone are numbers for the public (400, 800, 12345), amounts, dates, document numbers, and
digits inside longer runs. A card's number must have a region, a date and a check digit that
fit (GB 11643; the old form of 15 digits has no check digit). Names are not masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from re import Match
from typing import TypeVar, cast

STAR = "*"
_D = "[0-9０-９]"
_GAP = r"[ \u00a0\u3000\-\u2010-\u2014\u2212－]?"
_BEFORE, _AFTER = r"(?<![0-9０-９*])", r"(?![0-9０-９*])"
_ONE, _ZERO = "[1１]", "[0０]"
_UNITS = r"(?!\s?(?:[元万亿千吨人件个户次%％]|[.．][0-9０-９]{1,2}(?![0-9０-９])))"
"""What follows an amount."""

_MOBILE = re.compile(
    rf"{_BEFORE}(?<![第〔〕])(?=((?:(?:[+＋]|{_ZERO}{{2}})?[8８][6６]{_GAP})?"
    rf"({_ONE}[3-9３-９]{_D}(?:{_D}{{8}}|{_GAP}{_D}{{4}}{_GAP}{_D}{{4}}"
    rf"|{_D}{_GAP}{_D}{{3}}{_GAP}{_D}{{4}})){_AFTER}{_UNITS}))"
)
_LANDLINE = re.compile(
    rf"{_BEFORE}(?<![0-9０-９][-.－])(?=([(（]?"
    rf"({_ZERO}(?:[1１]{_ZERO}|[2２]{_D}|[3-9３-９]{_D}{{2}}))[)）]?{_GAP}"
    rf"([2-8２-８]{_D}{{6,7}}){_AFTER}))"
)
_CARD = re.compile(
    rf"{_BEFORE}(?=([1-8１-８]{_D}{{5}}{_GAP}(?:{_D}{{8}}{_GAP}{_D}{{3}}[0-9０-９XxＸｘ]"
    rf"|{_D}{{6}}{_GAP}{_D}{{3}})(?![0-9０-９*A-Za-z])))"
)
_POSSIBLE = re.compile(rf"{_D}{{3}}")
_REGIONS = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64"
    " 65 71 81 82 83".split()
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_HALF = str.maketrans("０１２３４５６７８９Ｘｘx", "0123456789XXX")
_IS_SHOWN = re.compile(r"[0-9０-９XxＸｘ]")

Json = TypeVar("Json")


def masked(text: str) -> str:
    """Hide people's numbers, every hidden character by one `*`, so that spans stay valid.

    Masking a masked text changes nothing; the time is linear in the text's length.
    """
    if not _POSSIBLE.search(text):
        return text
    hidden = set(_hidden(text))
    if not hidden:
        return text
    return "".join(STAR if at in hidden else char for at, char in enumerate(text))


def masked_record(value: Json) -> Json:
    """Mask every text of a value made of dicts, lists and tuples; keys stay as they are."""
    return cast(Json, _masked_value(value))


def _masked_value(value: object) -> object:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, dict):
        return {key: _masked_value(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_masked_value(each) for each in value]
    if isinstance(value, tuple):
        return tuple(_masked_value(each) for each in value)
    return value


def _hidden(text: str) -> Iterator[int]:
    """Yield the places of characters to hide; overlapping numbers are all found."""
    for match in _MOBILE.finditer(text):
        yield from _digits(match, 2)[3:-4]
    for match in _LANDLINE.finditer(text):
        yield from _digits(match, 3)[:-3]
    for match in _CARD.finditer(text):
        places = _digits(match, 1)
        number = "".join(text[at] for at in places).translate(_HALF)
        if _is_card(number):
            yield from places[1:-1]


def _digits(match: Match[str], group: int) -> list[int]:
    """Return the places of a number's own characters, without blanks and hyphens."""
    start = match.start(group)
    return [start + at for at, char in enumerate(match[group]) if _IS_SHOWN.match(char)]


def _is_card(number: str) -> bool:
    """Tell a resident identity card's number by region, date and check digit."""
    if number[:2] not in _REGIONS or "X" in number[:17]:
        return False
    born = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    try:
        day = date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    if len(number) == 15:
        return True
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return 1800 <= day.year <= 2100 and _CHECKS[total % 11] == number[17]
