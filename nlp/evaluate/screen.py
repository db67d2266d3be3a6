"""A study on the terminal: each model's figures, then how it stands against the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nlp.evaluate.compare import Difference
from nlp.evaluate.tables import Task, as_table
from nlp.evaluate.words import (
    VERDICTS,
    figure_name,
    margin,
    margin_span,
    system_name,
    written,
)

if TYPE_CHECKING:
    from rich.table import Table

    from nlp.evaluate.run import Examined
    from nlp.evaluate.study import Study

SHOWN = {
    Task.TOPICS: ("topics.accuracy", "topics.unambiguous_accuracy", "topics.primary_macro_f1"),
    Task.UNITS: ("lead.top1", "lead.top3", "lead.macro_f1", "co.f1", "decision.auto"),
}
"""What models are compared by; all other figures are in the JSON and the report."""


def screen_tables(study: Study, task: Task) -> Iterator[Table]:
    """Yield a table a model, and one of its comparisons where there are any."""
    for model in study.models:
        yield as_table(model.evaluation, task)
        if study.concerning(model):
            yield _compared(study, model, task)


def _compared(study: Study, model: Examined, task: Task) -> Table:
    from rich.table import Table

    name = system_name(model.evaluation.model)
    table = Table(title=f"{name} 与其他的比较（同一批件）", title_justify="left")
    for head in ("指标", "对方", "本模型", "相差（95% 区间）", "结论"):
        table.add_column(head, overflow="fold")
    for comparison in study.concerning(model):
        for each in comparison.differences:
            if each.figure in _shown(task):
                table.add_row(figure_name(each.figure), *_cells(each, comparison.second))
    return table


def _shown(task: Task) -> tuple[str, ...]:
    if task is Task.ALL:
        return (*SHOWN[Task.TOPICS][:2], *SHOWN[Task.UNITS])
    return SHOWN[task]


def _cells(found: Difference, other: str) -> tuple[str, ...]:
    apart = f"{margin(found.figure, found.margin)}（{margin_span(found.figure, found.margin)}）"
    against = f"{system_name(other)} {written(found.figure, found.second)}"
    return against, written(found.figure, found.first), apart, VERDICTS[found.verdict]
