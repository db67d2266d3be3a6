"""The sections on errors: of the model, of the gold, of the way it was measured; and the gate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.evaluate.page.content import PageContent
from nlp.evaluate.page.errors import (
    confused,
    confusion_grid,
    contradictions,
    doubts,
    leaks,
    mistakes,
    other_note,
    slices,
)
from nlp.evaluate.page.sections import Section, TitledGrid, filled
from nlp.evaluate.page.sheets import Cell, Column, Shape, Sheet, sheet, words
from nlp.evaluate.remarks import Remark
from nlp.evaluate.words import TASKS, system_name

if TYPE_CHECKING:
    from nlp.evaluate.errors.analysis import TaskAnalysis
    from nlp.evaluate.gate import GateLine, GateResult


@dataclass(frozen=True, slots=True)
class _Part:
    """One task of one model, what its tables are called, and whether the model is the first.

    Only the first model's doubts are shown: others doubt mostly the same rows.
    """

    label: str
    found: TaskAnalysis
    first: bool


def error_sections(content: PageContent) -> Iterator[Section]:
    """Yield what the analyses found, question by question, so that models stand side by side."""
    parts = list(_parts(content))
    yield Section("errors", "错误分析要点", points=tuple(_points(content)))
    yield Section(
        "confusion",
        "哪些容易混",
        "每行是标准答案的一类，格子里是判成各类的件数；绿的判对，红的判错，越深越多。",
        grids=tuple(
            TitledGrid(
                each.label, confusion_grid(each.found.confusion), other_note(each.found.confusion)
            )
            for each in parts
        ),
        sheets=filled(confused(each.label, each.found) for each in parts),
    )
    yield Section(
        "slices",
        "哪些件上差一些",
        "只有件数够、差得不像碰巧，才写“明显较差”。",
        sheets=filled(slices(each.label, each.found) for each in parts),
    )
    yield Section(
        "mistakes",
        "把握最大却判错的件",
        "这些最要当心：模型很有把握，容易被直接采用。“依据”是模型自己给出的理由。",
        sheets=filled(mistakes(each.label, each.found) for each in parts),
    )
    yield from _gold_sections(content, parts)


def _gold_sections(content: PageContent, parts: list[_Part]) -> Iterator[Section]:
    yield Section(
        "doubts",
        "标准答案本身可能有错的",
        "模型和其余各件都不同意的标注，和标题几乎相同却标得不一样的件。请人核对后再改；改了标准答案，上面的数字也会变。",
        sheets=filled(
            table
            for each in parts
            if each.first
            for table in (doubts(each.label, each.found), contradictions(each.label, each.found))
        ),
    )
    yield Section(
        "leakage",
        "模型训练时见过的件",
        "这些件等于考前看过答案，成绩偏高。",
        sheets=filled(
            leaks(system_name(each.model), each.leakage)
            for each in content.analyses
            if each.leakage
        ),
    )


def _parts(content: PageContent) -> Iterator[_Part]:
    several = len(content.analyses) > 1
    for number, each in enumerate(content.analyses):
        name = f"，{system_name(each.model)}" if several else ""
        for found in each.tasks:
            yield _Part(f"{TASKS[found.task]}{name}", found, number == 0)


def _points(content: PageContent) -> Iterator[str]:
    several = len(content.analyses) > 1
    for each in content.analyses:
        name = f"{system_name(each.model)}：" if several else ""
        yield from (f"{name}{note}" for note in each.notes)


def gate_section(found: GateResult) -> Section:
    """Return every rule of the gate with what was found."""
    columns = [Column(head) for head in ("要求的项目", "量得", "要求", "合不合格", "说明")]
    table: Sheet = sheet(
        "门槛逐项", columns, [_rule(line) for line in found.lines], shape=Shape.FOLDS
    )
    return Section("gate", "准入门槛", found.summary, sheets=filled([table]))


def _rule(line: GateLine) -> tuple[Cell, ...]:
    mark, said = ("good", "✓ 合格") if line.passed else ("bad", "✗ 不合格")
    return (
        words(line.name, line.figure),
        words(line.found),
        words(line.wanted),
        Cell(said, int(line.passed), mark),
        words(line.reason),
    )


def warnings(content: PageContent, model: str) -> Iterator[Remark]:
    """Yield what the first screen must say beside a model's figures."""
    if content.gate and content.gate.model == model:
        yield Remark("good" if content.gate.passed else "bad", content.gate.summary)
    for each in content.analyses:
        if each.model == model and each.leakage and each.leakage.pairs:
            leaked = len(each.leakage.pairs)
            yield Remark(
                "bad",
                f"有 {leaked} 件与模型的训练语料相同或几乎相同，这里的成绩偏高；请剔除后再看。",
            )
