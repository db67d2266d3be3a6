"""Tags with more attributes than libxml2 takes in reasonable time.

It compares every attribute with all before it: a tag of 300,000 takes minutes.
"""

from __future__ import annotations

import re

from nlp.errors import InputError

MAX_ATTRIBUTES = 5_000
_HIDDEN = re.compile(rb"<!--.*?(?:-->|\Z)|<(script|style)\b[^>]*+>.*?(?:</\1|\Z)", re.I | re.S)
_ATTRIBUTE = rb"[\s/]*+[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+"
_TAG = re.compile(rb"<[a-zA-Z][^\s/>]*+((?:" + _ATTRIBUTE + rb")*+)")
_EACH = re.compile(_ATTRIBUTE)
_LONG = 2 * MAX_ATTRIBUTES
"""Bytes that so many attributes take at least, a letter and a blank each."""


def check_tags(source: bytes, name: str) -> None:
    """Refuse a page with a tag of more than MAX_ATTRIBUTES attributes.

    :raises InputError: naming how many there are.
    """
    if len(source) < _LONG:
        return
    for match in _TAG.finditer(_HIDDEN.sub(b"", source)):
        if match.end() - match.start() < _LONG:
            continue
        count = sum(1 for _ in _EACH.finditer(match[1]))
        if count > MAX_ATTRIBUTES:
            raise InputError(
                f"“{name}”有一个标签带 {count} 个属性，没有读。",
                "文件可能是伪造的或已损坏；请用浏览器打开，复制到 docx 或 txt 再试。",
            )
