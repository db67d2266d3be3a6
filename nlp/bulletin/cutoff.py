"""The day up to which a report counts: 截至9月28日, 到2023年12月20日, 至今年10月底."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.bulletin.sections import Section, role_at
from nlp.bulletin.stretches import Stretches
from nlp.bulletin.types import Span
from nlp.text.dates import read_date
from nlp.text.numerals import read_number

_YEAR = r"20\d\d|二[〇○零Oo][〇○零Oo一二三四五六七八九]{2}"
_N = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_AS_OF = re.compile(
    rf"(?:截[至止]到?|(?<![^，。；：\n])[到至])(?P<date>(?:(?P<year>{_YEAR})年|(?P<said>[今本当去])年)?"
    rf"(?P<month>{_N})月(?:份)?(?:(?P<day>{_N})[日号]|[底末]))"
)
_DATED = re.compile(rf"(?P<year>{_YEAR})年(?P<month>{_N})月")


@dataclass(frozen=True, slots=True)
class ReportDate:
    """The report's year, 0 where nothing tells it, and its month where it is dated."""

    year: int
    month: int = 12


@dataclass(frozen=True, slots=True)
class CutOff:
    """An ISO date and where it is written."""

    date: str
    span: Span


def report_date(text: str, title: str, published: str = "") -> ReportDate:
    """Tell when the report is of: by its title's year, its date line, its page, its first year."""
    if titled := re.search(rf"({_YEAR})年", title):
        return ReportDate(_year(titled[1]))
    if dated := _DATED.search(text[:300]):
        return ReportDate(_year(dated["year"]), int(read_number(dated["month"]) or 12))
    first = re.search(rf"({_YEAR})年", text)
    return ReportDate(int(published) if published else _year(first[1]) if first else 0)


def cut_off_day(
    text: str, dated: ReportDate, found: Sequence[Section], skipped: Stretches
) -> CutOff | None:
    """Find the cut-off day outside plans and cases; without a year it takes the report's.

    A month after the report's own is of the year before; days in a later year are plans.
    """
    for met in _AS_OF.finditer(text):
        if role_at(found, met.start()) == "plans" or skipped.cover(Span(*met.span())):
            continue
        date = _date(met, dated)
        if date and (not dated.year or int(date[:4]) <= dated.year + 1):
            return CutOff(date, Span(*met.span("date")))
    return None


def _date(met: re.Match[str], dated: ReportDate) -> str:
    """Return an ISO date, "" where the year is unknown or there is no such day."""
    month = int(read_number(met["month"]) or 0)
    if met["year"]:
        year = _year(met["year"])
    elif not dated.year or not (met["day"] or met["said"]):
        return ""  # 到9月底 alone is said in passing
    else:
        back = met["said"] == "去" or (not met["said"] and month > dated.month)
        year = dated.year - back
    if met["day"]:
        day = int(read_number(met["day"]) or 0)
    else:
        day = monthrange(year, month)[1] if 1 <= month <= 12 else 0
    date = read_date(f"{year}年{month}月{day}日")
    return date if re.fullmatch(r"\d{4}-\d\d-\d\d", date) else ""


def _year(written: str) -> int:
    digits = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
    return int(written.translate(digits))
