"""What became of a case, where the report states it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from nlp.bulletin.folding import folded_outcome
from nlp.bulletin.labels import outcome_of
from nlp.bulletin.sections import Section, within
from nlp.bulletin.types import Span
from nlp.bulletin.verdicts import verdict_in_line, verdict_in_prose

_COUNTED = re.compile(r"[\d百十零一二三四五六七八九]+[件条篇份]")
_HEAD_END = re.compile(rf"{_COUNTED.pattern}|[，：]?(?:比如|例如|如|有|包括)")
_EXAMPLE = re.compile(r"如|其中|包括")


def case_outcome(text: str, title: Span, reply: Span, found: Sequence[Section]) -> str | None:
    """Return what the case's own line, its section or the class before 如《…》 states.

    :param title: with the marks around it; `reply`: where the report tells of the case.
    """
    around = [s for s in within(found, title.start) if s.outcome]
    raw = verdict_in_line(reply.of(text))
    raw = raw or (around[-1].outcome if around else _stated_before(text, title))
    return folded_outcome(raw or verdict_in_prose(reply.of(text)))


def _stated_before(text: str, title: Span) -> str | None:
    """Return the class of which the line gives the case as an example: …的118件，如《…》."""
    line = text.rfind("\n", 0, title.start) + 1
    before = re.sub(r"[《“][^》”]*[》”]", "", text[line : title.start])
    clauses = re.split("[。；]", before)
    if not _EXAMPLE.search(clauses[-1]):
        return None
    stated: str | None = None
    for clause in clauses:
        counted = _COUNTED.findall(clause)
        head = _HEAD_END.split(clause, maxsplit=1)[0]
        outcome = _class_of(head)
        if len(counted) > 1:
            stated = None
        elif outcome and (counted or _EXAMPLE.search(clause[len(head) :][:4])):
            stated = outcome
    return stated


@lru_cache(maxsize=64)
def _class_of(head: str) -> str | None:
    return outcome_of(head)
