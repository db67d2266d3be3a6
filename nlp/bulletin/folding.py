"""From what a report counts to the names of the contract: classes folded, topics keyed."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from nlp.bulletin.labels import topic_name
from nlp.bulletin.types import Figure
from nlp.bulletin.vocabulary import vocabulary

_PLAIN = frozenset(
    "submitted filed merged refused transferred handled key merged_with_key by_members "
    "by_groups".split()
)
_OUTCOMES = frozenset("solved planned limited explained".split())
_RATES = frozenset("consulted replied closed satisfied adopted unsatisfied".split())
_GROUPS = {"outcomes": _OUTCOMES, "key_outcomes": _OUTCOMES, "rates": _RATES}
_STANDS_FOR = (
    ("closed", "handled"),
    ("by_individuals", "by_members"),
    ("transferred_opinions", "transferred"),
)
"""Counts that are taken for another where the report does not state that one."""
_BOTH = "planned_both"
_COMBINED = re.compile(
    r"(?:解决|采纳|落实)[^，。；]*(?:和|、|与|及)[^，。；]*(?:合计|共计|两类|合并)[^，。；]{0,4}$"
)


def combined(narrow: str) -> str | None:
    """Name a count that sums up two classes: 部分采纳和列入计划的合计37件."""
    if _COMBINED.search(narrow) and re.search("计划|规划|正在", narrow):
        return f"outcomes.{_BOTH}"
    return None


def folded_outcome(raw: str | None) -> str | None:
    """Return the outcome of a single case for a raw class of results."""
    return {"solving": "planned", "partly": "planned"}.get(raw, raw) if raw else None


def outcome_of_scheme(outcome: str | None, names: Container[str]) -> str | None:
    """Return a case's outcome in the classes that the report counts.

    作出解释 is of the limited class where that is counted and 留作参考 is not.

    :param names: the figures' names.
    """
    counted = "outcomes.limited" in names and "outcomes.explained" not in names
    return "limited" if outcome == "explained" and counted else outcome


def settled_names(figures: Sequence[Figure]) -> list[Figure]:
    """Give figures their names of the contract; what it has no name for goes under `other`."""
    found = _stood_for(_keyed(_folded(figures)))
    return [replace(each, name=_placed(each.name)) for each in found]


def _folded(figures: Sequence[Figure]) -> list[Figure]:
    """Count 正在解决 or 部分采纳 with the planned ones where no such class is counted.

    留作参考 is the limited class of a place that has three, one of its own where it has more.
    """
    found = list(figures)
    for group in ("outcomes", "key_outcomes"):
        names = {each.name.partition(".")[2] for each in found if each.name.startswith(f"{group}.")}
        shares = "shares" if group == "outcomes" else "key_shares"
        for old, new in _renamed(names):
            found = _rename(
                _rename(found, f"{group}.{old}", f"{group}.{new}"),
                f"{shares}.{old}",
                f"{shares}.{new}",
            )
    return found


def _renamed(names: set[str]) -> list[tuple[str, str]]:
    moves: list[tuple[str, str]] = []
    if _BOTH in names:
        moves += [("planned", "in_plan"), (_BOTH, "planned")]
    elif "planned" not in names and len(names & {"solving", "partly"}) == 1:
        moves += [("solving", "planned"), ("partly", "planned")]
    if "explained" in names and "limited" not in names and len(names) <= 3:
        moves.append(("explained", "limited"))
    return moves


def _rename(figures: Iterable[Figure], old: str, new: str) -> list[Figure]:
    return [replace(each, name=new) if each.name == old else each for each in figures]


def class_keys(figures: Sequence[Figure]) -> dict[str, str]:
    """Return each class of topics that is counted, as the report names it, with our key.

    Two of a report's classes that have the same key keep their own names.
    """
    own = dict.fromkeys(e.name.partition(".")[2] for e in figures if e.name.startswith("topic"))
    table = vocabulary().topics
    keys: dict[str, set[str]] = {}
    for name in own:
        keys.setdefault(table.get(name, name), set()).add(name)
    single = {next(iter(names)): key for key, names in keys.items() if len(names) == 1}
    return {name: single.get(name, topic_name(name)) for name in own}


def _keyed(figures: Sequence[Figure]) -> list[Figure]:
    keys = class_keys(figures)
    made = []
    for each in figures:
        group, _, name = each.name.partition(".")
        if group in ("topics", "topic_shares"):
            each = replace(each, name=f"{'topics' if group == 'topics' else 'shares'}.{keys[name]}")
        made.append(each)
    return made


def _stood_for(figures: Sequence[Figure]) -> list[Figure]:
    found = list(figures)
    if any(each.name == "handled_after_all" for each in found):  # 收到145件，实际办理142件
        found = _rename(_rename(found, "handled", "assigned"), "handled_after_all", "handled")
    for old, new in _STANDS_FOR:
        if old == "closed" and _short_of_total(found):
            continue
        if new not in {each.name for each in found}:
            found = _rename(found, old, new)
    return found


def _short_of_total(found: Sequence[Figure]) -> bool:
    """Tell 收到152件，已办结149件: what is done so far is not what was taken on."""
    first = {each.name: each.value for each in reversed(found)}
    total = first.get("filed", first.get("submitted", first.get("replied")))
    return total is not None and first.get("closed", total) < total


def _placed(name: str) -> str:
    group, _, rest = name.partition(".")
    if not rest:
        return name if name in _PLAIN else f"other.{name}"
    if group in ("topics", "opinions"):
        return name
    if group == "shares":
        ours = rest in _OUTCOMES | _PLAIN or not rest.isascii() or rest in vocabulary().topic_words
        return name if ours else f"other.share_{rest}"
    if rest in _GROUPS.get(group, ()):
        return name
    return f"other.{group.removesuffix('s')}_{rest}"
