"""JSONL and JSON lists as tables: the keys are the heads, a broken line is a row's fault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.errors import InputError
from nlp.io.cells import TableRow, make_row
from nlp.io.shape import Rows, Table

_SHAPE = '每行应是一个对象，如 {"id": "1", "title": "关于…的建议", "body": "…"}，答复写作 "reply"。'


@dataclass(frozen=True, slots=True)
class Objects:
    """JSON objects, one a line, iterable anew; `heads` orders the cells."""

    text: str
    heads: tuple[str, ...] = ()

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
        return make_row(number, [value.get(head) for head in self.heads])

    def _fault(self, number: int, line: str, message: str) -> TableRow:
        """Keep the line's beginning behind the last column, so that it plays no role."""
        return TableRow(number, (*("" for _ in self.heads), line[:200]), message)

    def keys(self) -> tuple[str, ...]:
        """Collect all keys in order of first appearance."""
        found: dict[str, None] = {}
        for line in self.text.split("\n"):
            try:
                value = json.loads(line) if line.strip() else None
            except (ValueError, RecursionError):
                continue
            if isinstance(value, dict):
                found.update(dict.fromkeys(map(str, value)))
        return tuple(found)


def read_jsonl(text: str, name: str) -> Table:
    """Read decoded JSONL.

    :raises InputError: not a single line is a JSON object.
    """
    heads = Objects(text).keys()
    if not heads:
        raise InputError(f"“{name}”里没有一行是 JSON 对象。", _SHAPE)
    return Table(name, None, heads, Rows(Objects(text, heads).rows, heads, 0, keep_blank=True))


def read_json(text: str, name: str) -> Table:
    """Read a JSON list of objects, one object, or JSONL under the wrong extension.

    :raises InputError: the text is none of these.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as fault:
        if "\n" in text.strip() and Objects(text).keys():
            return read_jsonl(text, name)
        raise InputError(f"“{name}”不是合法的 JSON：{_why(fault)}。", _SHAPE) from fault
    items = _items(value)
    if not items:
        raise InputError(f"“{name}”里没有对象列表。", '应是 [{"title": …}, …] 这样的列表。')
    lines = "\n".join(json.dumps(item, ensure_ascii=True) for item in items)
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
