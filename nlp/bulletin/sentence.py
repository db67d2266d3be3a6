"""One sentence's numbers, each with the name of the statistic that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from nlp.bulletin.around import around
from nlp.bulletin.counts import count_name, last_verb
from nlp.bulletin.folding import combined
from nlp.bulletin.labels import outcome_of, topic_of
from nlp.bulletin.numbers import Token, numbers
from nlp.bulletin.respectively import respectively, row_of
from nlp.bulletin.shares import Named, rates, share_links, share_name
from nlp.bulletin.types import Kind

_THIS_KIND = re.compile(
    r"(?:此|该|这|本|上述)(?:一)?(?:类|方面|些|领域|部分)[^，。；]{0,6}(?:提案|建议|"
    r"议案)(?:共|有|计)*$"
    r"|^(?:共)?(?:收到|提出|立案|有|涉及)?(?:相关|有关)?(?:提案|建议)(?:共|有)*$"
)
_ALL_SOLVED = re.compile(
    "(?:提案|建议)?，?(?:已|目前)?(?:全部|均|都)(?:已经?)?(?:得到|圆满)*(?:解决|采纳)"
)
_TIED = re.compile(r"分别(?:占|为)[^，。；\d]{0,12}$")
_SUM = re.compile(r"(?:合计|共计|总计|总共|全年共)[^，。；]{0,8}$")
_TOTALS = ("submitted", "filed", "handled")
_MATTERS = {"建议": "suggestion", "提案": "proposal"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a sentence from around it.

    `key`: its section is about key proposals; `theme`: the topic of its section; `kind`: whose
    figures are wanted where a sentence has both 提案 and 建议; `own`: the report's title, which
    names who reports.
    """

    key: bool = False
    theme: str | None = None
    kind: Kind = "proposal"
    own: str = ""


@dataclass(slots=True)
class _Reading:
    """A sentence as far as its numbers have been read."""

    sentence: str
    tokens: list[Token]
    setting: Setting
    found: list[Named] = field(default_factory=list)

    def read(self) -> list[Named]:
        self.found += respectively(self.sentence, self.tokens)
        taken = {each.token for each in self.found}
        self.found += [r for r in rates(self.sentence, self.tokens) if r.token not in taken]
        last: Named | None = None
        for at, token in enumerate(self.tokens):
            if any(each.token == token for each in self.found):
                last = None
                continue
            named = list(self._number(at, token, last))
            self.found += named
            last = named[-1] if named else None if token.kind == "count" else last
        return self.found

    def _number(self, at: int, token: Token, last: Named | None) -> Iterator[Named]:
        """Name a count; a percentage is the share of the count before it, or its label's."""
        place = around(self.sentence, self.tokens, at, self.setting.own)
        if token.kind == "percent":
            yield from self._shares(token, last, place.wide)
        elif last and last.token.kind == "percent" and place.wide in ("（", "，计", "，"):
            yield Named(last.name.replace("shares.", "outcomes."), token)
        else:
            name = self._theme(place.narrow) or combined(place.narrow)
            clause = re.split("[；。]", self.sentence[: token.span.start])[-1]
            name = name or count_name(place, last_verb(clause)) or self._sum(token, place.narrow)
            if name == "key" and _ALL_SOLVED.match(self.sentence, token.span.end):
                yield Named("key_outcomes.solved", token)
            if name:
                yield Named(name, token)

    def _theme(self, narrow: str) -> str | None:
        """此类提案122件 counts the topic of the section around it."""
        if self.setting.theme and _THIS_KIND.search(narrow.strip("“”")):
            return f"topics.{self.setting.theme}"
        return None

    def _sum(self, token: Token, narrow: str) -> str | None:
        """合计204件 behind parts that add up to it is the total of what they count."""
        parts = [each for each in self.found if each.token.kind == "count"]
        if not _SUM.search(narrow) or len(parts) < 2:
            return None
        for size in range(2, len(parts) + 1):
            if sum(each.token.value for each in parts[-size:]) == token.value:
                first = parts[-size]
                if first.name in _TOTALS:
                    for part in parts[-size:]:
                        if part.name == first.name:
                            at = self.found.index(part)
                            self.found[at] = Named(f"part_{part.name}", part.token)
                    return first.name
                verb = last_verb(self.sentence[: first.token.span.start])
                return verb if verb in _TOTALS else None
        return None

    def _shares(self, token: Token, last: Named | None, wide: str) -> Iterator[Named]:
        counts = [each for each in self.found if each.token.kind == "count"]
        if _TIED.search(wide):
            row = row_of(self.sentence, [t for t in self.tokens if t.span >= token.span])
            if 1 < len(row) <= len(counts):
                for count, each in zip(counts[-len(row) :], row, strict=True):
                    yield Named(share_name(count.name), each)
                return
        if last and share_links(self.sentence, last.token, token):
            yield Named(share_name(last.name), token)
        elif name := _labelled(wide):
            yield Named(name, token)


def named_numbers(sentence: str, setting: Setting) -> list[Named]:
    """Name a sentence's numbers; those that count something else are left out."""
    found = _Reading(sentence, numbers(sentence), setting).read()
    found = _own_matter(sentence, _by_system(sentence, found), setting.kind)
    found = _key_parts(found)
    return list(_scoped(sentence, sorted(found, key=lambda each: each.token.span), setting.key))


def _labelled(wide: str) -> str | None:
    """Name a percentage that no count stands before: 已解决的占93.6%."""
    label = re.split("[，；：]", wide)[-1]
    if "占" not in label:
        return None
    label = re.sub(r"(?:的)?(?:提案|建议)?占[^，。；]{0,8}$", "", label)
    if outcome := outcome_of(label):
        return f"shares.{outcome}"
    return f"topic_shares.{topic}" if (topic := topic_of(label)) else None


def _by_system(sentence: str, found: Sequence[Named]) -> list[Named]:
    """Tell the parts that several systems handle: 党委系统承办29件，政府系统承办241件."""
    parts = [
        each
        for each in found
        if each.name == "handled"
        and re.search("(?:系统|单位|法院|检察院)[^，；]{0,8}$", sentence[: each.token.span.start])
    ]
    if len(parts) < 2:
        return list(found)
    return [replace(e, name="part_handled") if e in parts else e for e in found]


def _key_parts(found: Sequence[Named]) -> list[Named]:
    """Tell the key ones of several leaders (主席督办的重点提案1件、副主席的2件) from a total.

    The total is the greatest where it stands first or adds up the others.
    """
    keys = [each for each in found if each.name == "key"]
    if len({each.token.value for each in keys}) < 2:
        return list(found)
    values = [each.token.value for each in keys]
    top = max(values)
    total = keys[values.index(top)] if values[0] == top or 2 * top == sum(values) else None
    return [replace(e, name="part_key") if e in keys and e != total else e for e in found]


def _own_matter(sentence: str, found: Sequence[Named], kind: Kind) -> list[Named]:
    """Tell 建议186件 from 提案241件 of one sentence: the other kind's gets a name of its own."""
    matters = [(each, _matter(sentence, each)) for each in found]
    made: list[Named] = []
    for each, matter in matters:
        both = any(o.name == each.name and m not in (matter, "") for o, m in matters)
        other = both and matter not in (kind, "")
        made.append(replace(each, name=f"{each.name}_of_{matter}s") if other else each)
    return made


def _matter(sentence: str, each: Named) -> str:
    if each.name not in _TOTALS:
        return ""
    before = re.split("[，；、。]", sentence[: each.token.span.start])[-1]
    met = re.findall("建议|提案", before)
    return _MATTERS[met[-1]] if met else ""


def _scoped(sentence: str, found: Sequence[Named], key: bool) -> Iterator[Named]:
    """Mark what is told of the key ones alone.

    They are told of up to the next semicolon, or further where 其中 takes them apart.
    """
    since: int | None = None
    for each in found:
        name, start = each.name, each.token.span.start
        between = sentence[since:start] if since is not None else ""
        told = key or (since is not None and ("；" not in between or "其中" in between))
        if name == "key":
            since = start
        elif name in _TOTALS:
            key, since = False, None
        elif told and name.startswith(("outcomes.", "shares.", "rates.")):
            name = f"key_{name}"
        yield Named(name, each.token)
