"""What the analysis of errors says, in Chinese sentences for a clerk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from nlp.evaluate.answers import AnswerTask
from nlp.evaluate.errors.training import CorpusState
from nlp.evaluate.words import TASKS

if TYPE_CHECKING:
    from nlp.evaluate.answers import Answered
    from nlp.evaluate.errors.analysis import TaskAnalysis
    from nlp.evaluate.errors.doubts import Doubts
    from nlp.evaluate.errors.leakage import Leakage

FEW = 100
"""Labelled rows below which errors are examples, not a pattern."""
MANY_DOUBTS = 0.15
"""The share of doubtful labels from which on the labelling itself is in question."""


def leakage_notes(corpus: str, found: Leakage) -> Iterator[str]:
    """Say what was leaked, and what a check against that corpus is worth."""
    if found.pairs:
        part = len(found.pairs) / found.checked_rows
        yield (
            f"标准答案里有 {len(found.pairs)} 件（{part:.1%}）与训练语料相同或几乎相同，"
            "这些件上的成绩偏高，应剔除后再看。"
        )
    elif found.state is not CorpusState.MISSING:
        yield f"标准答案的 {found.checked_rows} 件里没有与训练语料重复的。"
    yield corpus


def unlabelled_notes(given: Answered, tasks: Sequence[AnswerTask]) -> Iterator[str]:
    """Name the tasks that the model answers and that no row is labelled for."""
    known = {
        AnswerTask.TOPIC: bool(given.topics) and given.found.topics is not None,
        AnswerTask.LEAD: bool(given.functions) and given.found.leads is not None,
    }
    for task, answered in known.items():
        if answered and task not in tasks:
            yield f"没有一件标了{TASKS[task]}，{TASKS[task]}的错误无从分析。"


def task_notes(found: TaskAnalysis) -> Iterator[str]:
    name = TASKS[found.task]
    if found.unleaked_accuracy is not None:
        yield (
            f"{name}准确率 {1 - found.wrong / found.rows:.1%}，"
            f"剔除与训练语料重复的件以后是 {found.unleaked_accuracy:.1%}。"
        )
    if not found.wrong:
        yield f"{name}标了的 {found.rows} 件全部答对，没有错误可分析。"
    elif found.wrong == found.rows:
        yield f"{name}标了的 {found.rows} 件全部答错，请先核对类别名称、模型和单位目录是否配套。"
    if found.rows < FEW:
        yield f"{name}只有 {found.rows} 件有标注，以下只是个例，看不出规律。"
    yield from _wrong(name, found)
    yield from _doubtful(name, found.doubts)
    for each in found.slices:
        if each.worse and each.figure:
            yield (
                f"“{each.name}”的 {each.rows} 件{name}准确率 {each.figure.value:.1%}，"
                "明显低于其余各件。"
            )


def _wrong(name: str, found: TaskAnalysis) -> Iterator[str]:
    if found.confused:
        first = found.confused[0]
        yield (
            f"{name}答错 {found.wrong} 件，最多的是把“{first.gold_name}”"
            f"答成“{first.said_name}”（{first.count} 件）。"
        )
    if found.sure_wrong:
        yield f"{name}答错的件里有 {found.sure_wrong} 件把握在九成以上，最容易被直接采用。"


def _doubtful(name: str, found: Doubts) -> Iterator[str]:
    if found.doubts:
        part = len(found.doubts) / found.rows
        advice = "标注口径可能不统一" if part > MANY_DOUBTS else "建议先核对"
        yield f"{name}有 {len(found.doubts)} 件（{part:.1%}）的标准答案可疑，{advice}。"
    if found.contradictions:
        yield f"有 {len(found.contradictions)} 组标题几乎相同的件，{name}标得不一样。"
    if found.unjudged:
        yield f"{name}有 {found.unjudged} 件的标注是模型没有的，没有判断它们是否标错。"
