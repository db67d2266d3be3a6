"""Checks the arithmetic of a bulletin: `check` for its faults, `review` for hints as well."""

from __future__ import annotations

from nlp.bulletin.checks.facts import Facts
from nlp.bulletin.checks.impossible import impossible_numbers
from nlp.bulletin.checks.overlaps import listed_beside
from nlp.bulletin.checks.rates import rates
from nlp.bulletin.checks.remarks import Remark, Severity
from nlp.bulletin.checks.shares import shares
from nlp.bulletin.checks.sums import splits, sums
from nlp.bulletin.checks.totals import totals
from nlp.bulletin.types import Bulletin, Finding

__all__ = ["Remark", "Severity", "check", "review"]

_RULES = (sums, splits, shares, rates, totals, listed_beside, impossible_numbers)


def check(bulletin: Bulletin) -> tuple[Finding, ...]:
    """Return the faults of a bulletin's figures, in the order of its text; hints left out."""
    return tuple(each.finding for each in review(bulletin) if each.severity is Severity.ERROR)


def review(bulletin: Bulletin) -> tuple[Remark, ...]:
    """Return faults and hints, each with its severity and the figures concerned."""
    facts = Facts(bulletin)
    found = [remark for rule in _RULES for remark in rule(facts)]
    other = {
        name.partition(".")[2]
        for each in found
        if _is(each, "sum_other_base")
        for name in each.figures
    }
    kept = [each for each in found if not (_is(each, "share_other_base") and other & _last(each))]
    return tuple(sorted(dict.fromkeys(kept), key=lambda each: each.start))


def _is(remark: Remark, code: str) -> bool:
    return remark.finding.code == code


def _last(remark: Remark) -> set[str]:
    return {name.partition(".")[2] for name in remark.figures}
