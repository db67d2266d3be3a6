"""Figures of tables, which stand in the cleaned text as rows of cells parted by CELL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nlp.bulletin.around import Around
from nlp.bulletin.counts import count_name
from nlp.bulletin.document import CELL
from nlp.bulletin.labels import outcome_of, topic_name, topic_of
from nlp.bulletin.numbers import Token, read_cell
from nlp.bulletin.shares import share_name
from nlp.bulletin.types import Figure, Span
from nlp.bulletin.vocabulary import vocabulary

_TOTAL = re.compile("^(?:合计|总计|小计|共计|总数)$")
_TOTALS = ("submitted", "filed", "handled")
_THEME_HEAD = re.compile("类别|分类|主题|领域|内容|类型")
_SHARE_HEAD = re.compile(r"占比|比例|比重|百分比|占总数|[（(][%％][）)]|率[（(]?[%％]?[）)]?$")
_NUMBER_HEAD = re.compile("件数|数量|数|占比|比例|比重|百分比|单位")


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    span: Span
    number: Token | None


def table_figures(text: str, lines: Sequence[Span]) -> Iterator[Figure]:
    """Read every table among the lines: a label and its numbers in a row, or in a column."""
    for rows in map(_with_shares, _tables(text, lines)):
        turned = _turned(rows)
        head = "".join(cell.text for cell in rows[0]) if not _numbered(rows[0]) else ""
        caption = _caption(text, rows[0][0].span.start)
        listed = bool(_THEME_HEAD.search(head + caption))
        for row in turned or rows:
            yield from _row_figures(text, row, listed)


def _tables(text: str, lines: Sequence[Span]) -> Iterator[list[list[_Cell]]]:
    table: list[list[_Cell]] = []
    last = -2
    for line in lines:
        written = line.of(text)
        if CELL not in written:
            continue
        if table and line.start != last + 1:
            yield table
            table = []
        table.append(list(_cells(written, line.start)))
        last = line.end
    if table:
        yield table


def _with_shares(rows: Sequence[Sequence[_Cell]]) -> list[list[_Cell]]:
    """Read 78.4 as a share where its column's or its row's head says 占比（%）."""
    head = rows[0]
    columns = {at for at, cell in enumerate(head) if not cell.number and _is_share_head(cell)}
    return [
        [
            _as_share(cell) if at and (at in columns or _is_share_head(row[0])) else cell
            for at, cell in enumerate(row)
        ]
        if len(row) == len(head) or _is_share_head(row[0])
        else list(row)
        for row in rows
    ]


def _is_share_head(cell: _Cell) -> bool:
    return _SHARE_HEAD.search(cell.text) is not None


def _as_share(cell: _Cell) -> _Cell:
    if not re.fullmatch(r"\d{1,3}(?:\.\d{1,4})?", cell.text) or float(cell.text) > 100:
        return cell
    written = Token("percent", float(cell.text), Span(0, len(cell.text)))
    return replace(cell, number=written)


def _cells(written: str, start: int) -> Iterator[_Cell]:
    for piece in written.split(CELL):
        yield _Cell(piece.strip(), Span(start, start + len(piece)), read_cell(piece))
        start += len(piece) + 1


def _numbered(row: Sequence[_Cell]) -> bool:
    return any(cell.number for cell in row)


def _turned(rows: Sequence[Sequence[_Cell]]) -> list[list[_Cell]]:
    """Turn a table whose heads are the labels and whose rows are numbers only."""
    for head, below in pairwise(rows):
        values = [cell for cell in below if cell.number]
        labels = [cell for cell in head if not cell.number]
        if len(values) < 3 or len(labels) < len(head) or len(head) < len(values):
            continue
        if not below[0].number and not _NUMBER_HEAD.search(below[0].text):
            continue  # a row of its own label, as one unit's
        shift = len(head) - len(below)
        if shift in (0, 1):
            others = [row for row in rows if len(row) == len(below) and _numbered(row)]
            return [
                [head[at + shift], *(row[at] for row in others)]
                for at in range(len(below))
                if below[at].number
            ]
    return []


def _caption(text: str, start: int) -> str:
    before = text[max(0, start - 60) : start].rstrip("\n").rsplit("\n", 1)[-1]
    return before if len(before) <= 40 else ""


def _row_figures(text: str, row: Sequence[_Cell], listed: bool) -> Iterator[Figure]:
    """Read each label of a row with the numbers behind it, up to the next label."""
    label = ""
    counted = ""
    for cell in row:
        if cell.number is None:
            label, counted = cell.text if not _TOTAL.match(cell.text) else "", ""
            continue
        name = _name(label, cell.number, listed, counted)
        if name:
            counted = counted or name
            sentence = CELL.join(each.text for each in row)
            yield Figure(name, cell.number.value, cell.span, sentence)


def _name(label: str, number: Token, listed: bool, counted: str) -> str:
    if not label or _NUMBER_HEAD.fullmatch(label):
        return ""
    if number.kind == "percent":
        return _share(label, counted)
    if counted:
        return ""
    plain = re.sub(r"[（(](?:单位[：:])?[件%条篇份][）)]", "", label)
    place = Around(number, plain, plain, f"{plain}：", "", False)
    if name := count_name(place, ""):
        return name
    if outcome := outcome_of(plain):
        return f"outcomes.{outcome}"
    topic = topic_of(plain, listed=True) or (topic_name(plain) if listed else None)
    return f"topics.{topic}" if topic and re.fullmatch("[一-龥、]{2,14}", topic) else ""


def _share(label: str, counted: str) -> str:
    if re.search("其中|总|合计|承办", label) and counted in _TOTALS:
        return ""  # 100 % of itself
    rate = vocabulary().rates.get(re.sub(r"[（(].*?[）)]|^(?:提案|建议|委员|代表)", "", label))
    if rate:
        return f"rates.{rate}"
    if label.endswith("立案率"):
        return "shares.filed"
    if not counted:
        outcome = outcome_of(label)
        return f"shares.{outcome}" if outcome else ""
    return share_name(counted)
