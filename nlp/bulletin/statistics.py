"""The figures of a report: every number of its sentences that says what it counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from nlp.bulletin.document import CELL
from nlp.bulletin.folding import class_keys, settled_names
from nlp.bulletin.scoping import paragraph_matter, settled_kinds
from nlp.bulletin.sections import Section, lines, role_at, within
from nlp.bulletin.sentence import Setting, named_numbers
from nlp.bulletin.stretches import Stretches
from nlp.bulletin.tables import table_figures
from nlp.bulletin.types import Figure, Kind, Span
from nlp.text.split import sentences

_OPINIONS = (
    ("opinions.issues", re.compile(r"《?社情民意(?:信息)?》?(?:专报|简报)?(?P<n>\d+)期")),
    (
        "opinions.sent_up",
        re.compile(
            r"向(?:上级|省|全国|市)[^，。；]{0,8}(?:报送|上报)[^，。；]{0,8}?(?P<n>\d+)[篇条件]"
        ),
    ),
)
_OPENING = 60
"""Characters of a paragraph that tell which kind it counts."""
_MOST_CLASSES = 60
_MOST_OTHERS = 30
"""Other statements of a figure that are kept, so that what compares them stays short."""


@dataclass(frozen=True, slots=True)
class Found:
    """Figures by name, the first stated one each, and later ones that say otherwise."""

    figures: tuple[Figure, ...]
    contradictions: tuple[Figure, ...]
    classes: Mapping[str, str] = field(default_factory=dict)
    """Classes of topics that are counted, as the report names them, with our keys."""


def statistics(
    text: str,
    found: Sequence[Section],
    skipped: Stretches,
    kind: Kind = "proposal",
    title: str = "",
) -> Found:
    """Read the figures of a cleaned report.

    :param skipped: stretches that tell of single proposals, whose counts are no statistics.
    :param title: the report's; what the unit that it names handled is the report's own figure.
    """
    raw = settled_kinds(
        list(_all(text, found, skipped, Setting(kind=kind, own=title))), kind, title
    )
    return replace(
        _settled(settled_names(raw), found),
        classes=dict(islice(class_keys(raw).items(), _MOST_CLASSES)),
    )


def _all(
    text: str, found: Sequence[Section], skipped: Stretches, base: Setting
) -> Iterator[Figure]:
    for span in sentences(text):
        around = within(found, span.start)
        if role_at(found, span.start) in ("plans", "problems") or skipped.cover(span):
            continue
        theme = next((each.topic for each in reversed(around) if each.topic), None)
        line = text[text.rfind("\n", 0, span.start) + 1 :][:_OPENING]
        setting = replace(
            base,
            key=any(each.key for each in around),
            theme=theme,
            matter=paragraph_matter(base.own, line),
        )
        yield from _of_sentence(text, skipped.visible(span), setting)
    yield from table_figures(text, [line for line in lines(text) if not skipped.cover(line)])


def _of_sentence(text: str, span: Span, setting: Setting) -> Iterator[Figure]:
    sentence = span.of(text)
    if CELL in sentence:
        return
    for each in named_numbers(sentence, setting):
        at = Span(span.start + each.token.span.start, span.start + each.token.span.end)
        yield Figure(each.name, each.token.value, at, sentence.strip())
    for name, pattern in _OPINIONS:
        if match := pattern.search(sentence):
            at = Span(span.start + match.start("n"), span.start + match.end())
            yield Figure(name, float(match["n"]), at, sentence.strip())


def _settled(figures: Sequence[Figure], found: Sequence[Section]) -> Found:
    """Keep the first figure of each name; another value where results are told contradicts.

    Rates are told of the whole among the practices, too.
    """
    kept: dict[str, Figure] = {}
    others: dict[tuple[str, float, str], Figure] = {}
    seen: Counter[str] = Counter()
    for figure in sorted(figures, key=lambda each: each.span.start):
        first = kept.setdefault(figure.name, figure)
        if first.value == figure.value:
            continue
        if seen[figure.name] >= _MOST_OTHERS:
            continue
        role = role_at(found, figure.span.start)
        if role == "results" or (role == "practice" and figure.name.startswith("rates.")):
            seen[figure.name] += 1
            others.setdefault((figure.name, figure.value, figure.sentence), figure)
    return Found(tuple(kept.values()), tuple(others.values()))
