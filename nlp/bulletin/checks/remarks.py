"""What the rules return: a finding with its place, and how grave each code is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nlp.bulletin.types import Finding


class Severity(StrEnum):
    """A fault of the report, or something that its author may want to look at."""

    ERROR = "错误"
    NOTE = "提示"


_NOTES = frozenset(
    {"sum_rest", "sum_base_unclear", "sum_far_off", "halves_off", "key_beside", "flow_rest"}
)
CODES = _NOTES | {
    "share_wrong",
    "share_other_base",
    "share_total",
    "sum_other_base",
    "sum_exceeds",
    "sum_short",
    "key_counted_twice",
    "class_counted_twice",
    "rate_unfinished",
    "rate_unsatisfied",
    "rate_total",
    "stated_twice",
    "filed_exceeds",
    "flow_exceeds",
    "impossible",
}
"""Every code of a finding; they are stable, others may rely on them."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding, the names of the figures it is about, and where the first of them stands."""

    finding: Finding
    figures: tuple[str, ...]
    start: int

    @property
    def severity(self) -> Severity:
        return severity(self.finding)


def severity(finding: Finding) -> Severity:
    """Tell how grave a finding is: every code has one severity."""
    return Severity.NOTE if finding.code in _NOTES else Severity.ERROR
