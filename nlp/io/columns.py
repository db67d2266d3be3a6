"""Which column is the title, the body, the lead unit…: by name, else by content, and shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nlp.errors import UsageError
from nlp.io.letters import is_letter
from nlp.io.names import ROLE_NAMES, ROLES, matches, normalise
from nlp.io.shape import TITLE_LIKE

_CHINESE = re.compile("[一-鿿]")
_ID_LIKE = re.compile(r"^[\w\-./〔〕\[\]()（）第号]{1,24}$")
_LETTERS = re.compile(r"^[A-Za-z]{1,3}$")
_BODY_LENGTH = 40
_FEW = 5
_LETTERS_SHARE, _LETTER_LENGTH = 0.3, 15
"""Of real replies 85-98 % look like letters, of proposals and messages 5 % at most."""
BY_CONTENT, BY_USER = "按内容判断", "由你指定"
PROPOSAL_ROLES, REPLY_ROLES = ("title", "body"), ("reply",)
"""A table is usable with a column for any of these, depending on what is read."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which columns (0-based) play which role, and why.

    Only the body may have several columns; roles that no column plays are absent.
    `needed` are the roles of which one must be there.
    """

    header: tuple[str, ...]
    roles: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    needed: tuple[str, ...] = PROPOSAL_ROLES

    @property
    def usable(self) -> bool:
        """True when one of the needed roles was found."""
        return any(role in self.roles for role in self.needed)

    def head(self, role: str) -> str | None:
        """Name the (first) column of a role; None when there is none."""
        columns = self.roles.get(role)
        return self.header[columns[0]] if columns else None

    def describe(self) -> tuple[str, ...]:
        """Say in Chinese, a line a role, what was recognised: 标题 ← “案 由”（列名）."""
        return tuple(
            f"{ROLE_NAMES[role]} ← {'+'.join(f'“{self.header[c]}”' for c in self.roles[role])}"
            f"（{self.reasons[role]}）"
            for role in ROLES
            if role in self.roles
        )


@dataclass(slots=True)
class _Draft:
    header: tuple[str, ...]
    samples: Sequence[Sequence[str]]
    roles: dict[str, tuple[int, ...]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def give(self, role: str, columns: tuple[int, ...], reason: str) -> None:
        self.roles[role] = columns
        self.reasons[role] = reason

    def free(self) -> list[int]:
        taken = {column for columns in self.roles.values() for column in columns}
        return [column for column in range(len(self.header)) if column not in taken]

    def values(self, column: int) -> list[str]:
        cells = (row[column].strip() for row in self.samples if column < len(row))
        return [cell for cell in cells if cell]


def guess_columns(
    header: Sequence[str],
    sample_rows: Sequence[Sequence[str]],
    overrides: Mapping[str, str] | None = None,
    *,
    needed: tuple[str, ...] = PROPOSAL_ROLES,
) -> ColumnMap:
    """Recognise the columns of a table.

    :param header: unique names, one a column.
    :param sample_rows: some rows of text (a few hundred suffice), each at most as wide.
    :param overrides: role → head, letter (C) or 1-based number; several bodies joined by "+".
    :param needed: what the table is read for; replies are then looked for by content too.
    :raises UsageError: an override names no column, or an unknown role.
    """
    draft = _Draft(tuple(header), sample_rows)
    for role, wanted in (overrides or {}).items():
        if role not in ROLES:
            raise UsageError(f"没有“{role}”这种列。", f"可以指定：{'、'.join(ROLES)}。")
        draft.give(role, _resolve(draft.header, role, wanted), BY_USER)
    for role in ROLES:
        if role not in draft.roles:
            _by_name(draft, role)
    if needed == REPLY_ROLES:
        _reply_by_content(draft)
    _by_content(draft, needed)
    return ColumnMap(draft.header, draft.roles, draft.reasons, needed)


def _resolve(header: tuple[str, ...], role: str, wanted: str) -> tuple[int, ...]:
    single = _find(header, wanted)
    if single is not None:
        return (single,)
    parts = [_find(header, part) for part in wanted.split("+")]
    if role == "body" and None not in parts:
        return tuple(part for part in parts if part is not None)
    raise UsageError(
        f"找不到“{wanted}”这一列（--{role}）。表头有：{'、'.join(header)}。",
        "请写列名、列字母（如 C）或列号（如 3）。",
    )


def _find(header: tuple[str, ...], wanted: str) -> int | None:
    text = wanted.strip()
    if text in header:
        return header.index(text)
    plain = [normalise(head) for head in header]
    if normalise(text) and normalise(text) in plain:
        return plain.index(normalise(text))
    column = -1
    if text.isdecimal():
        column = int(text) - 1
    elif _LETTERS.match(text):
        for letter in text.upper():
            column = (column + 1) * 26 + ord(letter) - 65
    return column if 0 <= column < len(header) else None


def _by_name(draft: _Draft, role: str) -> None:
    """Give a role the best-ranked name; the body takes every exactly named column."""
    found = sorted(
        (not match.exact, match.rank, column)
        for column in draft.free()
        for match in matches(draft.header[column])
        if match.role == role
    )
    if role in ("title", "reply"):
        found = [each for each in found if not _is_category(draft.values(each[2]))]
    if not found:
        return
    best = found[0]
    columns: tuple[int, ...] = (best[2],)
    if role == "body":
        columns = tuple(sorted(column for loose, _, column in found if not loose)) or columns
    draft.give(role, columns, "列名相近" if best[0] else "列名")


def _is_category(values: Sequence[str]) -> bool:
    """Tell a column of few short values (主题: 教育, 交通, 教育…) from titles and replies."""
    if len(values) < _FEW:
        return False
    short = sum(len(value) <= 8 for value in values) >= 0.9 * len(values)
    return short and len(set(values)) <= 0.5 * len(values)


def _reply_by_content(draft: _Draft) -> None:
    """Take the column that holds letters, also one whose name says body (内容, text)."""
    if "reply" in draft.roles:
        return
    bodies = draft.roles.get("body", ()) if draft.reasons.get("body") != BY_USER else ()
    shares = [(_letters_share(draft.values(c)), -c) for c in (*draft.free(), *bodies)]
    share, position = max(shares, default=(0.0, 0))
    if share < _LETTERS_SHARE:
        return
    if -position in bodies:
        draft.roles["body"] = tuple(column for column in bodies if column != -position)
        if not draft.roles["body"]:
            del draft.roles["body"]
    draft.give("reply", (-position,), BY_CONTENT)


def _letters_share(values: Sequence[str]) -> float:
    if _mean_length(values) < _LETTER_LENGTH:
        return 0.0
    return sum(map(is_letter, values)) / len(values)


def _by_content(draft: _Draft, needed: tuple[str, ...]) -> None:
    """Fill the gaps; beside replies, where neither is needed, no body and no vague title."""
    unknown = [c for c in draft.free() if not matches(draft.header[c])]
    sought = needed == PROPOSAL_ROLES
    if "title" not in draft.roles:
        scored = [(_title_score(draft.values(c)), -c) for c in unknown]
        best, position = max(scored, default=(0.0, 0))
        if best > (0.3 if sought and "body" not in draft.roles else 1.0):
            draft.give("title", (-position,), BY_CONTENT)
            unknown.remove(-position)
    if sought and "body" not in draft.roles:
        lengths = [(_mean_length(draft.values(c)), -c) for c in unknown]
        longest, position = max(lengths, default=(0.0, 0))
        if longest >= _BODY_LENGTH:
            draft.give("body", (-position,), BY_CONTENT)
            unknown.remove(-position)
    if "id" not in draft.roles:
        named = [c for c in unknown if _is_id(draft.values(c), len(draft.samples))]
        if named and any(role in draft.roles for role in ("title", *needed)):
            draft.give("id", (named[0],), BY_CONTENT)


def _title_score(values: Sequence[str]) -> float:
    """Score 0–3 how much a column looks like titles; 0 when it cannot be one."""
    if not values:
        return 0.0
    count = len(values)
    fitting = sum(6 <= len(value) <= 60 and bool(_CHINESE.search(value)) for value in values)
    typical = sum(bool(TITLE_LIKE.search(value)) for value in values)
    distinct = len(set(values)) / count
    if fitting < 0.6 * count or (count >= _FEW and distinct < 0.5):
        return 0.0
    average = sum(map(len, values)) / count
    return 2 * typical / count + min(average, 20) / 20


def _mean_length(values: Sequence[str]) -> float:
    return sum(map(len, values)) / len(values) if values else 0.0


def _is_id(values: Sequence[str], rows: int) -> bool:
    if not values or len(values) < rows or len(set(values)) < len(values):
        return False
    numbered = all(any(char.isdigit() for char in value) for value in values)
    return numbered and all(_ID_LIKE.match(value) for value in values)
