"""The first screen's answer to whether a model may route alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nlp.classify.decide import CurvePoint
from nlp.evaluate.bootstrap import Estimate
from nlp.evaluate.decision import DecisionScores
from nlp.evaluate.remarks import Grading
from nlp.evaluate.run import Examined
from nlp.evaluate.words import asked_for, of_hundred, span_of_hundred

_TOLD = "模型对每件都给出建议，由人来定。"


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes of some rows: a strip of `width` per cent that begins at `start`."""

    kind: str
    name: str
    rows: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict in a line, the sentences that it rests on, and what becomes of all rows."""

    grading: Grading
    headline: str
    sentences: tuple[str, ...]
    parts: tuple[Part, ...] = ()


def answer(examined: Examined) -> Answer:
    """Say whether the asked precision is kept by what the model would route alone."""
    scores = examined.evaluation.decision
    what = "主办单位" if examined.given.functions else "主题"
    if scores is None:
        return Answer("open", "量不了能不能自动分办", (f"标准答案里没有可以核对的{what}。",))
    asked = f"要求准确率 {asked_for(scores.requested)}"
    parts = tuple(_parts(scores))
    if scores.precision is None:
        return Answer(
            "bad", "不能自动分办：每件都要由人看", (_why_none(scores, asked), _TOLD), parts
        )
    reached = kept(scores, examined.evaluation.intervals.get("decision.precision"))
    sentences = (
        f"{asked} 时，每 100 件里约 {of_hundred(scores.auto)} 件可以不看就分出去"
        f"（这批 {scores.rows} 件里有 {scores.auto_rows} 件）；"
        f"分出去的每 100 件里约 {of_hundred(scores.precision)} 件{what}是对的"
        f"（{span_of_hundred(reached)}）。",
    )
    grading, headline, meaning = _judged(scores, reached)
    return Answer(grading, headline, (*sentences, meaning), parts)


def kept(scores: DecisionScores, drawn: Estimate | None) -> Estimate:
    """Return the precision reached with the wider of two 95 % intervals.

    Resampling can't tell that rows are few where all of them are right; Wilson's interval can
    (Wilson 1927), but doesn't know of near-duplicates. Raises ValueError without auto rows.
    """
    if scores.precision is None:
        raise ValueError("nothing was routed")
    right = round(scores.precision * scores.auto_rows)
    low = _lower_bound(right, scores.auto_rows)
    high = 1 - _lower_bound(scores.auto_rows - right, scores.auto_rows)
    drawn = drawn or Estimate(scores.precision, low, high)
    return Estimate(scores.precision, min(low, drawn.low), max(high, drawn.high))


def _lower_bound(right: int, rows: int) -> float:
    return max(0.0, CurvePoint(0.0, rows, right).lower_bound)


def _why_none(scores: DecisionScores, asked: str) -> str:
    if scores.threshold is None:
        return f"{asked}：模型训练时留出的件就没有达到过，所以一件也不会自动分办。"
    return f"{asked} 时，这批 {scores.rows} 件里没有一件的把握够大。"


def _judged(scores: DecisionScores, reached: Estimate) -> tuple[Grading, str, str]:
    asked, rest = asked_for(scores.requested), "其余的列出建议，由人来定。"
    if reached.low >= scores.requested:
        return "good", "够好：把握大的件可以自动分办", f"整个区间都不低于要求的 {asked}。{rest}"
    if reached.high < scores.requested:
        meaning = f"整个区间都低于要求的 {asked}，照此自动分办会错得比说好的多。"
        return "bad", "不够好：不要自动分办", f"{meaning}{_TOLD}"
    side = "达到了" if reached.value >= scores.requested else "低于"
    meaning = f"看上去{side}要求的 {asked}，但件数还不够多，区间跨在 {asked} 两边，可能只是碰巧。"
    advice = "请再添些有标准答案的件来量；在此之前，自动分办的件也要由人过目。"
    return "open", "还说不准：件数不够多", f"{meaning}{advice}"


def _parts(scores: DecisionScores) -> Iterator[Part]:
    """Yield how many of the rows become what; counts are whole and add up to all rows."""
    right = round(scores.auto_rows * (scores.precision or 0.0))
    abstain = round(scores.rows * scores.abstain)
    review = scores.rows - scores.auto_rows - abstain
    start = 0.0
    for kind, name, rows in (
        ("right", "自动分办，分对的", right),
        ("wrong", "自动分办，分错的", scores.auto_rows - right),
        ("review", "列出建议，由人来定", review),
        ("abstain", "不像提案，模型不作判断", abstain),
    ):
        width = 100 * rows / scores.rows
        if rows:
            yield Part(kind, name, rows, round(start, 2), round(width, 2))
        start += width
