"""Bounds on what is read, so that no text makes reading slow: size, lines, groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.errors import InputError

MOST_CHARACTERS = 1_000_000
"""A yearly report has some ten thousand; a folder of them pasted together is none."""
LONGEST_LINE = 1500
"""Paragraphs of reports have up to some 700 characters, their sentences up to 300."""
_BREAKS = ("。！？", "；", "，", "、")


def check_size(text: str) -> None:
    """Raise InputError for a text of more than `MOST_CHARACTERS`."""
    if len(text) > MOST_CHARACTERS:
        raise InputError(
            f"这份文件有{len(text):,}个字，超过一份报告的上限{MOST_CHARACTERS:,}个字，没有读。",
            "请只留下要读的那份报告，另存后再读。",
        )


def bounded_lines(text: str) -> str:
    """Break lines longer than `LONGEST_LINE`, behind a full stop where there is one."""
    if len(text) <= LONGEST_LINE or not re.search(rf"[^\n]{{{LONGEST_LINE + 1}}}", text):
        return text
    return "\n".join(piece for line in text.split("\n") for piece in _pieces(line))


def _pieces(line: str) -> Iterator[str]:
    start = 0
    while len(line) - start > LONGEST_LINE:
        cut = _cut(line, start)
        yield line[start:cut]
        start = cut
    yield line[start:]


def _cut(line: str, start: int) -> int:
    """Return where a piece ends: behind the last, strongest mark of its second half."""
    low, high = start + LONGEST_LINE // 2, start + LONGEST_LINE
    for marks in _BREAKS:
        if (at := max(line.rfind(mark, low, high) for mark in marks)) >= 0:
            return at + 1
    return high
