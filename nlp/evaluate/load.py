"""Gold rows from what people have: JSONL of the contract, or an office's own table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.corpus.rows import Row, load_rows
from nlp.errors import InputError
from nlp.io.read import ReadOptions, read_proposals
from nlp.taxonomy import function_of_unit
from nlp.types import Proposal
from nlp.unitnames import clean_name

if TYPE_CHECKING:
    from nlp.io.columns import ColumnMap
    from nlp.places import Directory
    from nlp.taxonomy import Function, Scheme

SHOWN = 5
"""How many of the commonest unmapped values a note lists."""
_BETWEEN = re.compile(r"(?:[、，,;；/|\n]|(?<=\S{3})[^\S\n]+(?=\S{3}))+(?![^（(]*[)）])")
"""Separators of a list of units; not inside brackets, nor the blank of “县 教育局”."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What written labels are mapped to: a place's units, all functions, a topic scheme.

    Without a scheme, categories are topics as they are written. With `own_units`, so is a
    lead unit that holds no known function, and a unit that holds several keeps them in `also`.
    """

    directory: Directory
    functions: tuple[Function, ...]
    scheme: Scheme | None
    own_units: bool = False


@dataclass(frozen=True, slots=True)
class Gold:
    """Labelled rows, and Chinese notes on what of the file could not be used."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def load_gold(path: Path, vocabulary: Vocabulary, read_options: ReadOptions | None = None) -> Gold:
    """Read gold rows: `*.jsonl`, a folder with some, else anything that classify reads.

    Labels of a table are its 类别, 主办单位 and 会办单位 columns, written as the office
    writes them. Raises InputError, DataError for unusable files and for no label at all.
    """
    if path.suffix.lower() == ".jsonl" or (path.is_dir() and any(path.rglob("*.jsonl"))):
        return Gold(tuple(load_rows([path])))
    source = read_proposals(path, read_options)
    reader = _Reader(vocabulary)
    rows, broken = [], 0
    for item in source.items:
        if isinstance(item, Proposal):
            rows.append(reader.row(item, source.map_for(item)))
        else:
            broken += 1
    if not any(row.topics or row.lead or row.co for row in rows):
        raise InputError(
            f"{path.name} 里没有认得出的标注：{'；'.join(reader.notes()) or '没有相应的列'}。",
            "评测要有正确答案：类别、主办单位、会办单位中至少一列，写法与主题方案、单位目录相符。",
        )
    unread = [f"有 {broken} 行读不出来，没有参加评测。"] if broken else []
    return Gold(tuple(rows), (*source.notes, *unread, *reader.notes()))


@dataclass(slots=True)
class _Reader:
    """Maps the cells of one input, and remembers what had no counterpart."""

    vocabulary: Vocabulary
    topics: dict[str, str] = field(init=False)
    strange_topics: Counter[str] = field(default_factory=Counter)
    strange_units: Counter[str] = field(default_factory=Counter)
    several: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        scheme = self.vocabulary.scheme.topics if self.vocabulary.scheme else ()
        self.topics = {topic.name: topic.key for topic in scheme}
        self.topics |= {topic.key: topic.key for topic in scheme}

    def row(self, item: Proposal, columns: ColumnMap | None) -> Row:
        """Return a gold row; a cell that can't be mapped whole is not labelled."""
        units = _pieces(item, columns, "lead")
        leads, also = self._own(units) if self.vocabulary.own_units else (None, ())
        leads = leads or self._functions(units)
        return Row(
            id=item.id,
            title=item.title,
            body=item.body,
            topics=self._topics(_pieces(item, columns, "topics")) or None,
            lead=leads[0] if leads else None,
            co=self._functions(_pieces(item, columns, "co")),
            place=self.vocabulary.directory.place,
            also=also,
        )

    def _topics(self, names: Sequence[str] | None) -> tuple[str, ...] | None:
        found = [(name, self._topic(name)) for name in names or ()]
        self.strange_topics.update(name for name, key in found if key is None)
        keys = [key for _, key in found if key is not None]
        return tuple(dict.fromkeys(keys)) if len(keys) == len(found) else None

    def _topic(self, name: str) -> str | None:
        if self.vocabulary.scheme is None:
            return name
        return self.topics.get(name) or self.topics.get(name.removesuffix("类"))

    def _own(self, units: Sequence[str] | None) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
        """Return the first unit as lead, by its own name if need be, and what else it holds."""
        if not units:
            return None, ()
        held = self._held(units[0]) or (clean_name(units[0]),)
        return held[:1], held[1:]

    def _held(self, unit: str) -> tuple[str, ...]:
        place, functions = self.vocabulary.directory, self.vocabulary.functions
        return place.functions_of(unit) or function_of_unit(unit, functions)

    def _functions(self, units: Sequence[str] | None) -> tuple[str, ...] | None:
        """Return one function a unit, its first: a written unit can't tell which one it was."""
        if units is None:
            return None
        found = [(unit, self._held(unit)) for unit in units]
        self.strange_units.update(unit for unit, held in found if not held)
        self.several.update(unit for unit, held in found if len(held) > 1)
        if not all(held for _, held in found):
            return None
        return tuple(dict.fromkeys(held[0] for _, held in found))

    def notes(self) -> list[str]:
        """Say in Chinese what was left out, and what was assumed."""
        said = [
            ("种类别写法不在主题方案里，这些行的主题不参加评测", self.strange_topics),
            ("种单位写法认不出职能，这些行的主办或会办不参加评测", self.strange_units),
            ("种单位承担几项职能，标注一律按其第一项职能计", self.several),
        ]
        return [
            f"有 {len(values)} {what}（最常见：{_commonest(values)}）"
            for what, values in said
            if values
        ]


def _pieces(item: Proposal, columns: ColumnMap | None, role: str) -> list[str] | None:
    """Split the cell of a role; None where the table has no such column."""
    head = columns.head(role) if columns else None
    if head is None:
        return None
    return [piece.strip() for piece in _BETWEEN.split(item.given.get(head, "")) if piece.strip()]


def _commonest(values: Counter[str]) -> str:
    return "、".join(f"{value}×{count}" for value, count in values.most_common(SHOWN))
