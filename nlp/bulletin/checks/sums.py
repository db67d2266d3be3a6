"""Sums of parts against the total that they divide: received, filed, after merging, handled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.bulletin.checks.bases import Base, Claim, bases, claim, unnamed_totals
from nlp.bulletin.checks.facts import Facts, chinese
from nlp.bulletin.checks.overlaps import counted_twice
from nlp.bulletin.checks.parts import Parts, all_parts, subset_totals
from nlp.bulletin.checks.remarks import Remark
from nlp.bulletin.checks.undone import undone
from nlp.bulletin.types import Finding, Span

_FAR = 0.3
"""A sum that is off by more than this part of a total is hardly meant to be that total."""
_HALVES = (
    ("in_session", "out_of_session"),
    ("led", "co_handled"),
    ("by_joint", "by_individuals"),
)
_REST = re.compile(r"\s*(?:另|其余|其它|其他|此外|还有|剩余|余下)")


def sums(facts: Facts) -> Iterator[Remark]:
    """Check each group of parts against the total it claims, else against those stated."""
    for parts in all_parts(facts):
        stated = bases(facts)
        claimed = claim(facts, parts.figures)
        if parts.kind == "key_outcomes":
            yield from _of_key(facts, parts)
        elif claimed:
            yield from _claimed(facts, parts, claimed, stated)
        else:
            yield from _unclaimed(facts, parts, stated)


def splits(facts: Facts) -> Iterator[Remark]:
    """Note halves (in and out of session, led and co-handled) that make no total."""
    wholes = [each.value for each in bases(facts)]
    for one, two in _HALVES:
        first, second = facts.figure(one), facts.figure(two)
        if (
            not first
            or not second
            or facts.sentence(first.span.start) != facts.sentence(second.span.start)
        ):
            continue
        parts = Parts("halves", "两类", (first, second), (), False)
        near = [whole for whole in wholes if abs(whole - parts.total) <= _FAR * whole]
        if near and parts.total not in wholes and not facts.states(parts.total):
            whole = min(near, key=lambda each: abs(each - parts.total))
            if _explained(facts, parts, whole):
                continue
            label = "、".join(chinese(each.name) for each in parts.figures)
            message = f"{label}合计{parts.total}件，与总数{whole}件不符。"
            yield _remark(parts, "halves_off", message, f"{parts.added()}，总数{whole}件")


def _of_key(facts: Facts, parts: Parts) -> Iterator[Remark]:
    key = facts.figure("key")
    if key and parts.largest <= key.value < parts.total:
        yield _off(parts, Base(int(key.value), "重点件", ("key",)), "sum_exceeds")


def _claimed(facts: Facts, parts: Parts, claimed: Claim, stated: list[Base]) -> Iterator[Remark]:
    base = claimed.base
    if parts.total == base.value:
        return
    others = [each for each in stated if each.value == parts.total and each.names]
    if twice := counted_twice(facts, parts, base, bool(others)):
        yield from twice
    elif _explained(facts, parts, base.value):
        return
    elif others:
        yield _other_base(parts, claimed, others[0])
    elif claimed.sure or not facts.states(parts.total):
        yield from _mismatch(facts, parts, claimed, bound=True)


def _unclaimed(facts: Facts, parts: Parts, stated: list[Base]) -> Iterator[Remark]:
    """Accept any total that the report states; else compare with the usual one."""
    usual = _usual(facts, parts)
    if usual is None or usual.value == parts.total:
        return
    others = any(each.value == parts.total for each in stated)
    if twice := counted_twice(facts, parts, usual, others):
        yield from twice
    elif not (others or facts.states(parts.total) or _explained(facts, parts, usual.value)):
        yield from _mismatch(facts, parts, Claim(usual, False), bound=False)


def _usual(facts: Facts, parts: Parts) -> Base | None:
    """Return the total that such parts most often divide, of those that can hold them."""
    for name in parts.whole:
        for figure in facts.stated(name):
            if figure.value >= parts.largest:
                return Base(int(figure.value), chinese(name), (name,))
    return next((base for base in unnamed_totals(facts) if base.value >= parts.largest), None)


def _explained(facts: Facts, parts: Parts, base: int) -> bool:
    """Tell whether some of the parts alone, or numbers beside them, make the total."""
    if parts.kind == "sources" and base in subset_totals(parts.figures):
        return True
    short = base - parts.total
    if short > 0:
        key = facts.stated("key") if parts.kind == "outcomes" else []
        beside = [*_beside(facts, parts), *(int(each.value) for each in key)]
        pairs = {a + b for at, a in enumerate(beside) for b in beside[at + 1 :]}
        if short in {*beside, *pairs, sum(beside)}:
            return True
        return parts.kind == "outcomes" and short in undone(facts)
    return any(each.value == -short and facts.within(each) for each in parts.figures)


def _beside(facts: Facts, parts: Parts) -> list[int]:
    """Return the counts that stand with the parts, read as another figure or not at all."""
    spans = facts.rows_around(parts.figures)
    last = spans[-1]
    after = facts.sentence(last.end) if last.end < len(facts.text) else last
    if _REST.match(after.of(facts.text)):
        spans.append(after)
    own = {each.span.start for each in parts.figures}
    found = {n.span: n for span in spans for n in facts.numbers_in(span) if not n.percent}
    return [
        int(n.value) for n in found.values() if not _holds(n.span, own) and n.value < parts.total
    ]


def _holds(span: Span, starts: set[int]) -> bool:
    return any(span.start <= start < span.end for start in starts)


def _mismatch(facts: Facts, parts: Parts, claimed: Claim, *, bound: bool) -> Iterator[Remark]:
    """Report a sum that no total fits.

    :param bound: the report itself ties the parts to a total, so that known classes are all.
    """
    base = claimed.base
    diff = parts.total - base.value
    if not claimed.sure and abs(diff) > _FAR * base.value:
        if diff > 0 or parts.complete:
            yield _off(parts, base, "sum_far_off")
    elif diff > 0:
        yield _off(parts, base, "sum_exceeds")
    else:
        open_end = any(not n.percent for n in facts.unread(facts.rows_around(parts.figures)))
        whole = parts.complete or (parts.known and bound)
        yield _off(parts, base, "sum_short" if whole and not open_end else "sum_rest")


def _other_base(parts: Parts, claimed: Claim, other: Base) -> Remark:
    base = claimed.base
    arithmetic = f"{parts.added()}，{other}，{base}"
    message = f"{parts.label}合计{parts.total}件，等于{other.label}，不等于文中所说的{base}。"
    if claimed.sure:
        return _remark(parts, "sum_other_base", message, arithmetic)
    message = f"{parts.label}合计{parts.total}件，等于{other.label}，不是紧接在前的{base}，宜写明。"
    return _remark(parts, "sum_base_unclear", message, arithmetic)


def _off(parts: Parts, base: Base, code: str) -> Remark:
    diff = parts.total - base.value
    if code == "sum_rest":
        message = f"{parts.label}合计{parts.total}件，{base}，其余{-diff}件没有说明。"
    else:
        more = f"多{diff}件" if diff > 0 else f"少{-diff}件"
        message = f"{parts.label}合计{parts.total}件，比{base}{more}。"
    return _remark(parts, code, message, f"{parts.added()}，{base}")


def _remark(parts: Parts, code: str, message: str, arithmetic: str) -> Remark:
    first = parts.figures[0]
    return Remark(Finding(code, message, first.sentence, arithmetic), parts.names, first.span.start)
