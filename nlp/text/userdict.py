"""Reads a user dictionary: one `word [frequency] [tag]` a line, in UTF-8 or GBK."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from nlp.errors import DataError, InputError

_HINT = "每行写“词 词频 词性”，后两项可省，用空格或制表符隔开；# 开头的行是注释。"
_TAG = re.compile(r"[A-Za-z]{1,6}")
_MOST = 10**9


@dataclass(frozen=True, slots=True)
class Entry:
    """One dictionary word; `frequency` and `tag` are None where the line leaves them out."""

    line: int
    word: str
    frequency: int | None = None
    tag: str | None = None


def read_userdict(path: Path) -> tuple[Entry, ...]:
    """Read and check every line; a word given twice in the same way counts once.

    :raises InputError: if the file cannot be read.
    :raises DataError: listing every bad line with its number, in Chinese.
    """
    try:
        text = _decode(path.read_bytes())
    except OSError as error:
        raise InputError(f"打不开用户词典 {path}：{error.strerror}。") from error
    entries: dict[str, Entry] = {}
    faults: list[str] = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        fields = line.split()
        if not fields or fields[0].startswith("#"):
            continue
        entry = _parse(number, fields)
        if isinstance(entry, str):
            faults.append(f"第{number}行{entry}")
        elif not _agrees(entry, first := entries.setdefault(entry.word, entry)):
            faults.append(f"第{number}行“{entry.word}”与第{first.line}行重复而词频或词性不同")
    if faults:
        raise DataError(str(path), faults, _HINT)
    return tuple(entries.values())


def _decode(data: bytes) -> str:
    """Decode by mark, else strict UTF-8, else GB18030, where bad bytes become U+FFFD."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _parse(number: int, fields: list[str]) -> Entry | str:
    """Return the entry, or what is wrong with the line."""
    word, *rest = fields
    if "\ufffd" in "".join(fields):
        return "有无法解码的字节"
    frequency = int(rest.pop(0)) if rest and rest[0].isascii() and rest[0].isdigit() else None
    if frequency is not None and not 0 < frequency <= _MOST:
        return f"“{word}”的词频应在 1 到 {_MOST} 之间"
    tag = rest.pop(0) if rest and _TAG.fullmatch(rest[0]) else None
    if rest:
        return f"“{' '.join(fields)}”多出“{' '.join(rest)}”（词内不能有空格，词频须是整数）"
    return Entry(number, word, frequency, tag)


def _agrees(one: Entry, other: Entry) -> bool:
    return (one.frequency, one.tag) == (other.frequency, other.tag)
