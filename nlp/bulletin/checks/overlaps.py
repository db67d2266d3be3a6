"""Items counted twice: key ones beside the classes that they are in, a class within another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.bulletin.checks.bases import Base
from nlp.bulletin.checks.facts import Facts, chinese
from nlp.bulletin.checks.parts import Parts
from nlp.bulletin.checks.remarks import Remark
from nlp.bulletin.sections import sections
from nlp.bulletin.types import Figure, Finding

_INSIDE = re.compile(
    r"重点[^。\n]{0,20}(?:计入|含在|包含在|包括在|列入|统计在|归入|分别在|均在|都在|已在)[^。\n]{0,30}[中内]"
)


def counted_twice(facts: Facts, parts: Parts, base: Base, total_stated: bool) -> list[Remark]:
    """Report parts that miss or pass a total by just the key ones, or by one of the classes.

    :param total_stated: the parts add up to another total of the report, so that the difference
        cannot be a class of its own.
    """
    key = facts.figure("key")
    diff = parts.total - base.value
    if key and parts.kind == "outcomes" and abs(diff) == key.value:
        inside = total_stated or _INSIDE.search(facts.text)
        return [_key_twice(parts, base, key)] if diff > 0 or inside else []
    if diff <= 0 or total_stated:
        return []
    twice = [each for each in parts.figures if each.value == diff and not facts.within(each)]
    return [_class_twice(parts, base, twice[0])] if twice else []


def _key_twice(parts: Parts, base: Base, key: Figure) -> Remark:
    diff = parts.total - base.value
    count = f"{key.value:g}"
    sign = "－" if diff > 0 else "＋"
    larger = f"{base}比各类合计{parts.total}件多出" if diff < 0 else f"各类合计比{base}多出"
    message = f"{larger}的{count}件正好是重点件，重点件已在各类之中，重复计数。"
    arithmetic = f"{parts.added()}，{parts.total}{sign}{count}＝{base.value}"
    finding = Finding("key_counted_twice", message, parts.figures[0].sentence, arithmetic)
    return Remark(finding, (*base.names, "key"), parts.figures[0].span.start)


def _class_twice(parts: Parts, base: Base, part: Figure) -> Remark:
    count = f"{part.value:g}"
    message = (
        f"{parts.label}合计比{base}多出的{count}件正好是“{chinese(part.name)}”，可能重复计数。"
    )
    arithmetic = f"{parts.added()}，{parts.total}－{count}＝{base.value}"
    finding = Finding("class_counted_twice", message, part.sentence, arithmetic)
    return Remark(finding, (*base.names, part.name), part.span.start)


def listed_beside(facts: Facts) -> Iterator[Remark]:
    """Note key items that a report lists in a row with the classes of results, as if a class."""
    key = facts.figure("key")
    classes = facts.group("outcomes")
    found = sections(facts.text)
    total = sum(each.value for each in classes)
    for section in found:
        if (
            not key
            or not section.key
            or not section.span.start <= key.span.start < section.span.end
        ):
            continue
        beside = [each for each in found if each.level == section.level and each.outcome]
        whole = facts.figure("handled")
        if len(beside) < 2 or whole is None or whole.value != total:
            continue
        message = (
            f"重点件{key.value:g}件与各类结果并列，但已含在各类合计的{total:g}件之内，宜写明。"
        )
        added = f"{'＋'.join(f'{each.value:g}' for each in classes)}＝{total:g}"
        finding = Finding("key_beside", message, key.sentence, added)
        yield Remark(finding, ("key",), key.span.start)
        return
