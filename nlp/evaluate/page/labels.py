"""How each topic and each function is told, by every model, and who wins which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.evaluate.compare import Comparison, Disagreement
from nlp.evaluate.page.content import PageContent
from nlp.evaluate.page.sheets import Cell, Column, Shape, Sheet, count, measure, share, sheet, words
from nlp.evaluate.words import TASKS, system_name


@dataclass(frozen=True, slots=True)
class _Scored:
    """A model's cell for each label, and how many rows have the label in gold."""

    name: str
    cells: Mapping[str, Cell]
    support: Mapping[str, int]


def topic_labels(content: PageContent) -> Sheet | None:
    """List topics with each model's F1 as a bar, the commonest first."""
    found = [
        _Scored(
            each.evaluation.model,
            {s.label: measure(s.f1, bar=True) for s in each.evaluation.topics.labels},
            {s.label: s.support for s in each.evaluation.topics.labels},
        )
        for each in content.models
        if each.evaluation.topics
    ]
    return _sheet("各主题判得怎样", ("主题", "F1"), found, content.names)


def lead_labels(content: PageContent) -> Sheet | None:
    """List leading functions with how often each model names them first, the commonest first."""
    found = [
        _Scored(
            each.evaluation.model,
            {s.function: share(s.recall1, bar=True) for s in each.evaluation.lead.functions},
            {s.function: s.support for s in each.evaluation.lead.functions},
        )
        for each in content.models
        if each.evaluation.lead
    ]
    return _sheet("各职能判得怎样", ("主办职能", "第一个建议就对"), found, content.names)


def unit_labels(content: PageContent) -> Sheet | None:
    """List the units that lead by gold with how often each model suggests them first."""
    found = [
        _Scored(
            each.evaluation.model,
            {s.unit: share(s.recall, bar=True) for s in each.evaluation.lead.units},
            {s.unit: s.support for s in each.evaluation.lead.units},
        )
        for each in content.models
        if each.evaluation.lead
    ]
    return _sheet("各单位判得怎样", ("主办单位", "第一个建议就对"), found, {})


def _sheet(
    label: str, heads: tuple[str, str], found: Sequence[_Scored], names: Mapping[str, str]
) -> Sheet | None:
    support = {key: n for each in found for key, n in each.support.items()}
    keys = sorted(support, key=lambda key: (-support[key], key))
    rows = [
        (
            words(names.get(key, key)),
            count(support[key]),
            *(each.cells.get(key, share(None)) for each in found),
        )
        for key in keys
    ]
    figure = heads[1]
    several = [f"{system_name(each.name)} {figure}" for each in found]
    figures = several if len(found) > 1 else [figure]
    columns = (Column(heads[0]), Column("标注件数", True), *(Column(f, True) for f in figures))
    return sheet(label, columns, rows) if rows else None


def wins(comparison: Comparison) -> Sheet | None:
    """List who of two models is right where the other is not, label by label, if they differ."""
    one, other = system_name(comparison.first), system_name(comparison.second)
    rows = [
        (
            words(each.name),
            words(TASKS[each.task]),
            *map(count, (each.rows, each.first_only, each.second_only, each.both, each.neither)),
        )
        for each in sorted(comparison.wins, key=lambda w: -abs(w.first_only - w.second_only))
        if each.first_only or each.second_only
    ]
    heads = ("标注件数", f"只有 {one} 对", f"只有 {other} 对", "都对", "都错")
    columns = (Column("标注为"), Column("任务"), *(Column(head, True) for head in heads))
    return sheet(f"{one} 与 {other}：各类的胜负", columns, rows) if rows else None


def disagreements(comparison: Comparison, names: Mapping[str, str]) -> Sheet | None:
    """List rows that two models answer differently: first the ones that one of them gets right."""
    one, other = system_name(comparison.first), system_name(comparison.second)
    outcomes = (f"{one} 对", f"{other} 对", "都不对", "没有标注")
    rows = [_disagreement(each, names, outcomes) for each in comparison.disagreements]
    rows.sort(key=lambda row: row[-1].by)
    columns = [Column(head) for head in ("件", "判什么", "标准答案", one, other, "谁对")]
    return (
        sheet(f"{one} 与 {other} 判得不同的件", columns, rows, shape=Shape.FOLDS) if rows else None
    )


def _disagreement(
    each: Disagreement, names: Mapping[str, str], outcomes: Sequence[str]
) -> tuple[Cell, ...]:
    if each.gold is None:
        rank = 3
    else:
        rank = (each.first, each.second, each.gold).index(each.gold)
    gold, first, second = (
        "" if key is None else names.get(key, key) for key in (each.gold, each.first, each.second)
    )
    return (
        words(each.title, each.id),
        words(TASKS[each.task]),
        words(gold),
        words(first, mark="good" if rank == 0 else ""),
        words(second, mark="good" if rank == 1 else ""),
        Cell(outcomes[rank], rank),
    )
