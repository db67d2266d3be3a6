"""Whether a digester is good enough to use, said in Chinese from its numbers."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.evaluate.bootstrap import Estimate
from nlp.evaluate.lines import percent
from nlp.evaluate.remarks import Remark
from nlp.evaluate.replies.lines import SHOWN
from nlp.evaluate.replies.run import ModelResult
from nlp.evaluate.replies.texts import TextScores


def verdict(result: ModelResult) -> tuple[Remark, ...]:
    """Judge what matters to a clerk: facts kept, nothing made up, the length, the outcome."""
    return tuple(_remarks(result))


def _remarks(result: ModelResult) -> Iterator[Remark]:
    yield from _against_baseline(result)
    yield from _faithful(result.text.scores)
    yield from _whole(result)
    if scores := result.outcome:
        better = scores.accuracy > scores.majority
        yield Remark(
            "good" if better else "bad",
            f"办理结果判对 {percent(scores.accuracy)}；一律判成最多的一类可对 "
            f"{percent(scores.majority)}。",
        )


def _against_baseline(result: ModelResult) -> Iterator[Remark]:
    scores, margin, has = result.text.scores, result.margin.fact_recall, ""
    if margin and scores.fact_recall:
        has = f"要点保全率 {percent(scores.fact_recall.value)}"
    elif (margin := result.margin.rouge_l) and scores.rouge_l:
        has = f"与人写摘要的相似度（ROUGE-L）{percent(scores.rouge_l.value)}"
    if margin is None:
        return
    than = f"{has}，比不用模型的最好办法（{result.margin.title}）"
    size = f"{abs(margin.value) * 100:.1f} 个百分点"
    if margin.low > 0:
        yield Remark("good", f"{than}高 {size}，{_interval(margin)}，不是碰巧。")
    elif margin.high < 0:
        yield Remark("bad", f"{than}低 {size}，{_interval(margin)}，不如不用模型。")
    else:
        way = "高" if margin.value >= 0 else "低"
        yield Remark("open", f"{than}{way} {size}，但{_interval(margin)}，这批件数还分不出好坏。")


def _interval(margin: Estimate) -> str:
    return f"95% 区间 {margin.low * 100:+.1f} 至 {margin.high * 100:+.1f}"


def _faithful(scores: TextScores) -> Iterator[Remark]:
    found = scores.faithfulness
    if found.share is None:
        return
    said = found.figure.said + found.date.said + found.unit.said
    if not found.violations:
        yield Remark("good", f"摘要里的 {said} 处数字、日期和单位名，答复原文里都有。")
    else:
        wrong = len(found.violations)
        yield Remark(
            "bad", f"摘要里的 {said} 处数字、日期和单位名，有 {wrong} 处在答复原文里找不到。"
        )


def _whole(result: ModelResult) -> Iterator[Remark]:
    scores = result.text.scores
    if scores.over_budget:
        yield Remark("bad", f"{percent(scores.over_budget)} 的摘要超过了规定字数。")
    if result.failed:
        shown = "、".join(result.failed[:SHOWN]) + ("…" if len(result.failed) > SHOWN else "")
        yield Remark("bad", f"有 {len(result.failed)} 件没有摘出来（{shown}）。")
    elif scores.empty:
        yield Remark("open", f"有 {scores.empty} 件的摘要是空的：答复里没有可摘的内容？")
