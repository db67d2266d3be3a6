"""A report's file as clean text: lines joined, page furniture out, tables kept row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from nlp.bulletin.bounds import bounded_lines, check_size
from nlp.errors import InputError
from nlp.text.clean import clean_text

CELL = "｜"
"""Stands between the cells of a table's row in a cleaned report."""
_CELLS = re.compile(r"[，。；！？：,;!?]")
_NUMERIC = re.compile(r"\d{1,6}(?:\.\d+)?\s*[%％件条]?")
_RULE = re.compile(r"[-:|+\s]+")
_GAP_BEHIND_MARK = re.compile(r"(?<=[，、；,;。])[ \u3000]*\t\s*")
"""A tab that a copied sentence has behind its comma; no cell ends in one."""
_FIELD = 24
"""Characters of a cell at most where blanks part the cells, half as many as with bars."""
_MOST_BLANK = 3
"""So many empty lines part two tables."""
_LETTERS = str.maketrans("OoＯ〇○lIｌＩ", "000001111")
_MISREAD = re.compile(
    r"(?<![A-Za-z\dＯ])(?=[\dOoＯlI○〇]*\d)(?=\d*[OoＯlI○〇])"
    r"[\dOoＯlI○〇.]{2,6}(?=\s*[%％件条篇份年月日])"
)
_PUBLISHED = re.compile(r"(?:发布|发文|成文|公开|印发)?(?:日期|时间)[:：]\s*(20\d\d)\D")
_BROKEN = re.compile(
    r"(?<=\d)(?: (?=\d{0,9}\.?\d{1,9}[%％件条篇份])| (?=\.\d{1,9}[%％]))|(?<=\d\.) (?=\d{1,9}[%％])"
)
"""The gap in a number that a line end broke in two: 2 9件, 34. 8%."""
_TABLE = "\x00"
"""Stands for a table while the prose around it is cleaned."""
_SPACED_HEAD = re.compile(r"(?m)(?<=^\d) (?=[.、．])|(?<=^\d\d) (?=[.、．])|(?<=^\d[.、．]) ")
_SUN = re.compile(r"(?<=月)((?:\d{1,2}|[一二三四五六七八九十]{1,3}))曰")
"""日 misread as 曰 behind a day."""
_MARKS = re.compile(
    r"^[ \t]*#{1,6}[ \t]*|\*\*|__(?=[^\s_])|(?<=[^\s_])__|(?:<br\s*/?>)+[ \t]*$",
    re.M,
)
"""Marks of Markdown and of pages."""
_BULLETS = re.compile(
    r"^[ \t\u3000]*(?:[•·▪▫◦‣⁃➢➤►▶✓✔]|[-*+](?=[ \t]))[ \t\u3000]*"
    r"(?=[一-龥（(《“—]|\d{1,2}[.、．）])",
    re.M,
)
"""Bullets, which hide headings."""
_DASHES = re.compile(r"^([ \t\u3000]*)(?:--|－－|——|──|—－|－—)[ \t]*(?=[一-龥])", re.M)
_HARD_SPACE = re.compile(r"(?<=[^\s。！？；])\u00a0(?=\S)")
_APART = re.compile(r"(?<=\d)[ \u3000](?=[件条份篇%％](?:\s|$|[|｜]))")
"""The gap between a number and its unit, which parts no cells."""


@dataclass(frozen=True, slots=True)
class Source:
    """A report's whole cleaned text, its file's title, and what was repaired in figures."""

    text: str
    title: str = ""
    repaired: tuple[str, ...] = ()
    year: str = ""
    """The year that a web page says it was published in."""


def open_report(path: Path) -> Source:
    """Read a txt, pdf, docx or html file.

    :raises InputError: missing, a folder, a table, scanned, damaged, or empty.
    """
    from nlp.io.documents import read_document

    if path.is_dir():
        raise InputError(
            f"“{path}”是文件夹，一次只能读一份报告。",
            "请指定其中一个文件（txt、pdf、docx、html）。",
        )
    if not path.exists():
        raise InputError(f"找不到“{path}”。", "请检查路径。")
    document = read_document(path)
    return clean_report(document.text, document.title)


def clean_report(text: str, title: str = "") -> Source:
    """Clean a report's text; rows of tables stay lines, cells parted by CELL.

    :raises InputError: more text than any report has.
    """
    check_size(text)
    repaired: list[str] = []
    plain, rows = [], []
    text = text.replace(_TABLE, "")
    bare = _BULLETS.sub("", _MARKS.sub("", _HARD_SPACE.sub(" ", text)))
    marked = _DASHES.sub(r"\1——", bare)
    for is_row, lines in groupby(_closed_up(marked), key=lambda line: line.is_row):
        block = [line.text for line in lines]
        if is_row and len(block) > 1:
            rows.append("\n".join(block))
            plain.append(_TABLE)
        else:
            plain.append("\n".join(block).replace(CELL, " "))
    pieces = _prose("\n".join(plain), rows)
    whole = _MISREAD.sub(lambda found: _repair(found, repaired), "\n".join(pieces))
    whole = _SUN.sub(lambda found: _day(found, repaired), whole)
    dated = _PUBLISHED.search(text) or _PUBLISHED.search(whole)
    whole = bounded_lines(whole)
    return Source(whole, title, tuple(repaired), dated[1] if dated else "")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    is_row: bool


def _prose(text: str, rows: list[str]) -> Iterator[str]:
    """Clean what stands between tables piece by piece, so that no row joins a sentence."""
    for at, piece in enumerate(text.split(_TABLE)):
        if at:
            yield rows[at - 1]
        if cleaned := clean_text(piece).strip():
            yield _SPACED_HEAD.sub("", _BROKEN.sub("", cleaned))


def _closed_up(text: str) -> Iterator[_Line]:
    """Yield the lines without the empty ones that stand between two rows of a table."""
    blank: list[_Line] = []
    in_table = False
    for line in _lines(text):
        if not line.text.strip():
            blank.append(line)
            continue
        if not (in_table and line.is_row and len(blank) < _MOST_BLANK):
            yield from blank
        blank = []
        in_table = line.is_row
        yield line
    yield from blank


def _lines(text: str) -> Iterator[_Line]:
    for line in text.splitlines():
        if "|" in line and _RULE.fullmatch(line):
            continue
        cells = _cells(line)
        if cells:
            yield _Line(CELL.join(cells), True)
        else:
            yield _Line(line, False)


def _cells(line: str) -> list[str]:
    """Return a row's cells, [] for a line of prose."""
    line = _APART.sub("", _GAP_BEHIND_MARK.sub("", line))
    tabbed = "\t" in line.strip() or len(re.findall("[|｜]", line)) > 1
    if len(line) > 300 or (_CELLS.search(line) and not tabbed):
        return []
    pattern = r"\s*[\t|｜]\s*" if tabbed else r"[ \u3000]+"
    cells = [cell.strip() for cell in re.split(pattern, line.strip().strip("|｜")) if cell.strip()]
    numeric = sum(bool(_NUMERIC.fullmatch(cell)) for cell in cells)
    short = all(len(cell) <= (_FIELD if not tabbed else 2 * _FIELD) for cell in cells)
    if len(cells) < 2 or not short or not (tabbed or numeric or len(cells) > 2):
        return []
    if not tabbed and any(re.fullmatch(r"[年月日件条万亿元个%届次第]+.*", cell) for cell in cells):
        return []  # a wrapped line of prose that sets spaces around its figures
    return cells


def _repair(found: re.Match[str], repaired: list[str]) -> str:
    mended = found.group().translate(_LETTERS)
    repaired.append(f"{found.group()}→{mended}")
    return mended


def _day(found: re.Match[str], repaired: list[str]) -> str:
    repaired.append(f"{found.group()}→{found[1]}日")
    return f"{found[1]}日"
