"""YAML that people edit by hand: plain text values, every one with its line number.

All scalars stay text (`12345` and `no` are ordinary words here), so nothing changes
its meaning by looking like a number. The tree is built from parser events, because
composing in C recurses without limit: 200,000 brackets would kill the process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.errors import DataError, InputError

if TYPE_CHECKING:
    from yaml.events import Event

MAX_BYTES = 5_000_000
MAX_DEPTH = 20
_TRUNCATED = 60

Plain = str | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the file; a mapping's value carries the line of its key."""

    line: int
    value: str | list[Node] | dict[str, Node]

    def at(self, *path: str | int) -> Node:
        """Find the node of a path such as ("units", 3, "functions", 0); LookupError if absent."""
        node = self
        for step in path:
            if isinstance(node.value, list) and isinstance(step, int):
                node = node.value[step]
            elif isinstance(node.value, dict) and isinstance(step, str):
                node = node.value[step]
            else:
                raise KeyError(step)
        return node

    def plain(self) -> Plain:
        """Give the value without lines, as `yaml.BaseLoader` would give it."""
        match self.value:
            case str(text):
                return text
            case list(items):
                return [item.plain() for item in items]
            case mapping:
                return {key: node.plain() for key, node in mapping.items()}


class Audit:
    """Collects the faults of one file, so that a user mends them all in one go."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._faults: list[tuple[int, str]] = []

    def add(self, line: int, message: str) -> None:
        self._faults.append((line, message))

    @property
    def faults(self) -> tuple[str, ...]:
        return tuple(f"第{line}行：{message}" for line, message in sorted(self._faults))

    def finish(self, hint: str) -> None:
        """Raise DataError if anything was found."""
        if self._faults:
            raise DataError(self.file, self.faults, hint)

    def fields(self, node: Node, what: str, known: Iterable[str]) -> dict[str, Node]:
        """Pick the known fields of a mapping that are not empty; others are faults."""
        known = tuple(known)
        if not isinstance(node.value, dict):
            wrong = "：" in node.value and "（冒号要用英文的）"
            self.add(node.line, f"{what}应写成“字段: 值”{wrong or ''}，字段有 {'、'.join(known)}")
            return {}
        for key, child in node.value.items():
            if key not in known:
                self.add(child.line, f"{what}没有“{key}”这个字段{did_you_mean(key, known)}")
        return {k: v for k, v in node.value.items() if k in known and v.value != ""}

    def text(self, node: Node | None, what: str, owner: Node) -> str:
        """Read a required, single, non-empty text; `owner` tells the line when it is missing."""
        if node is None:
            if isinstance(owner.value, dict):
                self.add(owner.line, f"缺少{what}，请补上")
            return ""
        if not isinstance(node.value, str):
            self.add(node.line, f"{what}应是一段文字，不能是列表或分项")
            return ""
        text = node.value.strip()
        if not text:
            self.add(node.line, f"{what}只有空格，请补上")
        return text

    def texts(self, node: Node | None, what: str) -> list[tuple[str, int]]:
        """Read an optional list of non-empty texts with their lines."""
        if node is None:
            return []
        if not isinstance(node.value, list):
            self.add(node.line, f"{what}应是列表，写成 [甲, 乙] 或每行一个“- 甲”")
            return []
        found = [(_one_text(item), item.line) for item in node.value]
        for text, line in found:
            if not text:
                self.add(line, f"{what}里有空项或不是文字的项，请删去或补上")
        return [(text, line) for text, line in found if text]


def _one_text(node: Node) -> str:
    return node.value.strip() if isinstance(node.value, str) else ""


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """`（是否 water？）` for a near miss, else nothing."""
    from rapidfuzz import fuzz, process

    near = process.extractOne(word, tuple(choices), scorer=fuzz.ratio, score_cutoff=60)
    return f"（是否 {near[0]}？）" if near else ""


def read_yaml(path: Path) -> tuple[Node, Audit]:
    """Parse a file; duplicate keys are already faults of the returned audit.

    Raises InputError when the file is missing or cannot be opened, DataError when it
    is too large, not UTF-8, not YAML, nested too deeply, or uses aliases.
    """
    import yaml

    audit = Audit(str(path))
    text = _read_text(path, audit)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = yaml.parse(text, Loader=loader)
        node = _document(events, audit)
    except yaml.YAMLError as error:
        raise DataError(audit.file, [_syntax_fault(error, text)], _SYNTAX_HINT) from None
    return node, audit


_SYNTAX_HINT = "请用空格缩进（不用 Tab），英文冒号后留一个空格，改好后重试。"


_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "文件不存在",
    IsADirectoryError: "这是文件夹，不是文件",
    PermissionError: "没有读取权限",
}


def _read_text(path: Path, audit: Audit) -> str:
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        reason = _REASONS.get(type(error), error.strerror or "读不出来")
        raise InputError(f"打不开文件 {path}：{reason}。", "请检查路径后重试。") from None
    if size > MAX_BYTES:
        audit.add(1, f"文件有 {size / 1e6:.1f} MB，上限 {MAX_BYTES // 1_000_000} MB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        audit.add(line, "不是 UTF-8 编码")
    audit.finish("请用记事本等打开，另存为 UTF-8 编码的 YAML 文件后重试。")
    return text


def _document(events: Iterable[Event], audit: Audit) -> Node:
    """Build the single document of a file; an empty file is an empty text on line 1."""
    from yaml.events import DocumentStartEvent, NodeEvent

    stream = iter(events)
    node: Node | None = None
    for event in stream:
        if isinstance(event, NodeEvent):
            node = _build(stream, event, audit, 1)
        elif isinstance(event, DocumentStartEvent) and node is not None:
            audit.add(_line(event), "一个文件只能有一份内容，请删去分隔线“---”")
            break
    return node or Node(1, "")


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _build(stream: Iterator[Event], event: Event, audit: Audit, depth: int) -> Node:
    from yaml import events as kinds

    line = _line(event)
    if depth > MAX_DEPTH or isinstance(event, kinds.AliasEvent):
        deep = depth > MAX_DEPTH
        audit.add(line, f"嵌套超过 {MAX_DEPTH} 层" if deep else "不支持 YAML 引用（*名称）")
        audit.finish("请把内容直接写出来。")
    if isinstance(event, kinds.SequenceStartEvent):
        items: list[Node] = []
        while not isinstance(event := next(stream), kinds.SequenceEndEvent):
            items.append(_build(stream, event, audit, depth + 1))
        return Node(line, items)
    if isinstance(event, kinds.MappingStartEvent):
        return Node(line, _mapping(stream, audit, depth))
    return Node(line, event.value if isinstance(event, kinds.ScalarEvent) else "")


def _mapping(stream: Iterator[Event], audit: Audit, depth: int) -> dict[str, Node]:
    from yaml.events import MappingEndEvent

    entries: dict[str, Node] = {}
    while not isinstance(event := next(stream), MappingEndEvent):
        key = _build(stream, event, audit, depth + 1)
        child = _build(stream, next(stream), audit, depth + 1)
        if not isinstance(key.value, str):
            audit.add(key.line, "冒号前应是一段文字，不能是列表或分项")
        elif key.value in entries:
            first = entries[key.value].line
            audit.add(key.line, f"“{key.value}”写了两次（前一次在第{first}行），请合并")
        else:
            entries[key.value] = Node(key.line, child.value)
    return entries


def _syntax_fault(error: Exception, text: str) -> str:
    """One line for a YAML error; names the usual slip when the text shows it."""
    lines = text.splitlines()
    line = _error_line(error, text)
    reason = "YAML 写法有误"
    for number in range(max(1, line - 1), min(line, len(lines)) + 1):
        near = lines[number - 1]
        if "\t" in near:
            line, reason = number, "行里有 Tab 制表符，请改成空格"
        elif "：" in near and ":" not in near:
            line, reason = number, "冒号应是英文“:”，这里是中文“：”"
    shown = lines[line - 1].strip()[:_TRUNCATED] if line <= len(lines) else ""
    return f"第{line}行：{reason}" + (f"（“{shown}”附近）" if shown else "（文件在此处中断）")


def _error_line(error: Exception, text: str) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark:
        return int(mark.line) + 1
    offset = int(getattr(error, "position", 0))
    return text.encode()[:offset].count(b"\n") + 1
