"""What can be learned from an office's rows, and what they are too few or too uniform for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.corpus.rows import Row
from nlp.errors import InputError
from nlp.taxonomy import Topic

if TYPE_CHECKING:
    from nlp.classify.model import Model

FEWEST, ENOUGH, RARE = 20, 50, 3
"""Rows below which nothing is learned, or little; and below which a label is hardly learned."""
NAMED = 8


@dataclass(frozen=True, slots=True)
class OfficePlan:
    """Rows with a label, the topics to learn (none: the base's stay), and own units.

    `rare` are labels with too few rows, `remarks` warnings for the office, in Chinese.
    """

    rows: tuple[Row, ...]
    topics: tuple[Topic, ...]
    learn_lead: bool
    own_units: tuple[str, ...]
    rare: tuple[str, ...]
    remarks: tuple[str, ...]


def make_office_plan(base: Model, rows: Sequence[Row]) -> OfficePlan:
    """Settle what to learn. Raises InputError where no label can be learned."""
    labelled = [row for row in rows if (row.topics or row.lead) and row.text.strip()]
    if len(labelled) < FEWEST:
        raise InputError(
            f"历史里标了类别或主办的只有 {len(labelled)} 行，至少要 {FEWEST} 行才能适配。",
            "请补充已办理的提案（标题、类别、主办单位），或不适配，直接用 classify 分办。",
        )
    topics = Counter(row.topics[0] for row in labelled if row.topics)
    leads = Counter(row.lead for row in labelled if row.lead)
    faults = {"类别": _fault("类别", topics), "主办": _fault("主办单位", leads)}
    if base.units is None and leads:
        faults["主办"] = "基础模型不分主办单位，主办标注没有用上"
    if all(fault is not None for fault in faults.values()):
        said = "；".join(fault for fault in faults.values() if fault)
        raise InputError(
            f"没有可以学的标注：{said or '一列标注也没有'}。", "请补充标注不同的提案后再试。"
        )
    learned = {"类别": topics if faults["类别"] is None else Counter[str]()}
    learned["主办单位"] = leads if faults["主办"] is None else Counter[str]()
    names = {f.key: f.name for f in base.functions} | {t.key: t.name for t in base.scheme.topics}
    rare = {what: _rare(counts, names) for what, counts in learned.items()}
    remarks = [*_few(len(labelled)), *(f"{fault}。" for fault in faults.values() if fault)]
    remarks += [_hardly(what, labels) for what, labels in rare.items() if labels]
    return OfficePlan(
        rows=tuple(labelled),
        topics=_topics(base, learned["类别"]),
        learn_lead=bool(learned["主办单位"]),
        own_units=tuple(sorted(learned["主办单位"].keys() - set(base.function_keys))),
        rare=tuple(label for labels in rare.values() for label in labels),
        remarks=tuple(remarks),
    )


def _fault(what: str, counts: Counter[str]) -> str | None:
    """Say why labels can't be learned; None if they can, "" if there are none."""
    if not counts:
        return ""
    if len(counts) == 1:
        return f"{what}只有“{next(iter(counts))}”一种，学不出区别"
    if counts.total() < FEWEST:
        return f"有{what}的只有 {counts.total()} 行，不到 {FEWEST} 行，没有学"
    return None


def _topics(base: Model, found: Counter[str]) -> tuple[Topic, ...]:
    """Return the base's topics if they cover the rows', else one for each label found."""
    known = {topic.key: topic for topic in base.scheme.topics}
    if found.keys() <= known.keys():
        return base.scheme.topics if found else ()
    return tuple(known.get(key, Topic(key, key)) for key in sorted(found))


def _few(count: int) -> list[str]:
    if count >= ENOUGH:
        return []
    return [f"有标注的只有 {count} 行，学到的有限，估计也不准；满 {ENOUGH} 行后请重新适配。"]


def _rare(counts: Counter[str], names: Mapping[str, str]) -> list[str]:
    return [f"{names.get(k, k)}（{n} 行）" for k, n in sorted(counts.items()) if n < RARE]


def _hardly(what: str, rare: Sequence[str]) -> str:
    shown = "、".join(rare[:NAMED]) + ("等" if len(rare) > NAMED else "")
    return f"有 {len(rare)} 种{what}不到 {RARE} 行，很难学会：{shown}。"
