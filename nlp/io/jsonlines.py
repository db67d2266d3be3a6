"""JSONL and JSON lists as tables: the keys are the heads, a broken line is a row's fault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.errors import InputError
from nlp.io.cells import MAX_COLUMNS, TableRow, make_row
from nlp.io.shape import Rows, Table, too_wide, unique_names

MAX_BLANKS = 5_000_000
"""Cells that a list of objects may have beyond its characters: objects that share no keys."""
_SHAPE = '每行应是一个对象，如 {"id": "1", "title": "关于…的建议", "body": "…"}，答复写作 "reply"。'


@dataclass(frozen=True, slots=True)
class Objects:
    """JSON objects, one a line, iterable anew; `keys` orders the cells."""

    text: str
    keys: tuple[str, ...] = ()

    def rows(self) -> Iterator[TableRow]:
        for number, line in enumerate(self.text.split("\n"), start=1):
            if line.strip():
                yield self._row(number, line)

    def _row(self, number: int, line: str) -> TableRow:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as fault:
            return self._fault(number, line, f"第 {number} 行不是合法的 JSON：{_why(fault)}。")
        if not isinstance(value, dict):
            return self._fault(number, line, f"第 {number} 行不是 JSON 对象；{_SHAPE}")
        return make_row(number, [value.get(key) for key in self.keys])

    def _fault(self, number: int, line: str, message: str) -> TableRow:
        """Keep the line's beginning behind the last column, so that it plays no role."""
        return TableRow(number, (*("" for _ in self.keys), line[:200]), message)

    def all_keys(self) -> tuple[str, ...]:
        """Collect all keys in order of first appearance, one more than can be read at most."""
        found: dict[str, None] = {}
        for line in self.text.split("\n"):
            try:
                value = json.loads(line) if line.strip() else None
            except (ValueError, RecursionError):
                continue
            if isinstance(value, dict):
                found.update(dict.fromkeys(map(str, value)))
            if len(found) > MAX_COLUMNS:
                break
        return tuple(found)


def read_jsonl(text: str, name: str) -> Table:
    """Read decoded JSONL.

    :raises InputError: not a single line is a JSON object, or there are too many keys.
    """
    keys = Objects(text).all_keys()
    if not keys:
        raise InputError(f"“{name}”里没有一行是 JSON 对象。", _SHAPE)
    cells = len(keys) * (text.count("\n") + 1)
    if len(keys) > MAX_COLUMNS:
        raise too_wide(name)
    if cells > max(len(text), MAX_BLANKS):
        raise InputError(f"“{name}”的 {len(keys)} 个键多半只在个别行里有，没有读。", _SHAPE)
    heads = unique_names(keys, len(keys))
    rows = Rows(Objects(text, keys).rows, heads, 0, keep_blank=True)
    return Table(name, None, heads, rows, expected=text.count("\n") + 1)


def read_json(text: str, name: str) -> Table:
    """Read a JSON list of objects, one object, or JSONL under the wrong extension.

    :raises InputError: the text is none of these.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as fault:
        if "\n" in text.strip() and Objects(text).all_keys():
            return read_jsonl(text, name)
        raise InputError(f"“{name}”不是合法的 JSON：{_why(fault)}。", _SHAPE) from fault
    items = _items(value)
    if not items:
        raise InputError(f"“{name}”里没有对象列表。", '应是 [{"title": …}, …] 这样的列表。')
    try:
        lines = "\n".join(json.dumps(item, ensure_ascii=True) for item in items)
    except RecursionError as fault:
        raise InputError(f"“{name}”不是能读的 JSON：{_why(fault)}。", _SHAPE) from fault
    return read_jsonl(lines, name)


def _why(fault: ValueError | RecursionError) -> str:
    if isinstance(fault, json.JSONDecodeError):
        return f"从第 {fault.lineno} 行第 {fault.colno} 个字符起读不通"
    return "括号套得太深" if isinstance(fault, RecursionError) else "里面的数字太长"


def _items(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        inner = [v for v in value.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
        return inner[0] if inner else [value]
    return []
