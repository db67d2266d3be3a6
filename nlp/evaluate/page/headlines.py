"""The main figures as sentences, and on how many rows each was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nlp.evaluate.bootstrap import Estimate
from nlp.evaluate.page.content import PageContent
from nlp.evaluate.page.sheets import Cell, Column, Shape, Sheet, count, sheet, words
from nlp.evaluate.run import Evaluation, Examined
from nlp.evaluate.units import CoScores
from nlp.evaluate.words import of_hundred, span_of_hundred

_OF_ALL = "每 100 件里约 {} 件"
_SAID: Mapping[str, tuple[str, str]] = {
    "topics.accuracy": ("主题", f"{_OF_ALL}第一个主题就对"),
    "topics.unambiguous_accuracy": ("主题", f"只看没有争议的件，{_OF_ALL}第一个主题就对"),
    "topics.ambiguous_accuracy": ("主题", f"只看有争议的件，{_OF_ALL}第一个主题就对"),
    "lead.top1": ("主办", f"{_OF_ALL}第一个建议就对"),
    "lead.top3": ("主办", f"{_OF_ALL}正确的主办在前三个建议里"),
    "co.precision": ("会办", "建议的会办每 100 个里约 {} 个是对的"),
    "co.recall": ("会办", "该有的会办每 100 个里约 {} 个建议到了"),
}
"""What a figure is about, and the sentence that its share goes into."""
_APART = frozenset({"topics.unambiguous_accuracy", "topics.ambiguous_accuracy"})
"""Told only where some rows are ambiguous."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A share of 100 that is shown large, and the sentence that says of what."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """What there is to say of one task, the main sentence first."""

    about: str
    lines: tuple[Headline, ...]


def headlines(examined: Examined) -> tuple[Group, ...]:
    """Return what a clerk asks first, as far as rows are labelled for it."""
    found = examined.evaluation
    split = found.topics is not None and found.topics.ambiguous_rows > 0
    groups: dict[str, list[Headline]] = {}
    for key, (about, text) in _SAID.items():
        if key in found.intervals and (split or key not in _APART):
            groups.setdefault(about, []).append(_headline(text, found.intervals[key]))
    return tuple(Group(about, tuple(lines)) for about, lines in groups.items())


def _headline(text: str, found: Estimate) -> Headline:
    number = of_hundred(found.value)
    return Headline(number, f"{text.format(number)}（{span_of_hundred(found)}）。")


def measured(content: PageContent) -> Sheet:
    """Tell for each task how many rows are labelled and how many were skipped."""
    evaluations = [each.evaluation for each in content.examined]
    rows = [row for row in (_topics(evaluations), _lead(evaluations), _co(evaluations)) if row]
    columns = (
        Column("量什么"),
        Column("有标准答案", True),
        Column("没标，不计", True),
        Column("说明"),
    )
    return sheet("量了多少件", columns, rows, shape=Shape.FITS)


def _topics(evaluations: list[Evaluation]) -> tuple[Cell, ...]:
    scores = next((e.topics for e in evaluations if e.topics), None)
    if scores is None:
        return ()
    unclear = f"其中 {scores.ambiguous_rows} 件有争议（归两类都说得通），另外单列"
    note = unclear if scores.ambiguous_rows else "归哪一类"
    return words("主题"), count(scores.rows), count(scores.skipped), words(note)


def _lead(evaluations: list[Evaluation]) -> tuple[Cell, ...]:
    scores = next((e.lead for e in evaluations if e.lead), None)
    if scores is None:
        return ()
    return words("主办"), count(scores.rows), count(scores.skipped), words("由哪个单位主办")


def _co(evaluations: list[Evaluation]) -> tuple[Cell, ...]:
    scores = next((e.co for e in evaluations if e.co), None)
    if scores is None:
        return ()
    note = f"请哪些单位会办{_unsaid(scores)}"
    return words("会办"), count(scores.rows), count(scores.skipped), Cell(note, note)


def _unsaid(scores: CoScores) -> str:
    """Say how rows without any co-handler were counted: it decides what the figures mean."""
    if scores.skipped_empty:
        return f"；另有 {scores.skipped_empty} 件没写会办，也不计"
    if empty := scores.rows - scores.ndcg_rows:
        return f"；其中 {empty} 件没写，按不需会办算（若只是来源没写，请加 --empty-co-unknown）"
    return ""


def opening(content: PageContent) -> tuple[str, ...]:
    """Say in a few sentences what was measured."""
    return tuple(_opening(content))


def _opening(content: PageContent) -> Iterator[str]:
    first = content.first.evaluation
    models = "、".join(each.evaluation.model for each in content.models)
    simple = f"不用模型的 {len(content.baselines)} 种简单办法"
    beside = f"，并与{simple}比较" if models and content.baselines else ""
    asked = f"模型 {models}" if models else simple
    yield f"拿 {first.rows} 件有标准答案的提案建议考{asked}，看分得对不对{beside}。"
    yield f"单位按“{first.place}”的目录。"
    if first.empty:
        yield f"有 {len(first.empty)} 件没有可读的文字，不计。"
