"""Of what a sentence's numbers are told: the whole, a part, the other kind, the key ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nlp.bulletin.shares import Named
from nlp.bulletin.types import Figure, Kind

_TOTALS = ("submitted", "filed", "handled")
_OTHER_KIND: dict[Kind, str] = {"proposal": "suggestion", "suggestion": "proposal"}
_NAMED_MATTER = re.compile("(?<!意见)建议(?!意见)|提案(?!人|者|委)")
_OF_OTHERS: dict[Kind, re.Pattern[str]] = {
    "proposal": re.compile("(?:代表|人大)[^，。；]{0,4}建议[^，。；提]{0,8}$"),
    "suggestion": re.compile("(?:委员|政协)[^，。；]{0,4}提案[^，。；建]{0,8}$"),
}
_YEAR = re.compile(r"(20\d\d)年(?!\d|以来|[至到])[^，。；]{0,12}$")
_FARTHEST = 300
"""Characters before a count that may name what it counts."""
_MATTERS = {"建议": "suggestion", "提案": "proposal"}
_BOTH = re.compile(
    "建议(?:和|、|及|与|以及)?(?:政协|委员)?提案|提案(?:和|、|及|与|以及)?(?:人大|代表)?建议"
)
_PART = re.compile(
    r"(?P<part>(?:主办|独办|单办|会办|协办|分办|参与办理|牵头办理)(?:件|提案|建议)|"
    r"(?:委员|个人|联名|集体|党派|党派团体|界别|团体)(?:个人)?提案|"
    r"(?:全国|省|市|区|县|州|自治区)(?:政协|人大)|(?:大会|会议|闭会|平时)期?间?(?=提案|建议))[^，。；]{0,16}$"
)
"""Whose rate it is: 主办件满意率, 省政协提案办复率."""


_BOTH_TITLE = re.compile(
    "(?:代表|人大)[^，。]{0,6}建议[^，。]{0,6}提案|提案[^，。]{0,6}(?:代表|人大)[^，。]{0,4}建议|"
    "(?<!意见)建议[和、及与]?提案"
)
_OPENING = re.compile(
    r"\s*[^，。；：]{0,12}?(?P<is>建议|提案)[^，。；：]{0,6}?[\d一二三四五六七八九十百零〇]+件"
)
_OF_ONE = ("outcomes.", "shares.", "rates.", "by_", "key")


def paragraph_matter(title: str, line: str) -> str:
    """Return the one kind that a paragraph counts (政协提案289件，…) in a report on both, or ""."""
    opening = _OPENING.match(line) if _BOTH_TITLE.search(title) else None
    return "" if opening is None or _BOTH.search(opening.group()) else _MATTERS[opening["is"]]


def settled_kinds(found: Sequence[Figure], kind: Kind, title: str) -> list[Figure]:
    """Take the figures of `kind` for a report on both whose total it does not state."""
    if not _BOTH_TITLE.search(title) or any(each.name in _TOTALS for each in found):
        return list(found)
    return [replace(each, name=each.name.removesuffix(f"_of_{kind}s")) for each in found]


def told_apart(
    sentence: str, found: Sequence[Named], kind: Kind, title: str, *, key: bool, matter: str = ""
) -> Iterator[Named]:
    """Give the numbers that are not told of the whole report's matter names of their own.

    :param key: the sentence's section is about key proposals.
    :param matter: the one kind that the paragraph is about (`paragraph_matter`).
    """
    kept = [each for each in found if not _of_another_year(sentence, each, title)]
    kept = _own_matter(sentence, _by_system(sentence, kept), kind, title)
    kept = _of_parts(sentence, _key_parts(kept), title)
    for each in _scoped(sentence, sorted(kept, key=lambda each: each.token.span), key):
        of_one = matter and each.name.startswith(_OF_ONE) and "_of_" not in each.name
        yield replace(each, name=f"{each.name}_of_{matter}s") if of_one else each


def _of_parts(sentence: str, found: Sequence[Named], title: str) -> list[Named]:
    """Tell rates of several parts (主办件100%，会办件98%) from the rate of all.

    The part that the title names is the report's own.
    """
    parts = {id(each): _part(sentence, each) for each in found if each.name.startswith("rates.")}
    told: dict[str, set[str]] = {}
    for each in found:
        if part := parts.get(id(each)):
            told.setdefault(each.name, set()).add(part)
    return [
        replace(each, name=f"{each.name}_of_part")
        if len(told.get(each.name, ())) > 1 and (part := parts.get(id(each))) and part not in title
        else each
        for each in found
    ]


def _part(sentence: str, each: Named) -> str:
    before = re.split("[，；。]|[%％]", sentence[: each.token.span.start])[-1]
    found = _PART.search(before)
    return found["part"] if found else ""


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


def _own_matter(sentence: str, found: Sequence[Named], kind: Kind, title: str) -> list[Named]:
    """Tell 建议186件 from 提案241件 of one sentence: the other kind's gets a name of its own."""
    matters = [(each, _matter(sentence, each)) for each in found]
    met: dict[str, set[str]] = {}
    for each, matter in matters:
        met.setdefault(each.name, set()).add(matter)
    made: list[Named] = []
    for each, matter in matters:
        both = bool(met[each.name] - {matter, ""})
        other = (both and matter not in (kind, "")) or _of_other_kind(sentence, each, kind)
        if matter == "both" and kind not in met[each.name]:
            other = False
        if _BOTH_TITLE.search(title) and each.name in _TOTALS:
            other = matter in _OTHER_KIND
        whose = "both" if matter == "both" else f"{matter or _OTHER_KIND[kind]}s"
        made.append(replace(each, name=f"{each.name}_of_{whose}") if other else each)
    return made


def _of_other_kind(sentence: str, each: Named, kind: Kind) -> bool:
    """Tell 代表建议满意率, or 建议中已解决60件 behind 提案中…, in a report on proposals."""
    if each.name.startswith(("outcomes.", "shares.", "topics.")):
        *earlier, part = re.split("[；。]", sentence[: each.token.span.start])
        told = {_MATTERS[word] for word in _NAMED_MATTER.findall(part)}
        before = {_MATTERS[word] for word in _NAMED_MATTER.findall("；".join(earlier))}
        return told == {_OTHER_KIND[kind]} and kind in before
    if not each.name.startswith("rates."):
        return False
    return _OF_OTHERS[kind].search(sentence[: each.token.span.start]) is not None


def _of_another_year(sentence: str, each: Named, title: str) -> bool:
    """Tell 2022年满意率97% in a report whose title names another year."""
    if not each.name.startswith("rates."):
        return False
    told, own = _YEAR.search(sentence[: each.token.span.start]), re.search(r"20\d\d(?=年)", title)
    return told is not None and own is not None and told[1] != own.group()


def _matter(sentence: str, each: Named) -> str:
    if each.name.startswith("rates."):
        part = re.split("[；。]", sentence[: each.token.span.start])[-1]
        met = _NAMED_MATTER.findall(part)
        return _MATTERS[met[-1]] if met else ""
    if each.name not in _TOTALS:
        return ""
    lead = sentence[max(0, each.token.span.start - _FARTHEST) : each.token.span.start]
    before = re.split("[，；、。]", lead)[-1]
    if _BOTH.search(before) or _BOTH.search(lead[-12:]):
        return "both"
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
