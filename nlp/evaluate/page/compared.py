"""Models and baselines side by side: bars, one table, and what the rows say of differences."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from nlp.evaluate.charts import Bar, Chart, bar
from nlp.evaluate.compare import Comparison, Difference, Verdict
from nlp.evaluate.page.content import PageContent, is_baseline
from nlp.evaluate.page.sheets import Cell, Column, Sheet, estimated, sheet, words
from nlp.evaluate.remarks import Remark
from nlp.evaluate.run import Examined
from nlp.evaluate.words import (
    GRADINGS,
    TURNED,
    VERDICTS,
    figure_name,
    margin,
    margin_span,
    system_name,
    written,
)

SIDE_BY_SIDE = (
    "topics.accuracy",
    "topics.primary_macro_f1",
    "lead.top1",
    "lead.top3",
    "lead.macro_f1",
    "co.f1",
    "decision.auto",
)
"""The figures by which systems are held against each other; all others are in the JSON."""
_DRAWN = ("topics.accuracy", "lead.top1", "lead.top3", "co.f1")
_MAIN = ("lead.top1", "topics.accuracy")


def charts(content: PageContent) -> tuple[Chart, ...]:
    """Draw the main figures of every system, where there is more than one to draw."""
    drawn = (Chart(figure_name(key), "", tuple(_bars(content, key))) for key in _DRAWN)
    return tuple(chart for chart in drawn if len(chart.bars) > 1)


def _bars(content: PageContent, key: str) -> Iterator[Bar]:
    for each in (*content.models, *content.baselines):
        if found := each.evaluation.intervals.get(key):
            name = each.evaluation.model
            yield bar(system_name(name), found, partial(written, key), ours=not is_baseline(name))


def systems(content: PageContent) -> Sheet | None:
    """Lay all systems out, each figure with the verdict against the first model."""
    everyone = (*content.models, *content.baselines)
    keys = [k for k in SIDE_BY_SIDE if any(k in e.evaluation.intervals for e in everyone)]
    if len(everyone) < 2:
        return None
    rows = [
        (words(system_name(each.evaluation.model)), *(_cell(content, each, key) for key in keys))
        for each in everyone
    ]
    columns = (Column("系统"), *(Column(figure_name(key), True) for key in keys))
    return sheet("模型和简单办法的比较", columns, rows)


def _cell(content: PageContent, each: Examined, key: str) -> Cell:
    found = each.evaluation.intervals.get(key)
    first = content.first.evaluation.model
    verdict = _verdict(content, first, each.evaluation.model, key)
    if verdict is None:
        return estimated(key, found)
    return estimated(key, found, VERDICTS[verdict], GRADINGS[verdict])


def _verdict(content: PageContent, first: str, other: str, key: str) -> Verdict | None:
    """Return the other's verdict, whichever of the two was named first."""
    if found := content.difference(first, other, key):
        return TURNED[found.verdict]
    turned = content.difference(other, first, key)
    return turned.verdict if turned else None


def differences(comparison: Comparison) -> Sheet:
    """List every figure that two systems have, and how far they are apart."""
    one, other = system_name(comparison.first), system_name(comparison.second)
    rows = [_row(each) for each in comparison.differences]
    heads = (Column(one, True), Column(other, True), Column("相差", True), Column("95% 区间", True))
    columns = (Column("指标"), *heads, Column(f"{one} 是"))
    return sheet(f"{one} 与 {other}：各项数字", columns, rows)


def _row(found: Difference) -> tuple[Cell, ...]:
    verdict, key, apart = found.verdict, found.figure, found.margin
    return (
        words(figure_name(key)),
        Cell(written(key, found.first), found.first),
        Cell(written(key, found.second), found.second),
        Cell(margin(key, apart), apart.value),
        Cell(margin_span(key, apart), apart.low),
        words(VERDICTS[verdict], mark=GRADINGS[verdict]),
    )


def remarks(content: PageContent, model: Examined) -> tuple[Remark, ...]:
    """Say whether a model beats the best baseline and the other models, by its main figure."""
    key = next((key for key in _MAIN if key in model.figures), None)
    if key is None:
        return ()
    best = max(
        (each for each in content.baselines if key in each.figures),
        key=lambda each: each.figures[key].value,
        default=None,
    )
    others = [each for each in content.models if each is not model]
    found = (_remark(content, model, each, key) for each in (best, *others) if each)
    return tuple(each for each in found if each)


def _remark(content: PageContent, model: Examined, other: Examined, key: str) -> Remark | None:
    verdict = _verdict(content, other.evaluation.model, model.evaluation.model, key)
    if verdict is None:
        return None
    apart = model.figures[key].above(other.figures[key])
    name = system_name(other.evaluation.model)
    than = (
        f"不用模型的最好办法（{name}）" if is_baseline(other.evaluation.model) else f"模型 {name} "
    )
    text = f"{figure_name(key)}：比{than}{VERDICTS[verdict]}"
    if verdict is Verdict.OPEN:
        text = f"{figure_name(key)}：与{than}看不出差别"
    size = f"{margin(key, apart)}（95% 区间 {margin_span(key, apart)}）"
    return Remark(GRADINGS[verdict], f"{text}，相差 {size}。")
