"""Bytes to text: byte order mark, then strict UTF-8, then GB18030.

Statistical detectors take short GBK for Korean, so the rule is fixed and an explicit
`encoding` overrides it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from nlp.errors import InputError, UsageError

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode_escape", "mbcs", "oem"})
"""Codecs of Python that are no encodings of texts, or not the same on every machine."""
_SURE = 4
"""So many Chinese characters of valid UTF-8 before a fault mean damage, not GBK."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the encoding that gave it."""

    text: str
    encoding: str


def decode(data: bytes, *, name: str, encoding: str | None = None) -> Decoded:
    """Decode a whole file.

    :raises InputError: no encoding fits; the message names the first offending byte.
    :raises UsageError: `encoding` is unknown to Python.
    """
    if encoding is not None:
        return _decode_as(data, name, encoding)
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, name, marked)
    _refuse_binary(data, name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as fault:
        _refuse_damaged_utf8(data, fault, name)
    try:
        return Decoded(data.decode("gb18030"), "gb18030")
    except UnicodeDecodeError as fault:
        raise InputError(
            f"“{name}”的文字编码认不出来：第 {fault.start} 字节（约第 "
            f"{_line(data, fault.start)} 行）既不是 UTF-8，也不是 GBK/GB18030。",
            "请另存为 xlsx 或 UTF-8 的 csv 再试；"
            "繁体等编码，check、classify、summarize 也可用 --encoding 指定，如 --encoding big5。",
        ) from fault


def known_charset(encoding: str) -> str:
    """Return Python's name of an encoding of texts; "" for what is none."""
    try:
        found = codecs.lookup(encoding).name.replace("-", "_")
        "".encode(found)  # refuses what turns bytes into bytes, such as hex and zlib
    except (LookupError, ValueError):
        return ""
    return "" if found.removeprefix("raw_") in _NO_CHARSETS else found


def _decode_as(data: bytes, name: str, encoding: str) -> Decoded:
    try:
        text = data.decode(known_charset(encoding) or "?")
    except UnicodeDecodeError as fault:
        raise InputError(
            f"“{name}”按 {encoding} 读不通：第 {fault.start} 字节"
            f"（约第 {_line(data, fault.start)} 行）起不是 {encoding}。",
            "请去掉 --encoding 让程序自动判断，或者换一种编码；文件也可能没有传完整。",
        ) from fault
    except LookupError as fault:
        raise UsageError(
            f"不认识的编码“{encoding}”。", "常用的有 utf-8、gb18030、utf-16、big5。"
        ) from fault
    return Decoded(text.removeprefix("\ufeff"), encoding)


def _refuse_binary(data: bytes, name: str) -> None:
    head = data[:65536]
    controls = len(_BINARY.findall(head))
    if controls * 10 <= len(head):
        return
    first = _BINARY.search(head)
    offset = first.start() if first else 0
    raise InputError(
        f"“{name}”不是文本文件：从第 {offset} 字节起有大量控制字符。",
        "支持 xlsx、xls、csv、jsonl、parquet、docx、pdf、html、txt；"
        "如果是没有标记的 UTF-16 文本，请另存为 UTF-8，或加 --encoding utf-16-le。",
    )


def _refuse_damaged_utf8(data: bytes, fault: UnicodeDecodeError, name: str) -> None:
    """GB18030 would turn a broken UTF-8 file into plausible nonsense; say so instead."""
    before = data[max(0, fault.start - 4096) : fault.start].decode("utf-8", "ignore")
    if sum("一" <= char <= "鿿" for char in before) < _SURE:
        return
    raise InputError(
        f"“{name}”是 UTF-8 文本，但第 {fault.start} 字节（约第 "
        f"{_line(data, fault.start)} 行）损坏了。",
        "文件可能没有传完整，请重新导出；若确认是 GBK，请另存为 UTF-8，或加 --encoding gb18030。",
    )


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
