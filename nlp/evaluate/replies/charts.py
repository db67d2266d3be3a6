"""What a report draws of an evaluation of digests: bars with intervals, and a confusion."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nlp.evaluate.bootstrap import Estimate
from nlp.evaluate.charts import Bar, Cell, Chart, Grid, bar, shaded
from nlp.evaluate.lines import number, percent
from nlp.evaluate.replies.outcomes import NONE, OUTCOMES, OutcomeScores
from nlp.evaluate.replies.run import ReplyEvaluation
from nlp.evaluate.replies.texts import TextScores
from nlp.summarize.digest import OUTCOME_NAMES

_UNSAID = "没有判断"
_INTERVAL = "细线是 95% 区间：换一批答复来量，多半落在里面。"


def charts(evaluation: ReplyEvaluation) -> tuple[Chart, ...]:
    """Return the two main figures, as far as rows are labelled for them."""
    kept = tuple(_bars(evaluation, lambda scores: scores.fact_recall, percent))
    like = tuple(_bars(evaluation, lambda scores: scores.rouge_l, number))
    return tuple(
        chart
        for chart in (
            Chart("要点保全率", f"人工标的要点，摘要里写到了多少。{_INTERVAL}", kept),
            Chart("与人写摘要的相似度（ROUGE-L）", f"1 为一字不差。{_INTERVAL}", like),
        )
        if chart.bars
    )


def _bars(
    evaluation: ReplyEvaluation,
    figure: Callable[[TextScores], Estimate | None],
    write: Callable[[float], str],
) -> Iterator[Bar]:
    several = len(evaluation.models) > 1
    systems = [(m.text.scores, True) for m in evaluation.models]
    systems += [(judged.scores, False) for judged in evaluation.baselines]
    systems += [(evaluation.reference.scores, False)] if evaluation.reference else []
    for scores, ours in systems:
        if found := figure(scores):
            name = scores.name if ours and several else scores.title
            yield bar(name, found, write, ours=ours)


def confusion(scores: OutcomeScores) -> Grid:
    """Name and shade the confusion of outcomes; “says nothing” only where it occurs."""
    said = [str(outcome) for outcome in OUTCOMES]
    if any(row[NONE] for row in scores.confusion.values()):
        said.append(NONE)
    names = {str(outcome): name for outcome, name in OUTCOME_NAMES.items()} | {NONE: _UNSAID}
    return Grid(
        heads=tuple(names[key] for key in said),
        rows=tuple(
            (names[gold], tuple(_cells(gold, counts, said)))
            for gold, counts in scores.confusion.items()
        ),
    )


def _cells(gold: str, counts: dict[str, int], said: list[str]) -> Iterator[Cell]:
    total = sum(counts[key] for key in said)
    return (shaded(counts[key], total, right=key == gold) for key in said)
