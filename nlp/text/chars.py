"""Character repairs: width, odd spaces, invisible marks, spaces and punctuation in Chinese."""

from __future__ import annotations

import re
import unicodedata
from re import Match

from nlp.text.draft import Draft

WIDE = "\u00b7\u2010-\u2027\u2030-\u205e\u2070-\uabff\ud7b0-\ufefe\uff00-\U0010ffff"
"""Body of a regex class: what is set without spaces around it (Chinese and its marks)."""

_SPACES = "\t\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_HALF = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.%+-/=@_"
# What fonts of simplified Chinese draw alike, where NFKC is silent or answers in traditional.
_RADICALS = (
    "⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞"
    "⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⼾户"
)
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad"
    "\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
)


def _fold_table() -> dict[int, int]:
    """Map each character that has a plain twin: one to one, so offsets stay true.

    Kangxi radicals and compatibility ideographs are how some PDF writers spell
    ordinary characters (U+2F08 looks like 人 and equals nothing).
    """
    table = {ord(space): ord(" ") for space in _SPACES}
    table |= {ord(brk): ord("\n") for brk in _BREAKS}
    table |= {ord(half) + 0xFEE0: ord(half) for half in _HALF}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFAFF), 0x2E9F, 0x2EF3):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = ord(plain)
    odd, plain = _RADICALS[::2], _RADICALS[1::2]
    return table | dict(zip(map(ord, odd), map(ord, plain), strict=True))


_FOLD = {chr(odd): chr(plain) for odd, plain in _fold_table().items()}
_FOLDABLE = re.compile("[" + "".join(map(re.escape, sorted(_FOLD))) + "]")
_DROPPED = re.compile(f"[{_INVISIBLE}]+|\r(?=\n)")
_FLAT = re.compile(r"(?<=[。！？；]) *[\u00a0\u3000][ \u00a0\u3000]+(?=\S)")
_FULL = str.maketrans(",;:?!()", "，；：？！（）")
_SPACES_RUN = re.compile(" +")
_STOPS = re.compile("[,;:?!]+")
_PAIR = re.compile(r"[(（]([^()（）\n]*+)[)）]")
_RUN = re.compile("[,;:?!()]+")
_ANY_WIDE = re.compile(f"[{WIDE}]")

DIRTY = f"[\\s{_INVISIBLE}{_FOLDABLE.pattern[1:-1]},;:?!()]"
"""Regex class that matches somewhere in every text which a step of this file changes."""


def fold(draft: Draft) -> None:
    """Unify widths, spaces and line ends; drop characters that nobody can see.

    A paragraph's indent right behind a full stop (tables flatten texts that way)
    becomes the line end that it once followed.
    """
    if _DROPPED.search(draft.text):
        draft.delete(_DROPPED)
    if "\r" in draft.text:
        draft.swap(draft.text.replace("\r", "\n"))
    if "\u3000" in draft.text or "\u00a0" in draft.text:
        draft.sub(_FLAT, lambda _: "\n")
    draft.swap(_FOLDABLE.sub(lambda m: _FOLD[m.group()], draft.text))


def tighten(draft: Draft) -> None:
    """Remove spaces that touch Chinese; leave one between Latin words."""
    if " " not in draft.text:
        return
    found = ((m.start() + _kept(m), m.end()) for m in _SPACES_RUN.finditer(draft.text))
    draft.apply((start, end, "") for start, end in found if start < end)


def _kept(match: Match[str]) -> int:
    """Tell how many of the matched spaces stay: one where both neighbours are narrow."""
    if _beside_wide(match) or match.string[match.end() : match.end() + 1] == "%":
        return 0
    return 1


def _beside_wide(match: Match[str]) -> bool:
    text, start, end = match.string, match.start(), match.end()
    return bool(_ANY_WIDE.match(text, end) or (start and _ANY_WIDE.match(text, start - 1)))


def punctuate(draft: Draft) -> None:
    """Widen ASCII stops and round brackets that stand in Chinese."""
    text = _STOPS.sub(_widen, draft.text)
    if "(" in text or ")" in text:
        text = _PAIR.sub(_widen_pair, text)
        text = _RUN.sub(_widen, text)  # as a whole: one mark a round would take all rounds
    draft.swap(text)


def _widen(match: Match[str]) -> str:
    found = match.group()
    return found.translate(_FULL) if _beside_wide(match) else found


def _widen_pair(match: Match[str]) -> str:
    whole, inside = match.group(0, 1)
    mixed = whole[0] + whole[-1] != "()"
    if mixed or _ANY_WIDE.search(inside) or _beside_wide(match):
        return f"（{inside}）"
    return whole
