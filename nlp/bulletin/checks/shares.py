"""Shares against counts: 118 of 174 is 67.8 %."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.bulletin.checks.bases import Base, bases, share_base
from nlp.bulletin.checks.facts import Facts, chinese
from nlp.bulletin.checks.remarks import Remark
from nlp.bulletin.checks.rounding import Share, as_printed, follows, forced
from nlp.bulletin.types import Figure, Finding

_GROUPS = ("shares", "key_shares", "topic_shares")
_OUTCOMES = frozenset({"solved", "solving", "partly", "planned", "limited", "explained"})
_OF_RECEIVED = frozenset({"filed", "refused", "transferred", "transferred_opinions", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Pair:
    """A share figure with the count it is the share of."""

    count: Figure
    share: Figure
    fact: Share


def shares(facts: Facts) -> Iterator[Remark]:
    """Check every group of shares against one base, and totals of shares without counts."""
    for group in _groups(facts):
        pairs = [pair for each in group if (pair := _pair(facts, each))]
        found = list(_against_counts(facts, pairs))
        yield from found
        if not found and len(pairs) < len(group):
            yield from _total(facts, group)


def _groups(facts: Facts) -> list[list[Figure]]:
    """Group the shares that divide one whole; the others stand alone."""
    found: dict[str, list[Figure]] = {}
    for prefix in _GROUPS:
        for figure in facts.group(prefix):
            found.setdefault(_whole(facts, prefix, figure), []).append(figure)
    return list(found.values())


def _whole(facts: Facts, prefix: str, figure: Figure) -> str:
    last = figure.name.partition(".")[2]
    if last in _OUTCOMES and prefix != "topic_shares":
        return f"{prefix}.outcomes"
    if prefix == "topic_shares" or facts.figure(f"topics.{last}"):
        return "topics"
    return "sources" if last.startswith("by_") else figure.name


def _pair(facts: Facts, share: Figure) -> Pair | None:
    """Find a share's count, in its own sentence first."""
    prefix, _, last = share.name.partition(".")
    names = {
        "shares": (f"outcomes.{last}", f"topics.{last}", last),
        "key_shares": (f"key_outcomes.{last}",),
        "topic_shares": (f"topics.{last}",),
    }[prefix]
    found = [each for name in names for each in facts.stated(name)]
    sentence = facts.sentence(share.span.start)
    near = [each for each in found if sentence.start <= each.span.start < sentence.end]
    before = [each for each in near if each.span.start < share.span.start]
    count = before[-1] if before else (near or found)[0] if found else None
    if count is None or count.value < 1:
        return None
    fact = Share(int(count.value), share.value, facts.decimals(share), facts.rough(share))
    return Pair(count, share, fact)


def _against_counts(facts: Facts, pairs: Sequence[Pair]) -> Iterator[Remark]:
    if not pairs:
        return
    named = _named_bases(facts, pairs)
    for base in named:
        if not _misfits(pairs, base.value):
            yield from _claimed_otherwise(facts, pairs, base)
            return
    if not named or any(not _misfits(pairs, value) for value in _unnamed(facts, pairs, named)):
        return
    best = min(named, key=lambda base: len(_misfits(pairs, base.value)))
    for pair in _misfits(pairs, best.value):
        yield _wrong(facts, pair, best)


def _misfits(pairs: Sequence[Pair], base: int) -> list[Pair]:
    if forced([pair.fact for pair in pairs], base):
        return []
    return [pair for pair in pairs if not follows(pair.fact, base)]


def _named_bases(facts: Facts, pairs: Sequence[Pair]) -> list[Base]:
    """Return the totals that the pairs may be shares of, the likeliest first."""
    largest = max(pair.fact.count for pair in pairs)
    total = Base(sum(pair.fact.count for pair in pairs), "各类合计")
    name = pairs[0].share.name
    if name.startswith("key_"):
        key = [Base(int(each.value), "重点件", ("key",)) for each in facts.stated("key")]
        return [*key, total] if len(pairs) > 1 else key
    found = [base for base in bases(facts) if base.value >= largest]
    if name.partition(".")[2] in _OF_RECEIVED and not name.startswith("topic"):
        return [base for base in found if base.names == ("submitted",)]
    claimed = share_base(facts, pairs[0].share)
    found.sort(key=lambda base: (not set(base.names) & set(claimed), base.value != total.value))
    return [*found, total] if len(pairs) > 1 else found


def _unnamed(facts: Facts, pairs: Sequence[Pair], named: Sequence[Base]) -> list[int]:
    """Return other numbers that may be the base.

    For two shares and more those of the text, else those of the sentence and the one before.
    """
    largest = max(pair.fact.count for pair in pairs)
    sentence = facts.sentence(pairs[0].share.span.start)
    spans = [span for span in (sentence, facts.before(sentence)) if span]
    near = [each for span in spans for each in facts.numbers_in(span)]
    counts = {
        int(each.value) for each in (facts.numbers if len(pairs) > 1 else near) if not each.percent
    }
    return sorted(value for value in counts - {base.value for base in named} if value > largest)


def _claimed_otherwise(facts: Facts, pairs: Sequence[Pair], fits: Base) -> Iterator[Remark]:
    """Report shares of the received that are said to be shares of the filed."""
    share = pairs[0].share
    claimed = share_base(facts, share)
    stated = [each for name in claimed for each in facts.stated(name)]
    if not claimed or not stated or not fits.names or set(fits.names) & set(claimed):
        return
    if any(not _misfits(pairs, int(each.value)) for each in stated):
        return
    base = int(stated[0].value)
    label = chinese(stated[0].name)
    pair = _misfits(pairs, base)[0]
    true = as_printed(pair.fact.count, base, pair.fact.decimals)
    yield _remark(
        facts,
        "share_other_base",
        [pair],
        f"占比按{fits}算出，文中写的是占{label}{base}件。",
        f"{pair.fact.count}÷{base}＝{true}，{pair.fact.count}÷{fits.value}"
        f"＝{as_printed(pair.fact.count, fits.value, pair.fact.decimals)}，"
        f"文中为{facts.printed(pair.share)}",
    )


def _wrong(facts: Facts, pair: Pair, base: Base) -> Remark:
    count = pair.fact.count
    true = as_printed(count, base.value, pair.fact.decimals)
    printed = facts.printed(pair.share)
    return _remark(
        facts,
        "share_wrong",
        [pair],
        f"“{chinese(pair.share.name)}”{count}件占{base}的{true}，文中写{printed}。",
        f"{count}÷{base.value}＝{true}，文中为{printed}",
    )


def _remark(
    facts: Facts, code: str, pairs: Sequence[Pair], message: str, arithmetic: str
) -> Remark:
    share = pairs[0].share
    finding = Finding(code, message, share.sentence, arithmetic)
    return Remark(finding, tuple(pair.share.name for pair in pairs), share.span.start)


def _total(facts: Facts, group: Sequence[Figure]) -> Iterator[Remark]:
    """Report shares that total too much, or too little where the classes are all there."""
    slack = facts.slack(group)
    total = round(sum(each.value for each in group), 4)
    others = [each for each in facts.unread(facts.rows_around(group)) if each.percent]
    too_much = total > 100 + slack / 2
    too_little = not others and _complete(group) and total < 100 - slack
    if len(group) < 2 or not (too_much or too_little):
        return
    finding = Finding(
        "share_total",
        f"各类占比合计{total:g}%，不是100%。",
        group[0].sentence,
        f"{'＋'.join(facts.printed(each) for each in group)}＝{total:g}%",
    )
    yield Remark(finding, tuple(each.name for each in group), group[0].span.start)


def _complete(group: Sequence[Figure]) -> bool:
    last = {each.name.partition(".")[2] for each in group}
    named = {"solved", "planned"} <= last and last & {"limited", "explained"}
    return bool(named or last & {"其他", "其它"} or {"by_members", "by_groups"} <= last)
