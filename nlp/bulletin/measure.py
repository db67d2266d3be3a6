"""How well reports were read: precision, recall and F1 per field against labelled reports."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nlp.bulletin.gold import Gold
from nlp.bulletin.types import Bulletin

_MARKS = re.compile(r"[\s，。、；：,.;:‘’“”\"'《》（）()]")


@dataclass(slots=True)
class Tally:
    """Right, missed and extra answers of one field; `wrong` names the last two."""

    right: int = 0
    missed: int = 0
    extra: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def measure(pairs: Iterable[tuple[Gold, Bulletin]]) -> dict[str, Tally]:
    """Compare reports as read with their gold, summed over reports, by field.

    Statistics under `other` are beyond the contract and not counted. Titles and units are equal
    but for marks and spaces. Topics count where the gold is unambiguous, outcomes and proposers
    where the gold states one, points where it has a number.
    """
    tallies: dict[str, Tally] = defaultdict(Tally)
    for gold, read in pairs:
        if gold.kind:
            _one(tallies, "kind", gold.source, [gold.kind], [read.kind])
        _one(tallies, "place", gold.source, [gold.place], [read.place])
        optional = set(flat(gold.optional))
        given = [
            each
            for each in flat(read.stats)
            if each not in optional and not each.startswith("other.")
        ]
        _one(tallies, "statistics", gold.source, flat(gold.stats), given)
        found = {plain(case.title): case for case in read.cases}
        wanted = {plain(row["title"]): row for row in gold.cases}
        _one(tallies, "titles", gold.source, wanted, found)
        for title in wanted.keys() & found.keys():
            _case(tallies, wanted[title], found[title])
    return dict(tallies)


def missed(gold: Gold) -> dict[str, Tally]:
    """Return the counts of a report of which nothing could be read."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for name, wanted in (
        ("kind", [gold.kind] if gold.kind else []),
        ("place", [gold.place]),
        ("statistics", flat(gold.stats)),
        ("titles", [plain(row["title"]) for row in gold.cases]),
    ):
        _one(tallies, name, gold.source, wanted, ())
    return dict(tallies)


def _case(tallies: dict[str, Tally], row: Mapping[str, Any], case: Any) -> None:  # noqa: ANN401
    title = row["title"][:20]
    if row.get("topics") and not row.get("ambiguous"):
        right = bool(case.topics) and case.topics[0] in row["topics"]
        given = [row["topics"][0]] if right else list(case.topics[:1])
        _one(tallies, "topics", title, row["topics"][:1], given)
    optional = {plain(unit) for unit in row.get("units_optional") or ()}
    units = [unit for unit in map(plain, case.units) if unit not in optional]
    _one(tallies, "units", title, map(plain, row.get("units") or ()), units)
    for name in ("outcome", "proposer", "points"):
        if row.get(name) is not None:
            value = getattr(case, name)
            _one(tallies, name, title, [row[name]], [] if value is None else [value])
    if "outcome" in row and row["outcome"] is None and case.outcome:
        _one(tallies, "outcome", title, [], [case.outcome])


def _one(
    tallies: dict[str, Tally], name: str, where: str, wanted: Iterable[Any], given: Iterable[Any]
) -> None:
    gold, read = Counter(list(wanted)), Counter(list(given))
    tally = tallies[name]
    tally.right += (gold & read).total()
    tally.missed += (gold - read).total()
    tally.extra += (read - gold).total()
    tally.wrong += [f"{where}: missed {each}" for each in (gold - read).elements()]
    tally.wrong += [f"{where}: extra {each}" for each in (read - gold).elements()]


def flat(stats: Mapping[str, Any], prefix: str = "") -> list[str]:
    """Return nested statistics as texts `outcomes.solved=191`."""
    found = []
    for key, value in stats.items():
        if isinstance(value, Mapping):
            found += flat(value, f"{prefix}{key}.")
        else:
            found.append(
                f"{prefix}{key}={value:g}"
                if isinstance(value, int | float)
                else f"{prefix}{key}={value}"
            )
    return found


def plain(text: str) -> str:
    """Return a title or name without marks and spaces."""
    return _MARKS.sub("", text)
