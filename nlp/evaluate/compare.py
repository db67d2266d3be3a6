"""Two models on the same rows: which is better, where they differ, who wins which label.

The same rows are drawn for both (paired bootstrap, Koehn 2004, W04-3250), so a difference that
holds over nearly all draws is not one of the rows' chance, even where the intervals overlap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from nlp.errors import UsageError
from nlp.evaluate.answers import Answers, AnswerTask
from nlp.evaluate.bootstrap import Estimate
from nlp.evaluate.figures import LOWER_IS_BETTER, NEITHER
from nlp.evaluate.run import Examined


class Verdict(StrEnum):
    """What the rows say of a difference."""

    BETTER = "better"
    WORSE = "worse"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of both; `margin` is the first's above the second's, `verdict` the first's."""

    figure: str
    first: float
    second: float
    margin: Estimate
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A row that the two answer differently, by label keys; gold is None where unlabelled."""

    id: str
    title: str
    task: AnswerTask
    gold: str | None
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class LabelWins:
    """How many rows of a gold label only one answers rightly, both, and neither."""

    task: AnswerTask
    label: str
    name: str
    rows: int
    first_only: int
    second_only: int
    both: int
    neither: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that two models' answers to the same rows tell about each other."""

    first: str
    second: str
    differences: tuple[Difference, ...]
    disagreements: tuple[Disagreement, ...]
    wins: tuple[LabelWins, ...]

    def verdict(self, figure: str) -> Verdict:
        """Return the first's verdict; open where one of the two has no such figure."""
        found = [each.verdict for each in self.differences if each.figure == figure]
        return found[0] if found else Verdict.OPEN


def compare_models(first: Examined, second: Examined) -> Comparison:
    """Compare two models. Raises UsageError if they were not asked about the same rows."""
    if first.given.found.rows != second.given.found.rows:
        raise UsageError("两个模型评测的不是同一批件，不能比较。", "请用同一份标准答案重新评测。")
    others = {each.task: each for each in second.given.answers}
    pairs = [(each, others[each.task]) for each in first.given.answers if each.task in others]
    return Comparison(
        first.evaluation.model,
        second.evaluation.model,
        tuple(_differences(first, second)),
        tuple(row for one, other in pairs for row in _disagreements(one, other)),
        tuple(label for one, other in pairs for label in _wins(one, other)),
    )


def _differences(first: Examined, second: Examined) -> Iterator[Difference]:
    for figure, one in first.figures.items():
        if figure not in NEITHER and (other := second.figures.get(figure)):
            margin = one.above(other)
            verdict = judged(margin, lower_is_better=figure in LOWER_IS_BETTER)
            yield Difference(figure, one.value, other.value, margin, verdict)


def judged(margin: Estimate, *, lower_is_better: bool = False) -> Verdict:
    """Say what a margin means: nothing, as long as its interval holds 0."""
    if margin.low <= 0.0 <= margin.high:
        return Verdict.OPEN
    return Verdict.BETTER if (margin.low > 0.0) != lower_is_better else Verdict.WORSE


def _disagreements(first: Answers, second: Answers) -> Iterator[Disagreement]:
    for row, one, other, gold in zip(first.rows, first.said, second.said, first.gold, strict=True):
        said = first.labels[one], second.labels[other]
        if said[0] != said[1]:
            wanted = first.labels[gold] if gold >= 0 else None
            yield Disagreement(row.id, row.title or row.body[:40], first.task, wanted, *said)


def _wins(first: Answers, second: Answers) -> Iterator[LabelWins]:
    for code in np.unique(first.gold[first.labelled]).tolist():
        own = first.gold == code
        one, other = first.right[own], second.right[own]
        yield LabelWins(
            first.task,
            first.labels[code],
            first.name(code),
            int(own.sum()),
            int((one & ~other).sum()),
            int((other & ~one).sum()),
            int((one & other).sum()),
            int((~one & ~other).sum()),
        )
