"""Reads written dates (2025年9月18日, 2025.9.18, 5月6日至8日, 今年三季度) as partial ISO dates."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass, replace

from nlp.text.numerals import DIGIT, SPACE, TO, read_number

_ONES = "〇○零一二三四五六七八九"
_HAN = f"[{_ONES}十廿卅]{{1,3}}"
_AD = f"(?:[1１][9９]|[2２][0０]){DIGIT}{{2}}"
_Y = f"(?:{_AD}|(?:二[〇○零OoΟ0]|一九)[{_ONES}OoΟ0]{{2}})(?!{DIGIT})"
_YEAR = (
    f"(?:{_Y}(?:年?{TO}{_Y})?{SPACE}学?年(?![级轻龄])度?"
    f"|{DIGIT}{{2}}年(?={SPACE}{DIGIT}{{1,2}}{SPACE}月))"
)
_THIS_YEAR = (
    "(?:今年(?![轻龄])|今明两年|明后两?年|(?<![说证声表文光])明年(?!龄)|(?<![过失])去年"
    f"|(?<![以之])[前后]年|(?<![一每])次年|翌年|[同当]年(?={SPACE}{DIGIT}{{1,2}}月)|本年度?)"
)
_M = f"(?:{DIGIT}{{1,2}}(?!{DIGIT})|{_HAN})"
_D = f"(?:{DIGIT}(?:{SPACE}{DIGIT})?(?!{DIGIT})|{_HAN})"
_MONTH = f"(?:{_M}|元)(?:{TO}{_M})?{SPACE}月份?"
_DAY = f"{_D}(?:{TO}{_D})?{SPACE}(?:日|号(?![楼线令文]))"
_WITHIN_MONTH = f"(?:{SPACE}(?:{_DAY}|[上中下]旬|[底初末]))"
_QUARTER = "(?:前三季度|第?[一二三四1-4]季度[初末]?|[上下]半年)"
_WITHIN_YEAR = (
    f"(?:{SPACE}(?:{_QUARTER}|[春夏秋冬]季(?:学期)?|[上下]学期|[寒暑]假|年?[底末初]"
    "|年?内(?![部容外])))"
)
_NUMERIC = "|".join(
    f"{_AD}{mark}{DIGIT}{{1,2}}{mark}{DIGIT}{{1,2}}(?!{DIGIT})" for mark in ("-", "/", "[.．]")
)
_POINT = (
    f"(?:{_NUMERIC}|(?:{_YEAR}|{_THIS_YEAR})(?:{SPACE}{_MONTH}{_WITHIN_MONTH}?|{_WITHIN_YEAR})?"
    f"|{_MONTH}(?!以[上内]|内|余|多){_WITHIN_MONTH}?)"
)
_LONE_DAY = (
    f"(?:[0０]?[1-9１-９]|[12１２]{DIGIT}|[3３][01０１]){SPACE}日(?!内|之内|以内|期(?!间)|元|均|常)"
)
_WEEK = r"(?:周|星期)"
_WEEKDAY = "[一二三四五六日天](?![次回趟个期场天小节篇人家名年均常报])"
_OTHERS = (
    f"{DIGIT}{{1,2}}{SPACE}日?{TO}{_LONE_DAY}"
    f"|(?<![示告留长限满共计期过前续每达后近约第])(?<![少低多]于)(?<![限期][：:]){_LONE_DAY}"
    f"|(?:每个?月|[当同]月){_WITHIN_MONTH}|(?:(?<!基)本月|次月|(?<!以)[上下]个?月){_WITHIN_MONTH}?"
    f"|{_QUARTER}|(?<![每个正腊冬])月[底末初]|(?<![每往历])年[底末初]"
    "|(?<![几数近多每往历一二两三四五六七八九十])年内"
    f"|每?{_WEEK}{_WEEKDAY}(?:(?:、|{TO}){_WEEK}?{_WEEKDAY}){{0,4}}"
    "|“?十[一二三四五]五”?(?:期间|时期|[初末])"
    f"|(?:上世纪)?{DIGIT}0年代[初末]?"
)
_BEFORE = r"[之以]?前(?![往来后进期面述景夕沿台半]|[数几两\d]{1,2}(?:年|个月|季))"
DATE = f"(?:(?:{_POINT}(?:{TO}(?:{_POINT}|{_DAY}))?|{_OTHERS})(?:{_BEFORE})?)"
"""Pattern of a date or of a stretch of time; no named groups, so that it can stand in others."""

_PERIOD = "(?:[上下中]午|早[上晨]|清晨|傍晚|[晚夜][间里上]|凌晨|[次当翌]日|第二天|当天|[早晚])"
_HOUR = "(?:2[0-4]|[01]?[0-9])"
_COLON = f"{_HOUR}[:：][0-5][0-9](?:[:：][0-5][0-9])?(?!{DIGIT})"
_MINUTES = "(?:[0-5]?[0-9]分(?!钟)|半(?![个天年月])|整|许|钟)"
_OCLOCK = f"{_HOUR}{SPACE}(?:时(?![间候期刻代常段任速效空限装隔])|点){_MINUTES}?"
_SURE = (
    f"{_HOUR}{SPACE}[时点]{_MINUTES}|{_HOUR}时(?![间候期刻代常段任速效空限装隔])"
    f"|(?:1[3-9]|2[0-4])点|{_HOUR}点(?=左右|[之以]?[前后]|[至到\\-–—~～]|开始|起|多)"
)
_HAN_CLOCK = f"{_HAN}[时点](?:半|[一二三四五十]{{1,3}}分|整|钟)"
CLOCK = (
    f"(?:{_PERIOD}{{0,2}}{_HOUR}{TO}{_OCLOCK}"
    f"|(?:{_PERIOD}{{1,2}}{SPACE}(?:{_COLON}|{_OCLOCK}|{_HAN}[时点]{_MINUTES}?)"
    f"|{_COLON}|{_SURE}|{_HAN_CLOCK})"
    f"(?:{TO}{_PERIOD}{{0,2}}{SPACE}(?:{_COLON}|{_OCLOCK}|{_HAN}[时点]半?))?)"
)
"""Pattern of a time of day, or of hours from one to another."""

STARTS = (
    *("今年 今明 明年 明后 去年 前年 后年 次年 翌年 同年 当年 本年 本月 当月 次月 同月").split(),
    *("每月 每个月 上月 下月 上个月 下个月 前三 上半年 下半年 第 年底 年末 年初 年内").split(),
    *("月底 月末 月初 每周 每星期 周 星期 元月 “十 上世纪 上午 下午 中午 早 晚 清晨 傍晚").split(),
    *("夜间 夜里 凌晨 次日 当日 翌日 当天").split(),
)
"""How dates and times of day begin that do not begin with a number."""

_LOOK = 18
_BY_YEAR = re.compile(f"{_Y}年[之以]?前")
_DUE = re.compile(
    "(?:(?<!原)(?:预计|计划|预期|力争|争取|确保|最迟|最晚|拟|定于|将[于在]|[须应请需限][于在])"
    r"[^，。；：！？、（）(《》“”\n已曾]{0,10}|截止(?:日期|时间)?[为是：:]?|(?:^|[，。；：、\s）])到)$"
)
_DONE = re.compile("(?:全[面部]|基本|力争)?(?:完成|建成|完工|竣工|实现|达到|投入|开通|启用|解决)")
_OVER = re.compile(
    r"[^，。；：！？\n]{0,3}的|[^，。；：！？\n]{0,8}?(?:[已曾未没仍]|[^除为]了(?!解)|不[能得再])"
)
_PAST = re.compile("(?:截[至止]|截止到|已经?[于在])$")
_WITHIN = re.compile("(?:之|以)?内(?![部容外科的不未没有免已曾])")
_SINCE = re.compile("(?:[近前每]|过去)$")
_IN_ALL = re.compile("(?:力争|争取|计划用|预计用|拟用|确保)$")


def is_due(text: str, start: int, end: int) -> bool:
    """Tell whether something shall be done by the date `text[start:end]`.

    So it is with 前 and 年内, save where it was done already, and behind 预计, 拟于 and the
    like; a date behind 截至 or 已于 is past, and so may be a mere year (2000年以前).
    """
    near = max(0, start - _LOOK)
    said = text[start:end]
    by = said[-1:] in ("前", "内") and (not _BY_YEAR.fullmatch(said) or _DONE.match(text, end))
    if not by and not _DUE.search(text, near, start):
        return False
    return not _OVER.match(text, end) and not _PAST.search(text, near, start)


def is_limit(text: str, start: int, end: int) -> bool:
    """Tell whether the duration `text[start:end]` is one to keep: 3个工作日内, not 近3年内."""
    near = max(0, start - _LOOK)
    within = _WITHIN.match(text, end) and not _SINCE.search(text, near, start)
    return bool(within or _IN_ALL.search(text, near, start))


@dataclass(frozen=True, slots=True)
class _Day:
    year: int | None
    month: int | None
    day: int | None

    def exists(self) -> bool:
        year = 2000 if self.year is None else self.year  # a leap year
        month, day = (1 if part is None else part for part in (self.month, self.day))
        try:
            datetime.date(year, month, day)
        except ValueError:
            return False
        return True

    def __str__(self) -> str:
        if self.year is not None:
            written = [f"{self.year:04d}"]
        else:
            written = ["-" if self.month is not None else "--"]
        written += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(written)


_TO = re.compile(TO)
_READ_NUMERIC = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_READ = re.compile(
    rf"(?:(?P<year>{_Y}|\d\d(?=年))学?年(?!代)度?)?(?:(?P<month>{_M}|元)月份?)?"
    rf"(?:(?P<day>{_D})[日号])?"
)


def read_date(text: str) -> str:
    """Return as much of YYYY-MM-DD as a written date says, `--MM-DD` without a year.

    A stretch with both ends is `start/end`. What depends on when the letter was written
    (今年, 年底前) or has no such form (每周三) comes back as written; "" means an
    impossible date (13月, 2月30日).
    """
    written = "".join(unicodedata.normalize("NFKC", text).split())
    left, *right = _TO.split(_READ_NUMERIC.sub(r"\1年\3月\4日", written), maxsplit=1)
    days = [_read(_completed(left, right[0]) if right else left)]
    days += [_read(end) for end in right]
    found = [day for day in days if day is not None]
    if len(found) < len(days):
        return written.strip("“").replace("”", "")
    if right:
        found[1] = _after(*found)
    return "/".join(map(str, found)) if all(day.exists() for day in found) else ""


def _completed(left: str, right: str) -> str:
    """Give the left end the mark that only the right one has: 4月20-25日, 1至9月."""
    if left[-1:] in tuple("年月日号度份旬底末初"):
        return left
    if "月" in left:
        return left + "日"
    marks = re.findall("[年月日号]", right)
    wanted = [mark for mark in marks if "年" not in left or mark != "年"]
    return left + wanted[0] if wanted else left


def _read(text: str) -> _Day | None:
    found = _READ.match(text)
    if found is None or not found.group():
        return None
    year, month, day = (_number(found[name]) for name in ("year", "month", "day"))
    if year is not None and year < 100:
        year += 2000 if year <= 50 else 1900
    return _Day(year, month, day)


def _number(written: str | None) -> int | None:
    if written is None:
        return None
    if written.isdecimal():
        return int(written)
    han = re.sub("[OoΟ0○]", "〇", written.replace("元", "一"))
    number = read_number(han.replace("廿", "二十").replace("卅", "三十"))
    return None if number is None else int(number)


def _after(start: _Day, end: _Day) -> _Day:
    """Fill in what the end of a stretch leaves out; 2018年11月至3月 ends in 2019."""
    if end.year is not None:
        return end
    month = end.month if end.month is not None or end.day is None else start.month
    year = start.year
    if year is not None and month is not None and start.month is not None and month < start.month:
        year += 1
    return replace(end, year=year, month=month)
