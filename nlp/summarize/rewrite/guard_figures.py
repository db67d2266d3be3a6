"""Which figures and dates of a sentence are not in the reply that it is about.

Two nets. What `nlp.text.figures` reads is compared by value (1.2亿元 is 12000万元). Every
number that it does not read — 300多, 第二, 12号, G205 — must stand in the reply with the
same character behind it. Doubtful cases count as missing: a false alarm costs a well-put
sentence, a miss a false figure in front of the supervisor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.text.chars import fold
from nlp.text.draft import Draft
from nlp.text.figures import Figure, figures
from nlp.text.numerals import read_number

HAN = "一-龥〇"
"""Body of a regex class: the characters of which Chinese words are made."""

_HALF = str.maketrans("：～", ":~")
_BLANKS = re.compile(r"\s+")
_ENUMERATED = re.compile(
    r"^(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)][、.．]?|\d{1,2}[、.．](?!\d)"
    r"|[一二三四五六七八九十]{1,3}[、.．是]|第[一二三四五六七八九十]{1,2}[，,、：:])"
)
_SAYINGS = re.compile(
    r"第一时间|第三方|两[侧旁边岸头端委者]|三[农轮]|二手|五金|四[周处通]|八达|再三|千方百计|四面八方"
    r"|三令五申|千家万户|万无一失"
)
_HAN_DIGIT = "[零〇一二三四五六七八九两十百千万亿]"
_NUMBER = re.compile(
    r"(?P<words>翻[一二两三]?番|[过大近一]半|半[年月天数]|成倍|[数几上近][十百千万亿])"
    r"|(?P<arabic>第?[A-Za-z]*\d+(?:[.,，:]\d+)*(?:[A-Za-z%‰]+|[多余来几][十百千万亿]+)?)"
    rf"(?P<behind>[{HAN}\0]?)"
    rf"|(?P<han>第{_HAN_DIGIT}+|{_HAN_DIGIT}{{2,}}|[二三四五六七八九两](?=[{HAN}])(?!是)|一(?=[期号]))"
    rf"(?P<next>[{HAN}\0]?)"
)
_RANGE = re.compile(r"[-–—~－]{1,2}(?=.*[年月日号])|至|到")
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})年?"
    r"|(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月|(?<=\d[-/.])(?P<iso_month>\d{1,2})(?=[-/.])"
    r"|(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|(?<=\d[-/.])(?P<iso_day>\d{1,2})$"
    r"|(?<=月)(?P<bare_day>\d{1,2})$"
)
_DATE_WORDS = re.compile(
    r"今年|明年|去年|前年|后年|次年|[上下]半年|[一二三四]季度|[春夏秋冬]季|[上中下]旬|[年月]?[底末初]|[寒暑]假"
    r"|学期|年内|[本下]月|十[三四五六]五|期间|前"
)
_ROUGH = re.compile("[多余来几]")
_IDLE = "度份之以-/. "
_UNITS = ("年", "月", "日")


def squeezed(text: str) -> str:
    """Unify widths, drop white space and shorten 人民政府.

    The gap of two numbers stays: 3 20 is not 320.
    """
    draft = Draft(text)
    fold(draft)
    return _BLANKS.sub(_gap, draft.text.translate(_HALF)).replace("人民政府", "政府")


def bare(sentence: str) -> str:
    """Squeeze a sentence and take off the number that it has in a list (一是, 2.)."""
    return _ENUMERATED.sub("", squeezed(sentence))


def _gap(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    return " " if text[start - 1 : start].isdigit() and text[end : end + 1].isdigit() else ""


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """All that a reply says in figures: `amounts` and `numbers` are keys, `dates` their parts."""

    amounts: frozenset[tuple[object, ...]]
    numbers: frozenset[tuple[str, str]]
    dates: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, *texts: str) -> FigureFacts:
        """Read squeezed texts as one: the whole, and its sentences as `bare` gives them."""
        amounts: set[tuple[object, ...]] = set()
        numbers: set[tuple[str, str]] = set()
        dates: dict[frozenset[str], None] = {}
        for text in texts:
            found = figures(text)
            amounts.update(_amount(f, text) for f in found)
            plain = _SAYINGS.sub("\1", text)
            for part in (plain, _blanked(plain)):
                numbers.update(map(_number, _NUMBER.finditer(part)))
            for figure in found:
                if figure.kind == "date":
                    dates.update(dict.fromkeys(_dates(figure.text)))
        amounts |= {(*key[:-1], "") for key in amounts}  # 3000元 of 3000元/人
        return cls(frozenset(amounts), frozenset(numbers), tuple(dates))

    def missing(self, sentence: str) -> Iterator[str]:
        """Yield the figures of a squeezed sentence that the reply does not have, as written."""
        sentence = _SAYINGS.sub("\1", sentence)
        yield from (f.text for f in figures(sentence) if not self._has(f, sentence))
        for match in _NUMBER.finditer(_blanked(sentence)):
            if _number(match) not in self.numbers:
                yield sentence[match.start() : match.end()]

    def _has(self, figure: Figure, text: str) -> bool:
        if figure.kind == "date":
            return all(any(s <= d for d in self.dates) for s in _dates(figure.text))
        return _amount(figure, text) in self.amounts


def _blanked(text: str) -> str:
    """Set a mark in the place of every character of a figure."""
    left = list(text)
    for figure in figures(text):
        left[figure.span.start : figure.span.end] = "\0" * len(figure.span)
    return "".join(left)


def _amount(figure: Figure, text: str) -> tuple[object, ...]:
    """Key of a figure: value and unit, or as written; 数十家 and 300多家 are not 十家, 300家."""
    before = text[figure.span.start - 1 : figure.span.start]
    vague = before if before and before in "数几负" else ""
    if figure.value is None:
        return figure.kind, figure.text, vague, ""
    rough = bool(_ROUGH.search(figure.text))
    unit = "人" if figure.unit in ("名", "位") else figure.unit
    per = figure.text.replace("／", "/").partition("/")[2]
    return figure.value, figure.upper, unit, vague, rough, per


def _number(match: re.Match[str]) -> tuple[str, str]:
    """Key of a number outside figures: its value and what stands behind it.

    A long number (12345) or one with letters (G205) stands for itself.
    """
    if match["words"]:
        return match["words"], ""
    written, behind = match["arabic"] or match["han"], match["behind"] or match["next"] or ""
    named = len(written) > 4 or not written.isdigit()
    if match["arabic"] and named and behind not in "万亿千百多余" and written[0] != "第":
        behind = ""
    value = read_number(written.removeprefix("第"))
    ordinal = "第" if written[0] == "第" else ""
    return f"{ordinal}{written.removeprefix('第') if value is None else f'{value:g}'}", behind


def _dates(written: str) -> Iterator[frozenset[str]]:
    """Take a date, or both of a range, apart: 今年9月底前 → {今年, 月9, 月底, 前}.

    What covers another has all its parts, and the same rest (每周三). The end of a range has
    from the beginning what it leaves unsaid (9月6日至8日).
    """
    said: dict[str, float] = {}
    for side in _RANGE.split(written):
        own = dict(_date_numbers(side))
        coarser = [
            unit for unit in _UNITS[: min(map(_UNITS.index, own), default=3)] if unit in said
        ]
        said = {unit: said[unit] for unit in coarser} | own
        words = (word.replace("末", "底") for word in _DATE_WORDS.findall(side))
        plain = {f"月{word}" if word in ("底", "初") else word for word in words}
        rest = _DATE_WORDS.sub("", _DATE.sub("", side)).strip(_IDLE)
        yield frozenset((*plain, *(f"{unit}{n:g}" for unit, n in said.items()), rest))


def _date_numbers(written: str) -> Iterator[tuple[str, float]]:
    for match in _DATE.finditer(written):
        kind = str(match.lastgroup)
        value = read_number(match[kind])
        if value is not None:
            yield _UNITS[("year", "month", "day").index(kind.rpartition("_")[2])], value
