"""Lossless splitting of Chinese text into sentences, clauses and enumerated points.

The pieces of each split, joined, are the text: ready-made splitters drop what follows
the last full stop (sumy loses characters in most real replies).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import Match, Pattern

from nlp.text.points import Point, points
from nlp.text.spans import Span, partition

__all__ = ["Point", "Span", "clauses", "points", "sentences"]

_HELD_MOST = 60
_PAIRS = (
    *(("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("（", "）"), ("(", ")")),
    *(("【", "】"), ("〔", "〕"), ("《", "》"), ('"', '"')),
)
_HELD = "|".join(
    rf"{re.escape(a)}[^{re.escape(b)}\n]{{0,{_HELD_MOST}}}{re.escape(b)}" for a, b in _PAIRS
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_STOP = rf"[。！？!?…]+|(?<=[{_HAN}])(?<![一二三四五六七八九十])\.(?=\s*[{_HAN}“《])"
_LINE = r"[\n\r\x0b\x0c\x85\u2028\u2029]+"
_SENTENCE = re.compile(rf"(?P<held>{_HELD})|(?P<stop>{_STOP})|(?P<line>{_LINE})")
_CLAUSE = re.compile(rf"{_SENTENCE.pattern}|(?P<part>[；;]+)")
_COMMA = re.compile(rf"{_SENTENCE.pattern}|(?P<part>[；;，,：:]+)")
_CLOSERS = re.compile(r"[”’」』）)】〕》]*")
_SPACE = re.compile(r"\s*")
_GOES_ON = re.compile(r"[，、；：,;:。！？]")
_ATTRIBUTED = re.compile(
    r"[的等和]|是(?!否)|为(?![此了])|与(?!此)|及(?!时)"
    r"|[^，。！？；：\n]{0,8}(?:说|表示|指出|介绍|称|问道|答道)"
)


def sentences(text: str) -> list[Span]:
    """Split at sentence ends and line ends; white space stays with what it follows.

    A full stop within a quotation, a bracket or a 《title》 of at most 60 characters
    ends nothing; one at the end of a quotation ends the sentence behind the closing
    mark, unless the sentence goes on (“好！”他说). Dots within figures, and ellipses by
    themselves, end nothing.
    """
    return list(partition(len(text), _cuts(text, _SENTENCE)))


def clauses(text: str, *, commas: bool = False) -> list[Span]:
    """Split sentences further at semicolons and, with `commas`, at commas and colons.

    Marks within short quotations and brackets, and ASCII marks within figures and
    addresses (1,200, 10:30, http://…), split nothing.
    """
    return list(partition(len(text), _cuts(text, _COMMA if commas else _CLAUSE)))


def _cuts(text: str, tokens: Pattern[str]) -> Iterator[int]:
    start = 0
    for token in tokens.finditer(text):
        end = _end(text, token)
        if end is None or not text[start:end].strip():
            continue
        space = _SPACE.match(text, end)
        start = space.end() if space else end
        yield start


def _end(text: str, token: Match[str]) -> int | None:
    """Return where the piece that this token ends does end, None if it ends none."""
    found, end = token.group(), token.end()
    if token.lastgroup == "line":
        return end
    if token.lastgroup == "held":
        if found[0] == "《" or not found.rstrip('”’」』）)】〕"').endswith(tuple("。！？!?")):
            return None
        return None if _GOES_ON.match(text, end) or _ATTRIBUTED.match(text, end) else end
    if _within_ascii(text, token):
        return None
    if token.lastgroup == "stop":
        if not found.strip("…"):
            return None
        closers = _CLOSERS.match(text, end)
        end = closers.end() if closers else end
        return None if _GOES_ON.match(text, end) else end
    return end


def _within_ascii(text: str, token: Match[str]) -> bool:
    """Tell whether ASCII marks stand inside a figure, a time or an address."""
    start, end = token.span()
    if not token.group().isascii() or start == 0 or end == len(text) or token.group() == ".":
        return False
    before, after = text[start - 1], text[end]
    return before.isascii() and not before.isspace() and after.isascii() and after.isalnum()
