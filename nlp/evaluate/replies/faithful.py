"""Whether every figure, date and unit name of a digest stands in the reply that it digests."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Literal

from nlp.evaluate.replies.rouge import squeeze
from nlp.text.figures import figures
from nlp.text.segment import Segmenter

Kind = Literal["figure", "date", "unit"]
KINDS: tuple[Kind, ...] = ("figure", "date", "unit")

_WIDE = "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ％．－："
_HALF = str.maketrans({char: chr(ord(char) - 0xFEE0) for char in _WIDE})
_HAN_DIGITS = "〇零一二三四五六七八九十百千万亿两"
_LEVELS = "省市县区州盟旗镇乡"
_UNIT = re.compile(
    r".+(?:局|委|厅|院|政府|委员会|办公室|办事处|管委会|村委会|居委会|街道办|派出所|供电所|卫生院"
    r"|中心|公司|大队|支队|检察院|工会|联合会)"
)
_NOT_A_UNIT = re.compile(
    r"[该我本贵各两].+|.*(?:[布结格全大开定僵破时]局|[常编推原]委|[剧病庭住]院)"
)
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Claim:
    """Something checkable that a digest says; `found` tells whether the reply says it too."""

    kind: Kind
    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class ClaimReader:
    """Reads the figures, dates and unit names of digests; `known` are names of units."""

    known: Container[str] = ()
    segmenter: Segmenter = field(default_factory=Segmenter)

    def claims(self, digest: str, reply: str) -> list[Claim]:
        """List a digest's figures, then its dates, then its unit names.

        Each must stand in the reply character for character, white space and the width of
        digits ignored; 3个 does not stand in 13个. Meaning is not compared: 50% for a reply's
        half is a wrong claim here, for a clerk must find it again.
        """
        said, source = plain(digest), reply.translate(_HALF)
        found = [
            Claim("date" if dated else "figure", each.text, stands(each.text, source, dated=dated))
            for each in figures(said)
            for dated in (each.kind in ("date", "time"),)
        ]
        found.sort(key=lambda claim: KINDS.index(claim.kind))
        squeezed = squeeze(source)
        return found + [Claim("unit", name, name in squeezed) for name in self._units(said)]

    def _units(self, text: str) -> Iterator[str]:
        """Yield unit names with the level before them (县教育局).

        Chinese sets no spaces: a name is the longest known one that ends with a word for
        an office, else that word. Names of towns and villages are beyond this.
        """
        start = end = 0
        for word in self.segmenter.words(text):
            start, end = end, end + len(word)
            if not _UNIT.fullmatch(word) or _NOT_A_UNIT.fullmatch(word):
                continue
            reach = range(max(0, end - _LONGEST), start)
            first = next((at for at in reach if text[at:end] in self.known), start)
            first -= first > 0 and text[first - 1] in _LEVELS
            yield text[first:end]


def plain(text: str) -> str:
    """Make digits and letters half-width and drop white space, for looking strings up."""
    return squeeze(text.translate(_HALF))


def stands(figure: str, source: str, *, dated: bool = False) -> bool:
    """Look a figure up, but not within a longer number; the source may break it by blanks.

    Before a date, 1. is no part of the number but a point's marker (1.3月15日起…).
    """
    before = r"(?<!\d)" if figure[0].isdigit() else f"(?<![{_HAN_DIGITS}])"
    before += "" if dated else r"(?<!\d\.)"
    after = r"(?!\d)" if figure[-1].isdigit() else ""
    return re.search(before + r"\s*".join(map(re.escape, figure)) + after, source) is not None


def known_units() -> frozenset[str]:
    """Return the written names of units that the shipped functions list (教育局, 住建局)."""
    from nlp.taxonomy import load_functions

    return frozenset(alias for function in load_functions() for alias in function.aliases)
