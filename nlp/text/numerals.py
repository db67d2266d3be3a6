"""Reads written numbers: 1,620 · 4.5万 · 二百零四 · 叁仟 · 十余 · 3-5万 · 三分之二, as floats."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

DIGITS = "0-9０-９"
"""Body of a regex class."""
DIGIT = f"[{DIGITS}]"
SPACE = "[ \\t\u3000\u00a0]{0,2}"
"""Gaps that PDF files leave within figures; never a line end."""
ROUGH = "[多余来几]"
TO = rf"{SPACE}(?:[-‐–—―─－−~～〜]{{1,2}}|至|到){SPACE}"
"""Between the ends of a range."""

_ONES = dict(zip("零一二三四五六七八九", range(10), strict=True))
_ONES |= dict.fromkeys("〇○", 0) | dict.fromkeys("两俩", 2)
_FORMAL = "壹贰叁肆伍陆柒捌玖"
_ONES |= dict(zip(_FORMAL, range(1, 10), strict=True))
_PLACES = {"亿": 10**8, "万": 10**4, "千": 10**3, "百": 100, "十": 10}
_TENS = {"廿": "二十", "卄": "二十", "卅": "三十", "卌": "四十"}
_PLAIN = str.maketrans(dict(zip("拾佰仟萬億", "十百千万亿", strict=True)) | _TENS)
HAN_NUMERALS = "".join([*_ONES, *_PLACES, *"拾佰仟萬億", *_TENS])

_PLACE = (
    "(?:(?:[十百拾佰仟]|千(?![伏瓦克米卡帕赫乏安]))?(?:[万萬][亿億]|[万亿萬億])"
    "|[十百拾佰仟]|千(?![伏瓦克米卡帕赫乏安]))"
)
_ARABIC = (
    rf"(?>{DIGIT}{{1,3}}(?:[,，]{DIGIT}{{3}}){{1,4}}+(?!{DIGIT})|{DIGIT}{{1,15}}+(?!{DIGIT}))"
    rf"(?:[.．]{DIGIT}{{1,8}}(?!{DIGIT}))?"
)
_MIXED = (
    rf"{_ARABIC}(?:{SPACE}{ROUGH}?{SPACE}{_PLACE}(?:{_ARABIC}{_PLACE}){{0,3}}"
    rf"(?:{DIGIT}(?![{DIGITS}.．,，]))?)?"
)
_HAN = (
    rf"[{HAN_NUMERALS}]{{1,24}}+(?![{HAN_NUMERALS}])"
    rf"(?:点[{''.join(_ONES)}]{{1,4}}[万亿]{{0,2}}|{ROUGH}[万亿])?"
)
NUMBER = rf"(?>{_MIXED}|{_HAN})"
"""Pattern of a number; like all of this file bounded, so that no text makes it slow."""
RANGE = (
    rf"(?:(?:零下|±|(?<![{DIGITS}A-Za-z）)—–~～-])[-−](?=[{DIGITS}.]{{1,8}}{SPACE}[%％‰℃°度])){SPACE})?"
    rf"(?:{NUMBER}(?:{ROUGH}?(?:{TO}|{SPACE}±{SPACE}){NUMBER})?|半)"
)
"""A number, or two of them: 3-5万, 65±3; a minus only where shares and temperatures have one."""
_PART = rf"{DIGIT}{{1,5}}(?:[.．]{DIGIT}{{1,3}})?"
RATIO = f"(?<!{DIGIT}[:：]){_PART}[:：]{_PART}"
FRACTION = (
    f"(?:{NUMBER}分之{NUMBER}{ROUGH}?(?:{TO}(?!.{{1,2}}分之){NUMBER})?|一半"
    rf"|(?<![-{DIGITS}/.．]){DIGIT}{{1,3}}/{DIGIT}{{1,3}}(?![-{DIGITS}/.．A-Za-z年月号栋户]))"
)

_LONGEST = 40
_ENDS = re.compile(
    rf"(零下|±|[-−])?{SPACE}({NUMBER}|半)(?:{ROUGH}?({TO}|{SPACE}±{SPACE})({NUMBER}))?"
)
_FILLER = re.compile(r"[,，\s多余来几]+")
_STEP = re.compile(r"(\d+(?:\.\d+)?)([十百千万亿]*)")
_PAIR = re.compile("一两|一二|两三|二三|三四|三五|四五|五六|六七|七八|八九")


def read_number(text: str) -> float | None:
    """Return the value of a number in digits, in Chinese characters, or mixed (4.5万).

    Rough ones (十余, 300多) are their round part. None for what is no number: 万 that
    nothing precedes, places in the wrong order (百千), two digits for one (一三百).
    """
    if len(text) > _LONGEST or text[:1] in tuple("万亿萬億"):
        return None
    if text.isascii() and text.isdigit():
        return float(text)
    plain = _FILLER.sub("", unicodedata.normalize("NFKC", text)).translate(_PLAIN)
    value = _read_mixed(plain) if plain[:1].isascii() else _read_han(plain)
    return None if value is None else float(value)


def read_range(text: str) -> tuple[float | None, float | None]:
    """Return both ends of 3-5万, 三四十 or 65±3, else the number and None; (None, None) if none."""
    if text.isascii() and text.isdigit():
        return float(text), None
    match = _ENDS.fullmatch(text)
    if match is None:
        return None, None
    sign, first, link, second = match.groups()
    if second is None:
        low, high = _read_pair("一" + first if first[0] in "万亿" else first)
    else:
        low, high = read_number(first), read_number(second)
    if low is None or (second and high is None):
        return None, None
    if sign == "±":
        return -low, low
    if high is None or second is None or link is None:
        return (-low if sign else low), high
    if "±" in link:
        return round(low - high, 8), round(low + high, 8)
    low = -low if sign else _same_scale(low, high, first, second)
    return (low, high) if low < high or link.strip() in ("至", "到") else (None, None)


def _read_pair(text: str) -> tuple[float | None, float | None]:
    """三四十 is 30 to 40; but for 零, a quantity is not written as mere digits (二五, 一一)."""
    if text == "半":
        return 0.5, None
    zero = "〇" in text or "零" in text
    pair = None if zero else _PAIR.search(text)
    if pair is None:
        digits = len(text) > 1 and not zero and all(char in _ONES for char in text)
        return None if digits else read_number(text), None
    head, tail = text[: pair.start()], text[pair.end() :]
    low, high = (read_number(head + digit + tail) for digit in pair.group())
    return (low, high) if low is not None and high is not None else (None, None)


def _same_scale(low: float, high: float, low_text: str, high_text: str) -> float:
    """3-5万 means 30000 to 50000: the first number borrows the second's 万."""
    place = 1
    for char in high_text[len(high_text.rstrip("百千万亿")) :]:
        place *= _PLACES[char]
    borrowed = round(low * place, 6)
    return borrowed if low_text[-1] not in _PLACES and borrowed <= high else low


def read_fraction(text: str) -> tuple[float | None, float | None]:
    """Return 三分之二, 1/3, 3:1, 一半 as quotients; both ends of 百分之三至五.

    A fraction with a slash is less than one: 8/3 rather is a date or the number of a house.
    """
    if text == "一半":
        return 0.5, None
    whole, mark, parts = text.partition("分之")
    if mark:
        base = read_number("一万" if whole == "万" else whole)
        low, *high = [_quotient(part, base) for part in re.split(TO, parts, maxsplit=1)]
        return low, high[0] if high else None
    left, mark, right = re.sub("[/：]", ":", text).partition(":")
    value = _quotient(left, read_number(right))
    return (None if value is not None and value >= 1 and "/" in text else value), None


def _quotient(part: str, base: float | None) -> float | None:
    number = read_number(part)
    return round(number / base, 8) if number is not None and base else None


def _read_mixed(text: str) -> Decimal | None:
    """1亿2000万 = 120000000; 3万5 = 35000; exact, so that 2.3万 is 23000."""
    total, at, last = Decimal(0), 0, 0
    for step in _STEP.finditer(text):
        digits, places = step.groups()
        scale = 1
        for place in places:
            scale *= _PLACES[place]
        if step.start() != at or (last and scale >= last):
            return None
        if last > 10 and not places and len(digits) == 1:
            scale = last // 10
        total += Decimal(digits) * scale
        at, last = step.end(), scale
    return total if text and at == len(text) else None


def _read_han(text: str) -> Decimal | None:
    """二百零四 = 204; 二〇二五 = 2025; 十二点五 = 12.5; 一点二亿 = 120000000."""
    head, point, tail = text.partition("点")
    whole = _read_digits(head) if len(head) > 1 else None
    if whole is None:
        whole = _read_whole(head)
    digits = tail.rstrip("万亿")
    decimals = _read_digits(digits) if point else 0
    if whole is None or decimals is None:
        return None
    value = whole + Decimal(decimals).scaleb(-len(digits))
    for place in tail[len(digits) :]:
        value *= _PLACES[place]
    return value


def _read_digits(text: str) -> int | None:
    if text and all(char in _ONES for char in text):
        return int("".join(str(_ONES[char]) for char in text))
    return None


def _read_whole(text: str) -> int | None:
    """Split at the highest place and read both sides."""
    for name, place in _PLACES.items():
        head, found, tail = text.rpartition(name)
        if found:
            high = _read_whole(head) if head else 1 if name == "十" or not tail else None
            low = _read_low(tail, place)
            limit = place if place >= 10**4 else 10
            if high is None or low is None or not 0 < high < limit or low >= place:
                return None
            return high * place + low
    return _ONES.get(text)


def _read_low(tail: str, place: int) -> int | None:
    """Read what follows a place: 零五 = 5, nothing = 0, and a bare 五 behind 百 = 50."""
    if not tail:
        return 0
    if tail[0] in "百千万亿":
        return None
    if len(tail) == 1 and place > 10 and tail in _ONES:
        return _ONES[tail] * place // 10
    return _read_whole(tail[1:] if _ONES.get(tail[0]) == 0 else tail)
