"""A year's proposals with their statuses read, ready to be counted."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nlp.bulletin.draft.records import Doubt, Record, Records
from nlp.bulletin.draft.status import UNKNOWN, Status
from nlp.bulletin.draft.words import CLOSED, ROLE_NAMES, parts
from nlp.bulletin.types import Kind
from nlp.text.dates import read_date

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"(?<=\d)[ T]+\d{1,2}:\d\d.*$")
_WANTED = ("source", "lead", "topic", "outcome")


class Rows(StrEnum):
    """What the rows of a register are that has no column on filing."""

    RECEIVED = "received"
    FILED = "filed"
    HANDLED = "handled"


@dataclass(frozen=True, slots=True)
class Item:
    """One proposal: `classes` maps closed roles to their class ("" blank, UNKNOWN)."""

    record: Record
    classes: Mapping[str, str]
    topic: str
    days: Mapping[str, str]

    @property
    def key(self) -> str:
        return self.record.key

    def is_(self, role: str, *classes: str) -> bool:
        return self.classes[role] in classes


@dataclass(frozen=True, slots=True)
class Year:
    """All items, and those that count further on: the filed ones where the data tell them.

    `as_of` is an ISO day or "". `present` are the roles that some item says something of.
    """

    kind: Kind
    rows: Rows
    as_of: str
    items: tuple[Item, ...]
    scope: tuple[Item, ...]
    present: frozenset[str]
    doubts: tuple[Doubt, ...]

    def among(self, role: str, *classes: str) -> tuple[Item, ...]:
        """Return the items in scope that have one of some classes."""
        return tuple(item for item in self.scope if item.is_(role, *classes))

    def chosen(self, test: Callable[[Item], bool]) -> tuple[Item, ...]:
        return tuple(item for item in self.scope if test(item))

    def complete(self, role: str, items: Sequence[Item]) -> bool:
        """Tell whether a role is filled in, in words that we know, for all of some items."""
        return all(item.classes[role] not in ("", UNKNOWN) for item in items)


def build_year(records: Records, status: Status, kind: Kind, rows: Rows, as_of: str) -> Year:
    """Read the statuses of all records; what cannot be read becomes a doubt."""
    doubts: list[Doubt] = []
    topics = _topic_names()
    items = tuple(_item(record, status, topics, as_of, doubts) for record in records.records)
    present = frozenset(role for role in ROLE_NAMES if records.has(role))
    filed = tuple(item for item in items if item.is_("filing", "filed"))
    scope = filed if "filing" in present else items
    blank = [*_blanks(items, present, ("filing",)), *_blanks(scope, present, _WANTED)]
    return Year(kind, rows, as_of, items, scope, present, (*records.doubts, *doubts, *blank))


def _blanks(
    items: Sequence[Item], present: frozenset[str], roles: Sequence[str]
) -> Iterator[Doubt]:
    """Yield a doubt for each cell that is blank where other rows say something."""
    for role in roles:
        for item in items if role in present else ():
            if not (item.classes[role] if role in CLOSED else item.record.cell(role)):
                where = str(item.record.source)
                yield Doubt(item.key, f"{ROLE_NAMES[role]}没有填", "", "没有归类", where)


def _item(
    record: Record,
    status: Status,
    topics: Mapping[str, str],
    as_of: str,
    doubts: list[Doubt],
) -> Item:
    classes = {role: status.read(role, record.cell(role)) for role in CLOSED}
    where = str(record.source)
    for role, found in classes.items():
        if found == UNKNOWN:
            about = f"{ROLE_NAMES[role]}用语认不出"
            doubts.append(Doubt(record.key, about, record.cell(role), "没有归类", where))
    if not record.title:
        doubts.append(Doubt(record.key, "没有标题", "", "照样计入", where))
    days = {role: _day(record, role, doubts) for role in ("due", "replied_on")}
    if as_of and days["replied_on"] > as_of:
        found = f"{record.cell('replied_on')}，在截至日期之后"
        doubts.append(Doubt(record.key, "答复日期", found, "按未答复计", where))
        days["replied_on"] = ""
    return Item(record, classes, _topic(record.cell("topic"), topics), days)


def _day(record: Record, role: str, doubts: list[Doubt]) -> str:
    """Read a date as YYYY-MM-DD, "" where there is none."""
    cell = _TIME.sub("", record.cell(role).strip())
    if not cell:
        return ""
    day = read_date(cell)
    if _DAY.fullmatch(day):
        return day
    about = f"{ROLE_NAMES[role]}认不出"
    doubts.append(Doubt(record.key, about, record.cell(role), "按没有填计", str(record.source)))
    return ""


def read_day(text: str) -> str:
    """Read a user's date as YYYY-MM-DD, "" where it is none."""
    day = read_date(text.strip())
    if not _DAY.fullmatch(day):
        return ""
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        return ""
    return day


def _topic(cell: str, names: Mapping[str, str]) -> str:
    first = next(iter(parts(cell)), "")
    return names.get(first, first)


def _topic_names() -> dict[str, str]:
    from nlp.taxonomy import load_scheme

    return {topic.key: topic.name for topic in load_scheme().topics}
