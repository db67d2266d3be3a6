"""An office's own table as gold rows: categories by the scheme, units by the directory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from nlp.corpus.blanks import is_blank
from nlp.corpus.rows import Row
from nlp.evaluate.gold.cells import Handling, handling, pieces
from nlp.evaluate.gold.heads import RowCells
from nlp.evaluate.gold.said import listed, nearest, spots
from nlp.taxonomy import function_of_unit, load_scheme
from nlp.types import Proposal
from nlp.unitnames import clean_name

if TYPE_CHECKING:
    from nlp.io.columns import ColumnMap
    from nlp.places import Directory
    from nlp.taxonomy import Function, Scheme, Topic

Words = dict[str, list[str]]
"""Words as they are written, with the rows of each."""


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


@dataclass(slots=True)
class OfficeReader:
    """Maps the cells of one input, and remembers what had no counterpart."""

    vocabulary: Vocabulary
    topics: dict[str, str] = field(init=False)
    aliases: dict[str, str] = field(init=False)
    keys: frozenset[str] = field(init=False)
    strange_topics: Words = field(default_factory=dict)
    strange_units: Words = field(default_factory=dict)
    several: Words = field(default_factory=dict)
    blank: Words = field(default_factory=dict)
    by_alias: Words = field(default_factory=dict)
    crowded: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        scheme = self.vocabulary.scheme.topics if self.vocabulary.scheme else ()
        self.topics = {topic.name: topic.key for topic in scheme}
        self.topics |= {topic.key: topic.key for topic in scheme}
        self.aliases = _aliases(scheme)
        self.keys = frozenset(function.key for function in self.vocabulary.functions)

    def row(self, item: Proposal, columns: ColumnMap | None) -> Row:
        """Return a gold row; a cell that can't be mapped whole is not labelled."""
        cells, where = RowCells(item, columns), str(item.source)
        for role, name in (("topics", "类别"), ("lead", "主办单位")):
            cell = cells.first(role)
            if cell is not None and is_blank(cell):
                _note(self.blank, [name], where)
        units = handling(cells.first("lead") or "")
        lead, also = self._lead(units, where)
        return Row(
            id=item.id,
            title=item.title,
            body=item.body,
            topics=self._topics(pieces(cells.first("topics") or ""), where) or None,
            lead=lead,
            co=self._helpers(cells.all("co"), units, where),
            place=self.vocabulary.directory.place,
            also=also,
            year=cells.year,
            kind=cells.kind,
        )

    def _topics(self, names: Sequence[str], where: str) -> tuple[str, ...] | None:
        found = [(name, self._topic(name, where)) for name in names]
        _note(self.strange_topics, (name for name, key in found if key is None), where)
        keys = [key for _, key in found if key is not None]
        return tuple(dict.fromkeys(keys)) if len(keys) == len(found) else None

    def _topic(self, name: str, where: str) -> str | None:
        if self.vocabulary.scheme is None:
            return name
        words = (name, name.removesuffix("类"))
        if key := next((self.topics[word] for word in words if word in self.topics), None):
            return key
        alias = next((word for word in words if word in self.aliases), None)
        if alias is None:
            return None
        _note(self.by_alias, [alias], where)
        return self.topics[self.aliases[alias]]

    def _lead(self, units: Handling, where: str) -> tuple[str | None, tuple[str, ...]]:
        """Return the first unit's function, or its own name if need be, and what else it holds."""
        if not units.leads:
            return None, ()
        if len(units.leads) > 1:
            self.crowded.append(where)
        held = self._held(units.leads[0])
        if self.vocabulary.own_units:
            held = held or (clean_name(units.leads[0]),)
            return held[0], held[1:]
        return (self._functions(units.leads[:1], where) or (None,))[0], ()

    def _helpers(self, cells: Sequence[str], units: Handling, where: str) -> tuple[str, ...] | None:
        """Return co-handlers; None where neither a column nor the lead's cell tells of any."""
        if not cells and not units.told:
            return None
        read = [handling(cell) for cell in cells]
        named = [name for each in read for name in (*each.leads, *each.helpers)]
        return self._functions((*named, *units.helpers), where)

    def _functions(self, units: Sequence[str], where: str) -> tuple[str, ...] | None:
        """Return one function a unit, its first: a written unit can't tell which one it was."""
        found = [(unit, self._held(unit)) for unit in units]
        _note(self.strange_units, (unit for unit, held in found if not held), where)
        _note(self.several, (unit for unit, held in found if len(held) > 1), where)
        if not all(held for _, held in found):
            return None
        return tuple(dict.fromkeys(held[0] for _, held in found))

    def _held(self, unit: str) -> tuple[str, ...]:
        if (name := clean_name(unit)) in self.keys:  # a key, or a unit that a model has learned
            return (name,)
        place, functions = self.vocabulary.directory, self.vocabulary.functions
        return place.functions_of(unit) or function_of_unit(unit, functions)

    def notes(self) -> list[str]:
        """Say in Chinese what was left out, and what was assumed."""
        scheme = self.vocabulary.scheme.topics if self.vocabulary.scheme else ()
        topics = {topic.name: topic.name for topic in scheme}
        units = {name: name for name in self.vocabulary.directory.unit_names}
        unknown: tuple[tuple[str, Words, dict[str, str]], ...] = (
            ("种类别写法不在主题方案里，这些行的主题不参加评测", self.strange_topics, topics),
            ("种单位写法认不出职能，这些行的主办或会办不参加评测", self.strange_units, units),
            ("种单位承担几项职能，标注一律按其第一项职能计", self.several, {}),
        )
        notes = [
            f"有 {len(words)} {what}（最常见：{listed(words, partial(nearest, names=names))}）。"
            for what, words, names in unknown
            if words
        ]
        notes += [
            f"有 {len(rows)} 行的{name}是空的（或“无”“-”“nan”），按没有标注计（{spots(rows)}）。"
            for name, rows in self.blank.items()
        ]
        if self.by_alias:
            told = listed(self.by_alias, lambda word: f"→{self.aliases[word]}")
            notes.append(f"有 {len(self.by_alias)} 种类别写法按别称计（{told}）。")
        if self.crowded:
            first = "行的主办单位不止一个，按写在最前面的一个计"
            notes.append(f"有 {len(self.crowded)} {first}（{spots(self.crowded)}）。")
        return notes


def _note(words: Words, named: Iterable[str], where: str) -> None:
    for word in named:
        words.setdefault(word, []).append(where)


def _aliases(scheme: Sequence[Topic]) -> dict[str, str]:
    """Map other words to topics' names; a model keeps none, so it has those of shipped topics."""
    usual = {(topic.key, topic.name): topic.aliases for topic in load_scheme().topics}
    shipped = {w: topic.name for topic in scheme for w in usual.get((topic.key, topic.name), ())}
    return shipped | {word: topic.name for topic in scheme for word in topic.aliases}
