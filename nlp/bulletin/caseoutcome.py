"""What became of a case, where the report states it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.bulletin.folding import folded_outcome
from nlp.bulletin.labels import outcome_of
from nlp.bulletin.sections import Section, within
from nlp.bulletin.types import Span

_STATED = re.compile(
    r"(?:^|[\n，。；])\s*(?:办理|答复|落实)(?:结果|情况|类别|类型|状态)[：:]\s*(?P<is>[^\n，。；]{1,24})"
)
_EXAMPLE = re.compile(r"如|其中|包括")


def case_outcome(text: str, title: Span, reply: Span, found: Sequence[Section]) -> str | None:
    """Return what the case's own line, its section or the class before 如《…》 states.

    :param title: with the marks around it; `reply`: where the report tells of the case.
    """
    if labelled := _STATED.search(reply.of(text)[:200]):
        stated = labelled["is"].strip()
        if raw := outcome_of(f"{stated}类" if re.fullmatch("[A-D甲乙丙丁]", stated) else stated):
            return folded_outcome(raw)
    around = [s for s in within(found, title.start) if s.outcome]
    raw = around[-1].outcome if around else _stated_before(text, title)
    return folded_outcome(raw)


def _stated_before(text: str, title: Span) -> str | None:
    """Return the class of which the line gives the case as an example: …的118件，如《…》."""
    line = text.rfind("\n", 0, title.start) + 1
    before = re.sub(r"[《“][^》”]*[》”]", "", text[line : title.start])
    stated: str | None = None
    for clause in re.split("[。；]", before):
        counted = re.findall(r"[\d百十零一二三四五六七八九]+[件条篇份]", clause)
        head = re.split(
            r"[\d百十零一二三四五六七八九]+[件条篇份]|[，：]?(?:比如|例如|如|有|包括)", clause
        )[0]
        outcome = outcome_of(head)
        if len(counted) > 1:
            stated = None
        elif outcome and (counted or _EXAMPLE.search(clause[len(head) :][:4])):
            stated = outcome
    tail = re.split("[。；]", before)[-1]
    return stated if stated and _EXAMPLE.search(tail) else None
