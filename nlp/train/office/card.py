"""The card, the line and the warnings of an adapted model, written from its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nlp.corpus.audit import Audit, Doubt
    from nlp.train.adapt import Adapted, Learned

CARD = """# Model card

The model `{base}`, adapted to an office's own {rows} labelled rows by
`python train.py HISTORY --base MODEL`. Do not edit by hand, every file's hash is in
`manifest.json`.

## Figures on the office's rows

Cross-validated: five parts, near-duplicates in one part; each row is answered by a model that
has not seen it. "Before" is the base model, or plain training on the same rows where the base
does not know the labels.

{figures}

## Limits

- The office's rows taught it the office's habits: it is for this office.
- Of {rows} rows, figures and confidence are estimates; measure on next year's
  (`fenban evaluate`).
- Labels with one or two rows are hardly learned: {rare}.
- Co-handlers are the base's, with the office's own pairs counted in.
- Not for deciding about people; it suggests, staff decide.
"""
TASKS = {"topics": "类别", "lead": "主办"}
DOUBTS_SHOWN, GROUPS_SHOWN = 5, 3
MANY = 0.15
"""The share of doubtful labels from which on the labelling itself is in question."""
HEADER = ("编号", "标题", "标注", "原来标的", "更像", "把握")


def figures(adapted: Adapted, base: str) -> dict[str, Any]:
    """Return what metrics.json says: plain values."""
    found: dict[str, Any] = {"base": base, "rows": len(adapted.plan.rows)}
    for task, learned in _learned(adapted):
        doubts = learned.audit
        counts = {"doubtful": len(doubts.doubts), "contradictions": len(doubts.contradictions)}
        found[task] = asdict(learned.compared) | counts
    return {"line": adapted_line(found), "adaptation": found}


def adapted_line(found: Mapping[str, Any]) -> str:
    """Return before and after in one Chinese line, as training prints it."""
    said = []
    for task, what in TASKS.items():
        if task not in found:
            continue
        before, after = found[task]["before"], found[task]["after"]
        model = "基础模型" if found[task]["before_is"] == "base" else "只用这些行训练"
        said.append(
            f"{what}前1/前3：{model} {_both(before)} → 适配后 {_both(after)}"
            f"（{found[task]['rows']} 行，{found[task]['labels']} 种）"
        )
    return "本单位历史五折交叉验证，" + "；".join(said)


def _both(accuracy: Mapping[str, float]) -> str:
    return f"{accuracy['top1']:.1%}/{accuracy['top3']:.1%}"


def adapted_card(adapted: Adapted, metrics: Mapping[str, Any]) -> str:
    found = metrics["adaptation"]
    parts = metrics["line"].partition("，")[2].split("；")
    rare = "、".join(adapted.plan.rare) or "none here"
    shown = "\n".join(f"- {part}" for part in parts)
    return CARD.format(base=found["base"], rows=found["rows"], figures=shown, rare=rare)


def warnings(adapted: Adapted) -> Iterator[str]:
    """Say in Chinese what speaks against trusting the rows, or the model that learned them."""
    yield from adapted.plan.remarks
    for task, learned in _learned(adapted):
        yield from _doubtful(TASKS[task], learned.audit)
        yield from _contradictory(TASKS[task], learned.audit)
        before, after = learned.compared.before, learned.compared.after
        if after.top1 < before.top1:
            yield f"{TASKS[task]}适配后的前1准确率比适配前低，请核对标注，或不用这个模型。"


def _learned(adapted: Adapted) -> list[tuple[str, Learned]]:
    pairs = (("topics", adapted.topics), ("lead", adapted.lead))
    return [(task, learned) for task, learned in pairs if learned is not None]


def _doubtful(what: str, audit: Audit) -> Iterator[str]:
    if not audit.doubts:
        return
    shown = "；".join(_said(doubt) for doubt in audit.doubts[:DOUBTS_SHOWN])
    more = "等" if len(audit.doubts) > DOUBTS_SHOWN else ""
    advice = "标注可能不一致，请先统一口径" if audit.share > MANY else "请核对"
    yield (
        f"有 {len(audit.doubts)} 行（{audit.share:.0%}）的{what}标注可疑，{advice}：{shown}{more}。"
    )


def _said(doubt: Doubt) -> str:
    return f"{doubt.id}《{doubt.title}》标的是“{doubt.given}”，更像“{doubt.suggested}”"


def _contradictory(what: str, audit: Audit) -> Iterator[str]:
    groups = audit.contradictions
    if not groups:
        return
    shown = "；".join(
        "、".join(f"{name}《{title}》标“{label}”" for name, title, label in group.rows[:3])
        for group in groups[:GROUPS_SHOWN]
    )
    more = "等" if len(groups) > GROUPS_SHOWN else ""
    yield f"有 {len(groups)} 组标题几乎相同的提案，{what}标得不一样：{shown}{more}。"


def doubtful_rows(adapted: Adapted) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the audit's table, under HEADER."""
    for task, learned in _learned(adapted):
        for doubt in learned.audit.doubts:
            sure = f"{doubt.confidence:.2f}"
            yield doubt.id, doubt.title, TASKS[task], doubt.given, doubt.suggested, sure
        for group in learned.audit.contradictions:
            for name, title, label in group.rows:
                others = sorted({other for _, _, other in group.rows} - {label})
                yield name, title, TASKS[task], label, "、".join(others), "标题几乎相同"
