"""The chapters on results and topics: classes with counts, shares and one example each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from nlp.bulletin.draft.basics import done, scope_name
from nlp.bulletin.draft.examples import EXAMPLE_RULE, choose, told
from nlp.bulletin.draft.facts import Fact, count, share
from nlp.bulletin.draft.parts import Block, Sentence, Wording, gap, heading, text
from nlp.bulletin.draft.status import UNKNOWN
from nlp.bulletin.draft.year import Item, Rows, Year

OUTCOMES = (
    ("solved", "已经解决或基本解决的"),
    ("planned", "列入计划、逐步解决的"),
    ("limited", "受条件限制、暂时难以解决的"),
    ("explained", "作解释说明或留作参考的"),
)
NUMERALS = "一二三四五六七八九十"


def results(year: Year, wording: Wording) -> list[Block]:
    """Write the chapter on results: each class, then the key proposals, which are in them."""
    head = heading("二、办理结果")
    handled = done(year)
    if not handled:
        return [head, text(Sentence(gap("各类办理结果的件数、占比和例子")))]
    opening = Sentence(f"按照办理结果，{wording.matter}分为以下几类。")
    blocks = [head, text(opening)]
    number = iter(NUMERALS)
    for name, words in OUTCOMES:
        if found := year.among("outcome", name):
            blocks += _class(year, wording, found, f"（{next(number)}）", (name, words))
    if year.among("outcome", ""):
        blocks.append(text(Sentence(gap("有的没有办理结果，见附表“待核”"))))
    if year.among("outcome", UNKNOWN):
        blocks.append(text(Sentence(gap("有的办理结果认不出，没有归类，见附表“待核”"))))
    return [*blocks, *_key(year, wording, number)]


def _class(
    year: Year, wording: Wording, found: Sequence[Item], lead: str, named: tuple[str, str]
) -> Iterator[Block]:
    name, words = named
    handled, matter = done(year), wording.matter
    how = f"{scope_name(year, wording)}中，办理结果归为这一类的"
    counted = count(f"outcomes.{name}", found, how)
    part = share(f"shares.{name}", found, len(handled), "这一类÷有办理结果的")
    base = f"已有结果{matter}" if year.rows is Rows.HANDLED else f"已办理{matter}"
    stated = f"{matter}所提问题{words}{counted.text}件，占{base}的{part.text}。"
    yield text(Sentence(stated, (counted, part)), lead=lead)
    example = choose(found)
    if example is None:
        yield text(Sentence(gap("这一类的例子（记录里没有可用的标题和办理摘要）")))
        return
    fact = Fact(f"examples.{name}", "例子", example.record.title, (example,), EXAMPLE_RULE)
    yield text(Sentence(told(example, wording), (fact,)))


def _key(year: Year, wording: Wording, number: Iterator[str]) -> Iterator[Block]:
    """Write what became of the key proposals, if the data say it of each."""
    chosen = year.among("key", "yes")
    if not all(item.is_("outcome", *(name for name, _ in OUTCOMES)) for item in chosen):
        return
    facts, words = [], []
    for name, label in OUTCOMES:
        found = [item for item in chosen if item.is_("outcome", name)]
        if found:
            how = "重点列为“是”、办理结果归为这一类的"
            facts.append(count(f"key_outcomes.{name}", found, how))
            words.append(f"{label.replace('、', '')}{len(found)}件")
    matter = wording.matter
    if words:
        stated = f"重点{matter}中，{'，'.join(words)}，均已计入以上各类。"
        lead = f"（{next(number)}）重点{matter}办理情况。"
        yield text(Sentence(stated, tuple(facts)), lead=lead)


def topics(year: Year, wording: Wording) -> list[Block]:
    """Write the chapter on topics, the largest first; a proposal counts under its first."""
    head = heading("三、主题分布")
    counts = Counter(class_name(item.topic) for item in year.scope if item.topic)
    if not counts:
        return [head, text(Sentence(gap("各主题的件数和占比")))]
    facts, words = [], []
    for name, _ in counts.most_common():
        found = year.chosen(lambda item, name=name: class_name(item.topic) == name)  # type: ignore[misc]
        how = f"{scope_name(year, wording)}中，第一主题是“{name}”的"
        counted = count(f"topics.{name}", found, how, label=f"主题：{name}")
        part = share(
            f"topic_shares.{name}",
            found,
            len(year.scope),
            "这一主题÷全部",
            label=f"主题占比：{name}",
        )
        facts += [counted, part]
        words.append(f"{name}类{wording.matter}{counted.text}件，占{part.text}")
    sentences = [Sentence(f"按主题分，{'；'.join(words)}。", tuple(facts))]
    if counts.total() < len(year.scope):
        sentences.append(Sentence(gap("有的没有标主题，见附表“待核”")))
    return [head, text(*sentences)]


def class_name(topic: str) -> str:
    """Return a class without the words that the sentence adds: 经济类提案 is 经济."""
    return re.sub(r"(?<=.)(?:类|方面|领域)?(?:的)?(?:提案|建议)?$", "", topic)
