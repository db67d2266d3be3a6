"""How numbers, figures and systems are called in sentences that a clerk reads."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor

from nlp.evaluate.baselines.ask import Baseline
from nlp.evaluate.bootstrap import Estimate
from nlp.evaluate.compare import Verdict
from nlp.evaluate.lines import number, percent
from nlp.evaluate.remarks import Grading

BASELINE = "baseline:"
"""What the names of systems begin with that need no model."""
FIGURES = {
    "topics.accuracy": "主题准确率",
    "topics.unambiguous_accuracy": "主题准确率（无争议）",
    "topics.ambiguous_accuracy": "主题准确率（有争议）",
    "topics.any_gold": "首选属于任一标注主题",
    "topics.primary_macro_f1": "首选主题宏平均 F1",
    "topics.unambiguous_macro_f1": "首选主题宏平均 F1（无争议）",
    "topics.macro_f1": "兼类宏平均 F1",
    "topics.micro_f1": "兼类微平均 F1",
    "topics.ece": "主题校准误差",
    "lead.top1": "主办前 1 命中",
    "lead.top3": "主办前 3 命中",
    "lead.top5": "主办前 5 命中",
    "lead.macro_f1": "主办宏平均 F1",
    "lead.ece": "主办校准误差",
    "co.precision": "会办准确率",
    "co.recall": "会办召回率",
    "co.f1": "会办 F1",
    "co.ndcg5": "会办排序 nDCG@5",
    "decision.auto": "可自动分办",
    "decision.review": "需要复核",
    "decision.abstain": "不作判断",
    "decision.precision": "自动分办准确率",
    "decision.aurc": "风险覆盖面积",
}
SHARES = frozenset(key for key in FIGURES if not key.endswith(("f1", "ece", "ndcg5", "aurc")))
"""Figures that are a share of rows or answers; the others are measures from 0 to 1."""
BASELINES = {str(each): each.called for each in Baseline}
TASKS = {"topics": "主题", "lead": "主办", "co": "会办"}
VERDICTS = {Verdict.BETTER: "更好", Verdict.WORSE: "更差", Verdict.OPEN: "看不出差别"}
GRADINGS: Mapping[Verdict, Grading] = {
    Verdict.BETTER: "good",
    Verdict.WORSE: "bad",
    Verdict.OPEN: "open",
}
TURNED = {
    Verdict.BETTER: Verdict.WORSE,
    Verdict.WORSE: Verdict.BETTER,
    Verdict.OPEN: Verdict.OPEN,
}
"""The same verdict seen from the second model."""


def figure_name(key: str) -> str:
    """Return what a figure is called; a key without a name shows as it is."""
    return FIGURES.get(key, key)


def asked_for(precision: float) -> str:
    """Write what was asked for as it was given: 95%, 97.5%."""
    return f"{round(100 * precision, 4):g}%"


def of_hundred(share: float) -> str:
    """Write a share as so many of 100; what is not 0 or 100 is not called so."""
    whole = round(100 * share)
    if whole == 0 and share > 0:
        return "不到 1"
    if whole == 100 and share < 1:
        return "99 多"
    return str(whole)


def span(key: str, found: Estimate) -> str:
    """Write a figure's interval, for tables."""
    if key in SHARES:
        return f"{found.low * 100:.1f}–{found.high * 100:.1f}"
    return f"{number(found.low)}–{number(found.high)}"


def span_of_hundred(found: Estimate) -> str:
    """Write an interval in so many of 100, rounded outwards, for sentences."""
    low, high = floor(100 * found.low + 1e-9), ceil(100 * found.high - 1e-9)
    return f"95% 区间 {low}–{high}"


def written(key: str, value: float) -> str:
    """Write a figure's value: shares of rows as per cent, other measures as numbers."""
    return percent(value) if key in SHARES else number(value)


def points(margin: Estimate) -> str:
    """Write a difference of shares in percentage points, with its interval."""
    low, high = margin.low * 100, margin.high * 100
    return f"{margin.value * 100:+.1f} 个百分点（95% 区间 {low:+.1f} 至 {high:+.1f}）"


def margin(key: str, found: Estimate) -> str:
    """Write how far apart two values of a figure are, with its sign and unit."""
    return f"{_signed(key, found.value)} 个百分点" if key in SHARES else _signed(key, found.value)


def margin_span(key: str, found: Estimate) -> str:
    """Write the interval of a difference."""
    return f"{_signed(key, found.low)} 至 {_signed(key, found.high)}"


def _signed(key: str, value: float) -> str:
    return f"{value * 100:+.1f}" if key in SHARES else f"{value:+.3f}"


def system_name(name: str) -> str:
    """Return what a model or a baseline is called."""
    return BASELINES.get(name, name)
