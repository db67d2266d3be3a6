"""One suggestion told in full, for `fenban route`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nlp.batch.records import confidence, decision_name, percent
from nlp.classify.decide import NEVER, threshold_for
from nlp.types import Decision, Suggestion

if TYPE_CHECKING:
    from nlp.classify.router import Router
    from nlp.classify.suggest import Options

BAR = 20


def explanation(item: Suggestion, router: Router, options: Options) -> Iterator[str]:
    """Yield Chinese lines: topics, lead units with bars, co-handlers, reasons, decision."""
    yield f"标题：{item.title}"
    if item.error:
        yield f"出错：{item.error}"
        return
    if item.topics:
        accepted = set(item.accepted_topics)
        yield "主题："
        for topic in item.topics:
            mark = "✓" if topic.label in accepted else " "
            yield f"  {mark} {bar(topic.probability)} {percent(topic.probability):>4} {topic.name}"
    if item.lead:
        yield f"主办（{options.directory.place}）："
        for unit in item.lead:
            yield f"    {bar(unit.probability)} {percent(unit.probability):>4} {unit.unit}"
        helpers = "、".join(f"{u.unit} {percent(u.probability)}" for u in item.co)
        yield f"会办：{helpers or '没有把握足够的'}"
    for reason in item.evidence:
        yield f"理由：{reason.text}"
    yield f"处理：{decision_name(item)}（{why(item, router, options)}）"


def why(item: Suggestion, router: Router, options: Options) -> str:
    """Say why the decision is what it is."""
    if item.decision is Decision.ABSTAIN:
        return "这段文字不像训练时见过的提案"
    needed = threshold_for(router.curve, options.precision)
    has = percent(confidence(item))
    if needed >= NEVER:
        return f"模型在留出样本上达不到 {options.precision:.0%} 的准确率，一律复核"
    if item.decision is Decision.REVIEW and confidence(item) >= needed:
        return "单位目录里没有承担这项职能的单位"
    sign = "达到" if item.decision is Decision.AUTO else "低于"
    return f"把握 {has}，{sign}准确率 {options.precision:.0%} 所需的 {percent(needed)}"


def bar(share: float) -> str:
    return "█" * round(share * BAR) + "·" * (BAR - round(share * BAR))
