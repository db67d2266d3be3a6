"""Which rows tell of the same proposal: by number and title, else by title alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from nlp.bulletin.draft.words import plain
from nlp.types import RowRef

_MADE_UP = re.compile(r"(?:.*-)?r\d+")
_NUMBER = re.compile(r"第?0*(\d+)号?")
_ALIKE = 75
"""Titles of one proposal differ by a word or a mark between sheets; those of two much more."""


@dataclass(slots=True)
class Kept:
    """A row's cells by role, where it stands, and all its cells under their heads."""

    cells: dict[str, str]
    source: RowRef
    given: Mapping[str, str]
    modelled: set[str] = field(default_factory=set)
    key: str = ""
    made_up: bool = False

    @property
    def id(self) -> str:
        """Return the row's number; one that we made up ourselves (r12) is none."""
        number = self.cells.get("id", "")
        return "" if self.made_up and _MADE_UP.fullmatch(number) else number

    @property
    def title(self) -> str:
        return " ".join(self.cells.get("title", "").split())


@dataclass(slots=True)
class Index:
    """The proposals so far, found again by number or title."""

    records: list[Kept] = field(default_factory=list)
    _by_id: dict[str, list[Kept]] = field(default_factory=dict)
    _by_title: dict[str, list[Kept]] = field(default_factory=dict)
    _keys: set[str] = field(default_factory=set)

    def find(self, row: Kept, *, register: bool) -> Kept | None:
        """Return the proposal that a row tells of.

        :param register: the row is of the register itself, where rows of one sheet, and rows
            with different numbers, are different proposals even with the same title.
        """
        numbered = self._by_id.get(_number(row.id), []) if row.id else []
        for each in numbered:
            if _alike(each.title, row.title):
                return each
        titled = [
            each
            for each in self._by_title.get(plain(row.title), [])
            if not register or (_sheet(each) != _sheet(row) and not (each.id and row.id))
        ]
        return titled[0] if row.title and len(titled) == 1 else None

    def add(self, row: Kept) -> Kept | None:
        """Take a row as a proposal; returns another one that already has its number."""
        same = self._by_id.get(_number(row.id), []) if row.id else []
        twin = same[0] if same else None
        row.key = self._free_key(row)
        self.records.append(row)
        if row.id:
            self._by_id.setdefault(_number(row.id), []).append(row)
        if row.title:
            self._by_title.setdefault(plain(row.title), []).append(row)
        return twin

    def _free_key(self, row: Kept) -> str:
        """Name a proposal by its number, with its row where that is missing or taken."""
        at = f"第{row.source.row}行"
        sheet = f"{row.source.sheet or row.source.file}{at}"
        choices = [row.id, f"{row.id}（{at}）"] if row.id else [at]
        key = next((c for c in (*choices, sheet) if c not in self._keys), f"{row.id}{sheet}")
        self._keys.add(key)
        return key


def _sheet(row: Kept) -> tuple[str, str | None]:
    return row.source.file, row.source.sheet


def _number(text: str) -> str:
    """Reduce 第012号 and 12 to one form; what is no mere number stays."""
    kept = "".join(unicodedata.normalize("NFKC", text).lower().split())
    found = _NUMBER.fullmatch(kept)
    return found[1] if found else kept


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    left, right = plain(one), plain(other)
    return not left or not right or left == right or fuzz.ratio(left, right) >= _ALIKE
