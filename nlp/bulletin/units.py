"""Units that acted on a proposal: subjects of the clauses that tell of its handling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nlp.bulletin.unitforms import (
    AHEAD,
    AWARDS,
    BARE,
    BARGAINS,
    BODY,
    CLAUSE,
    CO,
    END,
    FIRM,
    INNER,
    LEAD,
    LINK,
    LIST,
    LONGEST,
    NAME,
    NO_NAME,
    NOT_ACTS,
    OWN,
    SMALL,
    TOWN,
    TOWN_ACTS,
    UNDER,
    UPPER,
    VERBS,
    WEAK,
)


@lru_cache(maxsize=512)
def acting_units(text: str, place: str = "") -> tuple[str, ...]:
    """Return the units that act in a passage of a report, in order, each once.

    The government as a whole (县政府, or `place` + 政府), its parties and nameless 有关部门
    are none; nor are schools and other parties to the matter.
    """
    found: dict[str, None] = {}
    for clause in CLAUSE.finditer(text):
        for written in _of_clause(clause.group()):
            name = AHEAD.sub("", written)
            if _is_unit(name, place):
                found.setdefault(name)
        for town in TOWN_ACTS.finditer(clause.group()):
            if not BARE.search(town["names"]) and not VERBS.match(town["names"]):
                found.setdefault(town["names"])
    return tuple(name for name in found if not _short_form(name, found))


def own_unit_acts(text: str) -> bool:
    """Tell whether the unit that reports (我局) says what it did; it is no unit of the case."""
    return OWN.search(text) is not None


def named_units(cell: str, place: str = "") -> tuple[str, ...]:
    """Return the units of a list (县教育局、县财政局), as in a table's cell."""
    pieces = re.split(r"[、，；,;\s（）]", cell)
    names = [name for piece in pieces for name in _split(piece, rf"{END}$|^{SMALL}$|[处院馆科所]$")]
    return tuple(
        dict.fromkeys(name for name in names if name and (_is_unit(name, place) or _is_body(name)))
    )


def _of_clause(clause: str) -> Iterator[str]:
    lead = LEAD.match(clause)
    words = clause[lead.end() :] if lead else clause
    listed = LIST.match(words)
    if listed and not VERBS.match(words) and _acts(listed.group(), words[listed.end() :]):
        yield from _split(listed["first"] + (listed["more"] or ""))
    for inner in (*INNER.finditer(words), *CO.finditer(words)):
        behind = words[inner.end() :]
        if _acts(inner["names"], behind) and not BARGAINS.match(behind):
            yield from _split(inner["names"])
    for inner in UNDER.finditer(words):
        yield from _split(inner["names"])


def _acts(names: str, behind: str) -> bool:
    return not (
        NOT_ACTS.match(behind) or (UPPER.match(AHEAD.sub("", names)) and AWARDS.match(behind))
    )


def _split(names: str, ends: str = rf"{END}$|^{SMALL}$") -> Iterator[str]:
    """Split a list of names; one that holds 和 itself (发展和改革局) stays whole."""
    done = 0
    for link in LINK.finditer(names):
        left, right = names[done : link.start()], names[link.end() :]
        if re.search(ends, left) and (re.match(NAME, right) or BODY.match(right)):
            yield left
            done = link.end()
    yield names[done:]


def _is_unit(name: str, place: str) -> bool:
    if not 3 <= len(name) <= LONGEST or BARE.search(name) or VERBS.match(name):
        return False
    if re.search(rf"{WEAK}$", name) and not re.match(r"[一-龥]{0,4}?[省市县区州旗镇乡]", name):
        return False
    if "的" in name or "任" in name or NO_NAME.search(name):
        return False
    if place and name in (f"{place}政府", f"{place}人民政府", f"{place}委"):
        return False
    return any(re.fullmatch(form, name) for form in (rf"[一-龥]*?{END}", SMALL, FIRM, TOWN))


def _is_body(name: str) -> bool:
    """Tell a name that a column of units may hold, in an office or a university (教务处)."""
    return BODY.fullmatch(name) is not None and not BARE.search(name)


def _short_form(name: str, found: dict[str, None]) -> bool:
    """Tell a name that ends another (住建局, 县住建局) or says its trade only (交通部门)."""
    stem = re.sub("^[省市县区州旗]|部门$", "", name) if name.endswith("部门") else ""
    return any(
        other != name and (other.endswith(name) or (len(stem) > 1 and stem in other))
        for other in found
    )
