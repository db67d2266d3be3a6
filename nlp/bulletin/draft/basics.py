"""The chapter 基本情况: received, filed, by whom, key ones, rates up to a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from nlp.bulletin.draft.facts import Fact, count, share
from nlp.bulletin.draft.parts import Block, Sentence, Wording, gap, heading, text
from nlp.bulletin.draft.status import UNKNOWN
from nlp.bulletin.draft.year import Item, Rows, Year

_NOT_FILED = (
    ("merged", "并案"),
    ("transferred", "转为意见建议"),
    ("transferred_opinions", "转为社情民意"),
    ("refused", "不予立案"),
    ("withdrawn", "撤回"),
    ("reviewing", "正在审查"),
)
Units = Callable[[str], tuple[str, ...]]
"""Names the units of a cell, each in one form."""


def basics(year: Year, wording: Wording, units: Units) -> list[Block]:
    """Write the chapter; what the data do not say becomes a gap."""
    first = [*_received(year, wording), *_sources(year, wording), *_not_filed(year)]
    first += [*_key(year, wording), *_units(year, units)]
    return [heading("一、基本情况"), text(*first), text(*_progress(year, wording))]


def scope_name(year: Year, wording: Wording) -> str:
    """Name what is counted from here on: 立案的提案, or all rows."""
    return f"立案的{wording.matter}" if "filing" in year.present else "记录里的各件"


def _received(year: Year, wording: Wording) -> Iterator[Sentence]:
    matter, items = wording.matter, year.items
    if "filing" in year.present:
        yield from _filed(year, matter)
    elif year.rows is Rows.RECEIVED:
        fact = count("submitted", items, "记录里没有立案情况，全部各件都算收到的")
        filed = f"，立案{gap()}件" if year.kind == "proposal" else ""
        yield Sentence(f"共收到{matter}{fact.text}件{filed}。", (fact,))
    elif year.rows is Rows.FILED:
        fact = count("filed", items, "按 --rows filed，全部各件都算立案的")
        yield Sentence(f"共立案{matter}{fact.text}件。", (fact,))
    else:
        fact = count("handled", items, "按 --rows handled，全部各件都算交办的")
        yield Sentence(f"共承办{matter}{fact.text}件。", (fact,))


def _filed(year: Year, matter: str) -> Iterator[Sentence]:
    every = count("submitted", year.items, "记录里的各件，一件算一次")
    filed = count("filed", year.scope, "立案情况为“立案”的")
    rate = share("shares.filed", year.scope, len(year.items), "立案件数÷收到件数")
    yield Sentence(
        f"共收到{matter}{every.text}件，立案{filed.text}件，立案率{rate.text}。",
        (every, filed, rate),
    )


def _not_filed(year: Year) -> Iterator[Sentence]:
    """Tell what became of the others, where the data say what was filed."""
    if "filing" not in year.present:
        return
    others: list[Fact] = []
    words: list[str] = []
    for key, word in _NOT_FILED:
        found = [item for item in year.items if item.is_("filing", key)]
        if found:
            others.append(count(key, found, f"立案情况归为“{word}”的", label=word))
            words.append(f"{word}{len(found)}件")
    if others:
        yield Sentence(f"未单独立案的，{'、'.join(words)}。", tuple(others))
    if any(item.is_("filing", "", UNKNOWN) for item in year.items):
        yield Sentence(gap("有的没有填立案情况或认不出，见附表“待核”"))


def _sources(year: Year, wording: Wording) -> Iterator[Sentence]:
    parts = (
        (
            ("by_members", "委员提案{}件", ("individual", "joint")),
            ("by_groups", "集体提案{}件", ("group", "delegation")),
        )
        if year.kind == "proposal"
        else (
            ("by_individuals", "代表个人提出的{}件", ("individual",)),
            ("by_joint", "代表联名提出的{}件", ("joint",)),
            ("by_delegations", "代表团提出的{}件", ("delegation", "group")),
        )
    )
    of = scope_name(year, wording)
    facts = [
        (count(name, year.among("source", *classes), f"{of}中，提案人类别归为这一类的"), form)
        for name, form, classes in parts
    ]
    stated = [(fact, form.format(fact.text)) for fact, form in facts if fact.value]
    if not stated:
        yield Sentence(f"其中，{'、'.join(form.format(gap()) for _, form in facts)}。")
        return
    yield Sentence(
        f"其中，{'、'.join(words for _, words in stated)}。", tuple(fact for fact, _ in stated)
    )
    if not year.complete("source", year.scope):
        yield Sentence(gap("有的没有填提案人类别或认不出，见附表“待核”"))


def _key(year: Year, wording: Wording) -> Iterator[Sentence]:
    if "key" not in year.present:
        yield Sentence(f"确定重点{wording.matter}{gap()}件。")
        return
    fact = count("key", year.among("key", "yes"), "重点列为“是”的；空白算不是")
    if fact.value:
        yield Sentence(f"确定重点{wording.matter}{fact.text}件。", (fact,))
    if year.among("key", UNKNOWN):
        yield Sentence(gap("有的认不出是不是重点，见附表“待核”"))


def _units(year: Year, units: Units) -> Iterator[Sentence]:
    held = {item.key: units(item.record.cell("lead")) for item in year.scope}
    names = list(dict.fromkeys(name for each in held.values() for name in each))
    if not names:
        yield Sentence(f"由{gap()}个单位承办。")
        return
    items = tuple(item for item in year.scope if held[item.key])
    how = f"主办单位列里不同的单位：{'、'.join(names)}"
    fact = Fact("handling_units", "承办单位", len(names), items, how)
    yield Sentence(f"由{fact.text}个单位承办。", (fact,))
    if len(items) < len(year.scope):
        yield Sentence(gap("有的没有填主办单位，见附表“待核”"))


def done(year: Year) -> tuple[Item, ...]:
    """Return the items in scope that have a result, known to us or not."""
    return year.chosen(lambda item: not item.is_("outcome", "", "pending"))


def _progress(year: Year, wording: Wording) -> Iterator[Sentence]:
    facts: list[Fact] = []
    words = []
    if year.as_of:
        facts.append(Fact("as_of", "截至日期", year.as_of, (), "由 --as-of 给出"))
    handled = done(year)
    stated = "filing" not in year.present and year.rows is Rows.HANDLED
    if handled and not stated:
        facts.append(count("handled", handled, f"{scope_name(year, wording)}中，有办理结果的"))
        words.append(f"已办理{wording.matter}{len(handled)}件")
    elif not stated:
        words.append(f"已办理{wording.matter}{gap()}件")
    for name, fact in _rates(year, wording):
        words.append(f"{name}{fact.text if fact else gap()}")
        facts += [fact] if fact else []
    yield Sentence(f"截至{_day(year.as_of)}，{'，'.join(words)}。", tuple(facts))


def _day(iso: str) -> str:
    if not iso:
        return gap("日期")
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{year}年{month}月{day}日"


def _rates(year: Year, wording: Wording) -> Iterator[tuple[str, Fact | None]]:
    """Yield each rate's name with its fact, None where the data do not give it whole.

    A rate is not given while a row is blank or in words that we do not know: it would be a
    guess. A missing day of reply, though, means that there was none.
    """
    scope, of = year.scope, scope_name(year, wording)
    yield "面商率", _rate(year, "consulted", "met", ("yes",), f"面商的÷{of}")
    if "replied_on" in year.present and scope:
        dated = year.chosen(lambda item: bool(item.days["replied_on"]))
        yield "办复率", share("rates.replied", dated, len(scope), f"有答复日期的÷{of}")
    else:
        how = f"办理状态为办结或已答复的÷{of}"
        yield "办复率", _rate(year, "replied", "state", ("closed", "replied"), how)
    if year.among("state", "closed") and not year.among("state", "replied"):
        closed = _rate(year, "closed", "state", ("closed",), f"办理状态为办结的÷{of}")
        if closed:
            yield "办结率", closed
    yield _satisfied(year)


def _rate(year: Year, name: str, role: str, classes: Sequence[str], how: str) -> Fact | None:
    scope = year.scope
    if role not in year.present or not scope or not year.complete(role, scope):
        return None
    return share(f"rates.{name}", year.among(role, *classes), len(scope), how)


def _satisfied(year: Year) -> tuple[str, Fact | None]:
    """Return the satisfied among those who answered; the name says if 基本满意 counts too."""
    answered = year.chosen(lambda item: not item.is_("feedback", ""))
    basically = year.among("feedback", "basically")
    name = "满意和基本满意率" if basically else "满意率"
    if not answered or not year.complete("feedback", answered):
        return name, None
    content = year.among("feedback", "satisfied", "basically")
    how = f"{name.removesuffix('率')}的÷已反馈意见的"
    return name, share("rates.satisfied", content, len(answered), how, label=name)
