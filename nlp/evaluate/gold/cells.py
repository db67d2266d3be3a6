"""What an office writes into one cell: several units, who leads and who helps, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.corpus.blanks import is_blank

_BETWEEN = re.compile(
    r"(?:[、，,;；/|\n]|(?<=\S{3})[^\S\n]+(?=\S{3})|(?<=[局委办院厅])[和及与](?=\S{3}))+"
    r"(?![^（(]*[)）])"
)
"""Separators of a list of units; not inside brackets, nor the blank of “县 教育局”."""
_LEADS, _HELPS = "主办|主责|牵头|承办", "会办|协办|配合|参与"
_LABEL = re.compile(rf"({_LEADS}|{_HELPS})(?:单位|部门)?\s*[:：]")
_BEHIND = re.compile(rf"[（(]({_LEADS}|{_HELPS})(?:单位|部门)?[)）]$")
_LISTED = re.compile(r"^\[(.*)\]$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Handling:
    """The units of a cell that lead, in order, and the ones that are said to help.

    `told` says that the cell itself tells the two apart (主办：…；会办：…).
    """

    leads: tuple[str, ...]
    helpers: tuple[str, ...]
    told: bool


def pieces(cell: str) -> list[str]:
    """Split a cell of several names; marks for nothing (“无”) are none."""
    text = _LISTED.sub(r"\1", cell.strip())
    parts = (piece.strip().strip("'\"").strip() for piece in _BETWEEN.split(text))
    return [part for part in parts if not is_blank(part)]


def handling(cell: str) -> Handling:
    """Read a cell of units that may say itself which of them lead and which help."""
    read = list(_marked(cell))
    leads = tuple(unit for unit, role in read if role not in _HELPS.split("|"))
    helpers = tuple(unit for unit, role in read if role in _HELPS.split("|"))
    return Handling(leads, helpers, any(role for _, role in read))


def _marked(cell: str) -> Iterator[tuple[str, str]]:
    """Yield units with the role that stands before (主办：) or behind them (（会办）), or ""."""
    before, *rest = _LABEL.split(cell)
    for role, text in [("", before), *zip(rest[::2], rest[1::2], strict=True)]:
        for unit in pieces(text):
            behind = _BEHIND.search(unit)
            yield (unit[: behind.start()], behind[1]) if behind else (unit, role)
