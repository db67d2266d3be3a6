"""The chapters on practice, problems and next steps: only what was counted, else a gap."""

from __future__ import annotations

from nlp.bulletin.draft.facts import Fact, count
from nlp.bulletin.draft.parts import Block, Sentence, Wording, gap, heading, text
from nlp.bulletin.draft.year import Item, Year


def closing(year: Year, wording: Wording) -> list[Block]:
    """Write the last three chapters and the signature."""
    practice = [Sentence(gap("办理工作的做法和成效"))]
    shared = year.chosen(lambda item: bool(item.record.cell("co")))
    if shared:
        fact = count("co_units", shared, "会办单位列不空的", label="有会办单位的")
        stated = f"明确会办单位的{wording.matter}{fact.text}件。"
        practice.insert(0, Sentence(stated, (fact,)))
    problems = [Sentence(gap("存在的问题和原因"))]
    if facts := _problems(year, wording):
        words = "、".join(f"{fact.label}{fact.text}件" for fact in facts)
        problems.insert(0, Sentence(f"据记录统计，{words}。", facts))
    return [
        heading("四、主要做法"),
        text(*practice),
        heading("五、存在问题"),
        text(*problems),
        heading("六、下一步打算"),
        text(Sentence(gap("下一步打算"))),
        Block("signature", (Sentence(gap("单位")),)),
        Block("signature", (Sentence(gap("日期")),)),
    ]


def _problems(year: Year, wording: Wording) -> tuple[Fact, ...]:
    owner = wording.owner
    late = year.chosen(_late)
    overdue = year.chosen(lambda item: _overdue(item, year.as_of))
    found = (
        count("late", late, "答复日期晚于办理时限的", label="答复超过办理时限的"),
        count("overdue", overdue, "没有答复日期、办理时限早于截至日期的", label="到期没有答复的"),
        count("pending", pending(year), "办理结果或办理状态写明在办的", label="尚在办理的"),
        count(
            "unsatisfied",
            year.among("feedback", "unsatisfied"),
            "反馈归为不满意的",
            label=f"{owner}反馈不满意的",
        ),
    )
    return tuple(fact for fact in found if fact.value)


def pending(year: Year) -> tuple[Item, ...]:
    """Return the items that the records say are still being handled."""
    return year.chosen(
        lambda item: (
            item.is_("outcome", "pending")
            or (item.is_("outcome", "") and item.is_("state", "pending"))
        )
    )


def _late(item: Item) -> bool:
    due, replied = item.days["due"], item.days["replied_on"]
    return bool(due) and due < replied


def _overdue(item: Item, as_of: str) -> bool:
    due = item.days["due"]
    closed = item.days["replied_on"] or item.is_("state", "closed", "replied")
    return not closed and "" < due < as_of
