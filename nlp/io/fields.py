"""Fields inside a document: filled forms (案由 | 关于…) and header lines (案由：关于…)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nlp.io.names import OTHER, TOO_PLAIN, matches, normalise
from nlp.io.shape import TITLE_LIKE

_FIELD = re.compile(r"^\s*(?:[【\[](.{2,12})[】\]]\s*[：:]?|([^：:。，]{2,14})[：:])\s*(.*)$")
_LABEL_ONLY = re.compile(r"(?:内容|正文|全文|原文|详情)$")
_HEADS = re.compile(
    r"登记表|审查表|提案表|建议表|呈报表|会议提案$|政协.{0,20}(?:委员会|会议)|代表大会"
)
_ENDING = re.compile(r"的(?:建议|提案|议案|意见|意见建议|建议案)$")
_MAX_NAME, _MAX_VALUE, _PROSE, _TITLE = 12, 80, 40, 60
_LOOK = 12
"""A title stands within so many lines of the top."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What a document says of itself; `given` holds its fields under their own names."""

    title: str
    body: str
    id: str = ""
    given: Mapping[str, str] = field(default_factory=dict)


def is_form(lines: Sequence[Sequence[str]]) -> bool:
    """Tell a filled form (names beside values) from a list with a header."""
    found = False
    for line in lines:
        filled = [cell.strip() for cell in line if cell.strip()]
        named = [_name_role(cell) for cell in filled]
        names = sum(role is not None for role in named)
        if "title" not in named or normalise(filled[named.index("title")]) in TOO_PLAIN:
            continue
        at = named.index("title")
        if names * 2 > len(filled) or at + 1 == len(filled) or named[at + 1] is not None:
            return False
        found = len(filled[at + 1]) >= 4
    return found


def form_lines(lines: Sequence[Sequence[str]]) -> list[str]:
    """Write a form as header lines: 案由：关于…; values without a name stand alone."""
    said: list[str] = []
    for line in lines:
        filled = [cell.strip() for cell in line if cell.strip()]
        position = 0
        while position < len(filled):
            cell = filled[position]
            named = _name_role(cell) is not None
            value = filled[position + 1] if position + 1 < len(filled) else ""
            if named and _name_role(value) is None:
                said.append(f"{''.join(cell.split()).rstrip('：:')}：{value}")
                position += 2
            else:
                said.append(f"{''.join(cell.split())}：" if named else cell)
                position += 1
    return said


def parse_fields(text: str, stem: str) -> Fields:
    """Split a document into title, body and the fields that its header lines name.

    :param stem: the file's name without extension, a title where the text has none.
    """
    reader = _Reader()
    for line in text.split("\n"):
        reader.take(line)
    if not reader.title:
        reader.find_title(stem)
    body = "\n".join(reader.body).strip()
    return Fields(reader.title, body, reader.id, reader.given)


@dataclass(slots=True)
class _Reader:
    title: str = ""
    id: str = ""
    awaited: bool = False
    prose: bool = False
    body: list[str] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)

    def take(self, line: str) -> None:
        match = _FIELD.match(line)
        name = (match[1] or match[2]) if match else ""
        value = match[3].strip() if match else ""
        if match and self._take_field("".join(name.split()), value):
            return
        if self.awaited and line.strip():
            self.title, self.awaited = line.strip(), False
            return
        self.prose = self.prose or len(line.strip()) >= _PROSE
        self.body.append(line.rstrip())

    def _take_field(self, name: str, value: str) -> bool:
        """Take a header line; False when it belongs to the text."""
        role = _name_role(name)
        if role == "title" and not self.title:
            self.title, self.awaited = value, not value
        elif role == "body" and _LABEL_ONLY.search(normalise(name)):
            self.prose, self.awaited = True, False
            if value:
                self.body.append(value)
        elif role in (None, "title", "body", "reply") or len(value) > _MAX_VALUE:
            return False
        elif role == OTHER and self.prose:
            return False
        else:
            self.id = self.id or (value if role == "id" else "")
            self.given[name] = value
        return True

    def find_title(self, stem: str) -> None:
        """Choose the line that looks like a title, else the file's name, else the first."""
        filled = [n for n, line in enumerate(self.body) if line.strip()][:_LOOK]
        for number in filled:
            last = self._title_end(number)
            if last:
                self.title = "".join(line.strip() for line in self.body[number:last])
                del self.body[number:last]
                return
        if TITLE_LIKE.search(stem):
            self.title = stem
            return
        for number in filled:
            line = self.body[number].strip()
            if len(line) > _TITLE:
                break
            if not _HEADS.search(line):
                self.title = line
                del self.body[number]
                return
        self.title = stem

    def _title_end(self, number: int) -> int:
        """Tell where the title that starts on a line ends (wrapped ones go on); 0: none."""
        joined = ""
        for last in range(number, min(number + 3, len(self.body))):
            line = self.body[last].strip()
            if not line or line.endswith(("。", "；", "，")):
                break
            joined += line
            if len(joined) <= _TITLE + 20 and _ENDING.search(joined) and not _HEADS.match(joined):
                return last + 1
            if not joined.startswith("关于"):
                return 0
        first = self.body[number].strip()
        return number + 1 if first.startswith("关于") and 6 <= len(first) <= _TITLE else 0


def _name_role(cell: str) -> str | None:
    """Tell the role of a field's name; None for values."""
    if len(cell) > _MAX_NAME + 4 or not cell:
        return None
    found = matches(cell.strip().rstrip("：:"))
    return found[0].role if found and found[0].exact else None
