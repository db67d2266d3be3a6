"""Which column of a table says what, by its head and, in doubt, by the words below it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nlp.bulletin.draft.status import UNKNOWN, Status
from nlp.bulletin.draft.words import CLOSED, ROLE_NAMES, plain
from nlp.errors import UsageError
from nlp.io.names import normalise
from nlp.io.shape import Table
from nlp.types import RowRef

_ROUTED = frozenset("把握 处理建议 理由".split())
_ROUTED_REVIEW = frozenset("建议主题 确认主题 建议主办单位".split())
_DIGESTED = frozenset("摘要 办理结果 把握 依据".split())
"""Heads by which the results of `classify` and `summarize` are known."""
_SUGGESTED = frozenset("主办单位 会办单位".split())
"""What `classify` suggests is no decision of the office: nothing is said of these units."""
_MATTER = re.compile("^(?:提案|建议|议案)(?!$|主办|承办|会办|协办|牵头|办理|主题)")
"""建议主办单位 is a wish or a guess, no decision."""
_SAMPLE = 500
_LONG = 20
_BY_NAME, _BY_USER = "列名", "由你指定"


@dataclass(frozen=True, slots=True)
class TableRoles:
    """The roles of a table's columns (0-based).

    `modelled` are roles whose cells a model filled in; `judged` says that the table is a
    result of ours, whose made-up ids (r12) mean nothing elsewhere.
    """

    table: Table
    roles: Mapping[str, int]
    reasons: Mapping[str, str]
    modelled: frozenset[str]
    judged: bool
    notes: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """True when rows can be told apart: by a number or a title."""
        return "id" in self.roles or "title" in self.roles

    def describe(self) -> str:
        """Say in Chinese which column was taken for what."""
        where = RowRef(self.table.file, self.table.sheet)
        said = "；".join(
            f"{ROLE_NAMES[role]} ← “{self.table.header[self.roles[role]]}”（{self.reasons[role]}）"
            for role in ROLE_NAMES
            if role in self.roles
        )
        return f"{where}：{said}"


@dataclass(slots=True)
class _Draft:
    table: Table
    status: Status
    samples: Sequence[Sequence[str]]
    roles: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def values(self, column: int) -> list[str]:
        cells = (row[column].strip() for row in self.samples if column < len(row))
        return [cell for cell in cells if cell]

    def known(self, role: str, column: int) -> float:
        """Return the share of a column's cells that are words of a role."""
        values = self.values(column)
        if role not in CLOSED or not values:
            return 0.0
        return sum(self.status.read(role, value) not in ("", UNKNOWN) for value in values) / len(
            values
        )


def find_roles(table: Table, status: Status, given: Mapping[str, str]) -> TableRoles:
    """Recognise a table's columns.

    :param given: role → head, as the user says; tables without that head are left alone.
    """
    samples = [row.cells for row, _ in zip(table.rows, range(_SAMPLE), strict=False)]
    draft = _Draft(table, status, samples)
    heads = frozenset(table.header)
    routed = _ROUTED <= heads or _ROUTED_REVIEW <= heads
    digested = _DIGESTED <= heads
    for role, head in given.items():
        if head in table.header:
            draft.roles[role] = table.header.index(head)
            draft.reasons[role] = _BY_USER
    skipped = _SUGGESTED if routed else frozenset()
    for role in ROLE_NAMES:
        if role not in draft.roles:
            _by_name(draft, role, skipped)
    modelled = {"topic"} if routed and _head(draft, "topic") == "主题" else set()
    if digested and _head(draft, "outcome") == "办理结果":
        modelled.add("outcome")
    notes = tuple(f"{RowRef(table.file, table.sheet)}：{note}" for note in draft.notes)
    return TableRoles(
        table, draft.roles, draft.reasons, frozenset(modelled), routed or digested, notes
    )


def user_columns(pairs: Sequence[str]) -> dict[str, str]:
    """Read what the user says about columns: 办理结果=处理意见. Raises UsageError."""
    found: dict[str, str] = {}
    names = {name: role for role, name in ROLE_NAMES.items()}
    for pair in pairs:
        name, mark, head = pair.replace("＝", "=").partition("=")
        if not mark or name.strip() not in names or not head.strip():
            raise UsageError(
                f"--column 的“{pair}”看不懂。",
                f"写成 办理结果=你的列名；可以指定：{'、'.join(names)}。",
            )
        found[names[name.strip()]] = head.strip()
    return found


def _head(draft: _Draft, role: str) -> str:
    return draft.table.header[draft.roles[role]] if role in draft.roles else ""


def _by_name(draft: _Draft, role: str, skipped: frozenset[str]) -> None:
    """Give a role the column with the best-ranked name that is free and fits."""
    ranks = {head: rank for rank, head in enumerate(draft.status.words.columns.get(role, ()))}
    found = []
    for column, head in enumerate(draft.table.header):
        name = plain(normalise(head))
        rank = min(ranks.get(name, len(ranks)), ranks.get(_MATTER.sub("", name), len(ranks)))
        if rank < len(ranks) and head not in skipped and column not in draft.roles.values():
            found.append((rank, column))
    for _, column in sorted(found):
        if _fits(draft, role, column):
            draft.roles[role], draft.reasons[role] = column, _BY_NAME
            return


def _fits(draft: _Draft, role: str, column: int) -> bool:
    """Tell whether a column holds what its name promises, where its name may mean several."""
    name = plain(normalise(draft.table.header[column]))
    others = [
        other
        for other, heads in draft.status.words.columns.items()
        if other != role and (name in heads or _MATTER.sub("", name) in heads)
    ]
    if role in CLOSED:
        long = _mean_length(draft.values(column)) > _LONG
        if long:
            if "digest" not in others:
                head = draft.table.header[column]
                draft.notes.append(f"“{head}”列是长文字，没有当作{ROLE_NAMES[role]}。")
            return False
        known = draft.known(role, column)
        rivals = max((draft.known(other, column) for other in others), default=0.0)
        return not others or (known > 0 and known >= rivals)
    if role == "digest" and others:
        return _mean_length(draft.values(column)) > _LONG
    return not others or max(draft.known(other, column) for other in others) < 0.5


def _mean_length(values: Sequence[str]) -> float:
    return sum(map(len, values)) / len(values) if values else 0.0
