"""Curves as inline SVG: where each line runs, what stands beside it, what a reader hears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from nlp.evaluate.answers import Answers, AnswerTask
from nlp.evaluate.lines import percent
from nlp.evaluate.page.content import PageContent
from nlp.evaluate.page.curves import Bin, RiskPoint, reliability, routed_risk
from nlp.evaluate.run import Examined
from nlp.evaluate.words import TASKS, asked_for, system_name

LEFT, TOP, WIDTH, HEIGHT = 44, 10, 296, 206
"""The field inside the axes; the picture is 360 by 260, about a telephone's width."""
STYLES = 6
"""Kinds of lines; a seventh model looks like the first."""
_TICKS = 5
_FEWEST = 5
"""Rows below which a bin is a dot beside the line: one row is all right or all wrong."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, in the picture's units, and its label."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a line that is marked; `size` is its radius."""

    x: float
    y: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Series:
    """One model's line: `points` as SVG writes them."""

    name: str
    style: int
    points: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture with axes; `guide` is a dashed line (x1, y1, x2, y2) and its meaning."""

    title: str
    label: str
    across: str
    up: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    series: tuple[Series, ...]
    guide: tuple[float, float, float, float]
    guide_text: str
    note: str


def risk_plot(content: PageContent) -> Plot | None:
    """Draw the share of errors over the share that is routed alone, a line a model."""
    curves = [(each, routed_risk(each.given.found.routed)) for each in content.models]
    drawn = [(each, points) for each, points in curves if points]
    scores = next((e.evaluation.decision for e, _ in drawn if e.evaluation.decision), None)
    if scores is None:
        return None
    allowed = 1 - scores.requested
    top = _round_up(max(allowed, *(p.risk for _, points in drawn for p in points[_few(points) :])))
    level, asked = _y(allowed / top), asked_for(scores.requested)
    return Plot(
        title="放手越多，错得越多",
        label="；".join(_heard(each, points) for each, points in drawn),
        across="按把握从大到小，自动分办的件占",
        up="其中分错的占",
        x_ticks=tuple(Tick(_x(t), _tick(t)) for t in _steps(1.0)),
        y_ticks=tuple(Tick(_y(t / top), _tick(t)) for t in _steps(top)),
        series=tuple(_risk_line(i, each, points, top) for i, (each, points) in enumerate(drawn)),
        guide=(LEFT, level, LEFT + WIDTH, level),
        guide_text=f"虚横线：要求准确率 {asked}，即最多错 {asked_for(allowed)}",
        note="线越低越好。圆点是模型按要求的准确率自己停下来的地方；右端是全部件都自动分办。",
    )


def _few(points: Sequence[RiskPoint]) -> int:
    """Return where the curve has left its first twentieth, which a single row may send up."""
    return next((i for i, point in enumerate(points) if point.coverage >= 0.05), 0)


def _risk_line(number: int, each: Examined, points: Sequence[RiskPoint], top: float) -> Series:
    line = [(p.coverage, min(1.0, p.risk / top)) for p in points]
    scores = each.evaluation.decision
    dots: tuple[Dot, ...] = ()
    if scores and scores.precision is not None:
        risk = 1 - scores.precision
        text = f"{percent(scores.auto)} 的件自动分办，错 {percent(risk)}"
        dots = (Dot(_x(scores.auto), _y(min(1.0, risk / top)), 4.5, text),)
    return Series(system_name(each.evaluation.model), number % STYLES, _path(line), dots)


def _heard(each: Examined, points: Sequence[RiskPoint]) -> str:
    half = next(p for p in points if p.coverage >= 0.5)
    name = system_name(each.evaluation.model)
    some = f"办 {percent(half.coverage)} 时错 {percent(half.risk)}"
    return f"{name}：{some}，全办时错 {percent(points[-1].risk)}"


def reliability_plots(content: PageContent) -> tuple[Plot, ...]:
    """Draw how often each confidence is right, a picture a task."""
    found = (_reliability(content.models, task) for task in AnswerTask)
    return tuple(plot for plot in found if plot)


def _reliability(models: Sequence[Examined], task: AnswerTask) -> Plot | None:
    lines = [(m, a) for m in models for a in m.given.answers if a.task is task]
    if not lines:
        return None
    series = tuple(_bins_line(i, model, found) for i, (model, found) in enumerate(lines))
    ticks = _steps(1.0)
    return Plot(
        title=f"{TASKS[task]}：所报的把握可信吗",
        label="；".join(f"{s.name}：{'，'.join(d.text for d in s.dots)}" for s in series),
        across="模型所报的把握",
        up="实际判对的占",
        x_ticks=tuple(Tick(_x(t), _tick(t)) for t in ticks),
        y_ticks=tuple(Tick(_y(t), _tick(t)) for t in ticks),
        series=series,
        guide=(_x(0), _y(0), _x(1), _y(1)),
        guide_text="虚斜线：说几成把握，就对几成",
        note="点在斜线下方，是说得过满；在上方，是说得保守。点越大，件数越多；小点只有几件，不足为凭。",
    )


def _bins_line(number: int, model: Examined, answers: Answers) -> Series:
    own = answers.labelled
    bins = reliability(answers.confidence[own], answers.right[own])
    most = max(each.rows for each in bins)
    line = [(each.confidence, each.right) for each in bins if each.rows >= _FEWEST]
    dots = tuple(_bin_dot(each, most) for each in bins)
    return Series(system_name(model.evaluation.model), number % STYLES, _path(line), dots)


def _bin_dot(each: Bin, most: int) -> Dot:
    text = f"把握约 {percent(each.confidence)} 的 {each.rows} 件对 {percent(each.right)}"
    return Dot(
        _x(each.confidence), _y(each.right), round(2 + 4 * (each.rows / most) ** 0.5, 1), text
    )


def _tick(value: float) -> str:
    return f"{100 * value:g}%"


def _steps(top: float) -> tuple[float, ...]:
    return tuple(round(top * i / _TICKS, 4) for i in range(_TICKS + 1))


def _round_up(value: float) -> float:
    """Return the next multiple of 5 %, 100 % at most."""
    return min(1.0, max(1, ceil(round(value * 20, 6))) / 20)


def _x(share: float) -> float:
    return round(LEFT + WIDTH * share, 1)


def _y(share: float) -> float:
    return round(TOP + HEIGHT * (1 - share), 1)


def _path(line: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_x(x)},{_y(y)}" for x, y in line)
