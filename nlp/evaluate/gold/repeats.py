"""Rows that stand twice: ids made unique, and titles that are labelled in two ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from nlp.corpus.rows import Row
from nlp.evaluate.gold.rows import Gold
from nlp.evaluate.gold.said import SHOWN, listed, short, spots


def with_unique_ids(gold: Gold) -> Gold:
    """Call the second row of an id `id#2`, the third `id#3`; a note says which rows."""
    taken = {row.id for row in gold.rows}
    first: set[str] = set()
    repeated: dict[str, list[str]] = {}
    rows = []
    for row, where in zip(gold.rows, gold.where, strict=True):
        repeated.setdefault(row.id, []).append(where)
        name = row.id if row.id not in first else _free(row.id, len(repeated[row.id]), taken)
        first.add(row.id)
        taken.add(name)
        rows.append(replace(row, id=name) if name != row.id else row)
    several = {name: where for name, where in repeated.items() if len(where) > 1}
    if not several:
        return gold
    example = next(iter(several))
    note = (
        f"有 {len(several)} 个编号重复：{listed(several)}；各行都参加评测，"
        f"后出现的编号加序号（如 {short(example)}#2）。"
    )
    return replace(gold, rows=tuple(rows), notes=(*gold.notes, note))


def _free(name: str, number: int, taken: set[str]) -> str:
    while f"{name}#{number}" in taken:
        number += 1
    return f"{name}#{number}"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Rows (by place in gold) of one title, or nearly, whose labels of a task differ."""

    task: str
    rows: tuple[int, ...]
    labels: tuple[str, ...]


def contradictions(rows: Sequence[Row], groups: Sequence[int]) -> Iterator[Contradiction]:
    """Yield groups of near-duplicates that have different primary topics, or leads.

    :param groups: a number a row, equal for near-duplicates.

    A row that a second reader would have labelled otherwise, too, contradicts nobody.
    """
    members: dict[int, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    tasks: tuple[tuple[str, Callable[[Row], tuple[str, ...]]], ...] = (
        ("主题", lambda row: () if row.ambiguous else (row.topics or ())[:1]),
        ("主办", lambda row: () if row.also or not row.lead else (row.lead,)),
    )
    for own in members.values():
        for task, label_of in tasks if len(own) > 1 else ():
            told = [(row, label) for row in own for label in label_of(rows[row])]
            labels = tuple(dict.fromkeys(label for _, label in told))
            if len(labels) > 1:
                yield Contradiction(task, tuple(row for row, _ in told), labels)


def contradiction_notes(gold: Gold, groups: Sequence[int]) -> tuple[str, ...]:
    """Say in Chinese which rows contradict each other; they stay in the evaluation."""
    found = list(contradictions(gold.rows, groups))
    if not found:
        return ()
    said = [
        f"“{gold.rows[each.rows[0]].title[:30]}”的{each.task}有 "
        f"{'、'.join(map(short, each.labels[:SHOWN]))}"
        f"（{spots([gold.where[row] for row in each.rows])}）"
        for each in found[:SHOWN]
    ]
    more = f"；另有 {len(found) - SHOWN} 处" if len(found) > SHOWN else ""
    return (
        f"有 {len(found)} 处标注互相矛盾，题目相同或几乎相同而答案不同：{'；'.join(said)}{more}。"
        "这些行都照样参加评测，请核对哪个对。",
    )
