"""How well reports were read: precision, recall and F1 per field against labelled reports."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nlp.bulletin.types import Bulletin

_MARKS = re.compile(r"[\s，。、；：,.;:‘’“”\"'《》（）()]")


@dataclass(frozen=True, slots=True)
class Gold:
    """What a report says, as labelled: its statistics, and its cases as rows of JSON."""

    source: str
    kind: str | None
    place: str
    stats: Mapping[str, Any]
    cases: Sequence[Mapping[str, Any]]
    optional: Mapping[str, Any] = field(default_factory=dict)


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


def load_gold(statistics: Path, cases: Path | None = None) -> list[Gold]:
    """Read JSONL: one row a report, and one row a case of another file, joined by `source`.

    Without `cases` every report's row has its own list. Reports of another genre (`kind` and
    `genre` null) are left out; where only `kind` is null it cannot be told and is not counted.
    `stats_optional` are statistics that may be given or not.
    """
    by_source: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in _rows(cases) if cases else ():
        by_source[row["source"]].append(row)
    return [
        Gold(
            row["source"],
            row["kind"],
            row["place"],
            row["stats"],
            row.get("cases") or by_source[row["source"]],
            row.get("stats_optional") or {},
        )
        for row in _rows(statistics)
        if row["kind"] or row.get("genre") in ("handling", "general")
    ]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


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
