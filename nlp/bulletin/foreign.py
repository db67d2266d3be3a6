"""Counts that are no figures of the report: of other things, other years, other bodies."""

from __future__ import annotations

import re

from nlp.bulletin.around import Around
from nlp.bulletin.countforms import (
    EXCEPTED,
    EXCEPTED_AFTER,
    NOT_OURS,
    OTHER_YEAR,
    PARTY_BRINGS,
    SKIPPED,
    UNDONE,
    UNIT_ACTS,
)


def is_foreign(place: Around) -> bool:
    """Tell a number that counts something else, of another year, or part of a list."""
    passed_on = re.search("转|作为|改[为作]", place.narrow)
    if (SKIPPED.search(place.narrow) and not passed_on) or OTHER_YEAR.search(place.wide):
        return True
    if re.search(r"[”》]?等$|计入|包含|包括在|已在|均在|列于", place.narrow):
        return True
    if EXCEPTED.search(place.narrow) and EXCEPTED_AFTER.match(place.sentence, place.token.span.end):
        return True
    others = any(form.search(place.narrow) for form in (PARTY_BRINGS, UNDONE))
    return others or _not_ours(place) or _of_one_unit(place)


def _not_ours(place: Around) -> bool:
    """Tell what others count (省政协提案), unless the report's title names it."""
    return any(met.group() not in place.own for met in NOT_OURS.finditer(place.narrow))


def _of_one_unit(place: Around) -> bool:
    """Tell what a single unit handled, unless that unit is who reports."""
    acts = UNIT_ACTS.search(place.narrow)
    if acts is None:
        return False
    unit = acts["unit"]
    return not any(unit[at:] in place.own for at in range(len(unit) - 2))
