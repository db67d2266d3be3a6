"""Titles of proposals in running text: 《…》, “…”的建议, 结合…的建议, 关于…的建议."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from nlp.bulletin.proposers import proposer_before
from nlp.bulletin.stretches import Stretches
from nlp.bulletin.types import CaseKind, Span

_M = "(?:建议|提案|议案)"
_FOLLOWED = re.compile(
    r"(?:[、和及与]?[《“][^》”]{4,60}[》”])*(?:等)?(?:\d+件)?(?:方面)?(?:的)?(?:相关|"
    r"有关|重点|民生|集体|联名|党派|界别|委员|代表|一批)*(?:意见)?(?:建议|提案|"
    r"议案)(?!办理(?:工作|质量|机制|的|率)|工作|质量|机制|书|者|人)"
)
_OPINION = re.compile(
    r"(?:[、和及与]?[《“][^》”]{4,60}[》”])*(?:等)?(?:\d+[篇条件])?(?:的)?(?:社情民意|信息)"
)
_LED = re.compile(
    r"(?:提出|提交|办理|承办|督办|领办|提案|建议|议案)(?:的|"
    r"了)?(?:第?[\d-]+号)?(?:重点)?(?:提案|建议)?[：:]?$"
)
_OTHERS = re.compile(
    r"(?:方案|规划|条例|办法|意见|规定|细则|报告|通报|通知|决定|计划|制度|手册|指南|"
    r"清单|建议书|台账|协议|报|杂志|目录|汇编)(?:（[^）]*）)?$"
)
_ABOUT_WORK = re.compile(
    r"(?:提案|建议)(?:工作|办理|提出|审查|质量)|办理(?:提案|建议)|政协提案|批评和意见"
)
_BRINGS = re.compile(
    r"(?:提出|提交|反映|建议|呼吁)(?:了|的|过)?(?:关于)?$|(?:委员|代表)(?:在会上)?(?:的|说|提|提到|提议)?[：:]?$"
)
_NO_TITLE = re.compile(
    r"的?(?:工作)?(?:要求|理念|原则|思路|目标|精神|口号|模式|方法|机制|做法|观点|问题|难题|工作法|平台|"
    r"活动|评价|说法|比喻)"
)
_BOOK = re.compile(r"《(?P<t>[^《》\n]{4,120}(?:《[^《》]*》[^《》\n]{0,40})?)》")
_QUOTE = re.compile(r"[“\"](?P<t>[^“”\"\n]{4,80})[”\"]")
_VERBS = "结合|针对|围绕|落实|采纳|吸纳|吸收|参考|借鉴|根据|按照|回应|响应|依据|采用|对照"
_KEPT = "关注|聚焦|重视|紧盯"
_PHRASE = re.compile(
    rf"(?:(?:{_VERBS})(?:了)?(?:政协|人大|各)?(?:委员|代表|界别|"
    rf"党派)?(?:们)?(?:提出的?)?(?P<t>[^。；：《》“”\n]{{4,60}}?)"
    rf"|(?<![一-龥])(?P<k>(?:{_KEPT})[^。；：《》\n]{{5,60}}?))(?:等方面的?|方面的?|"
    rf"等的?|的)(?:相关|有关)?(?:意见)?(?:建议|提案)(?=[，。；])"
)
_BROUGHT = re.compile(
    rf"(?:{_VERBS})(?:了)?(?P<who>[^，。；：《》“”\n]{{2,30}}?(?:提出|提交|反映)的)"
    rf"(?P<t>(?!关于)[^，。；：《》“”\n]{{4,60}}?)的{_M}(?=[，。；])"
)
"""针对张三委员提出的加强市场管理的提案: no marks, but a proposer."""
_COUNTED = re.compile(
    rf"(?<![一-龥，])(?:(?:围绕|针对)(?P<t>[^，。；：《》“”\n]{{6,40}})|(?P<k>(?:聚焦|"
    rf"关注)[^，。；：《》“”\n]{{5,40}}))，(?:[^，。；]{{0,8}})(?:委员|代表|党派|"
    rf"界别)[^，。；]{{0,8}}提出(?:了)?[^，。；]{{0,6}}{_M}\d+[条件]"
)
_ABOUT = re.compile(
    rf"(?<![《“\"])(?P<t>关于[^。；：《》\n，]{{4,60}}?"
    rf"(?:，[^。；：《》\n，]{{4,40}}?)?的{_M})(?!办理|工作|、批评)"
)
_NO_PHRASE = re.compile(
    r"提案|建议|意见|委员|代表|采纳|吸纳|吸收|听取|征求|提出|认真|积极|充分|[一-龥](?<![布格结大全当破僵])局|"
    r"部门|单位|我们|承办|工作要求|办理"
)


@dataclass(frozen=True, slots=True)
class TitleFound:
    """A title, its span without the marks around it, and what form it has.

    `outer` covers the marks too; `quoted` is False for a phrase of the sentence.
    """

    title: str
    span: Span
    outer: Span
    quoted: bool
    kind: CaseKind | None = None
    brought: bool = False
    """The words before a phrase name its proposer."""

    @property
    def whole(self) -> bool:
        """Tell a title in marks that says itself that it is a proposal's: 《关于…的提案》."""
        return self.quoted and re.match(rf"关于.*{_M}$", self.title) is not None


def titles(text: str) -> list[TitleFound]:
    """Find titles in order of place; of overlapping ones the quoted stays."""
    found = sorted(chain(_books(text), _quotes(text)), key=lambda each: each.span.start)
    taken = Stretches(each.outer for each in found)
    for each in chain(_about(text), _brought(text), _phrases(text)):
        if taken.meeting(each.outer) is None:
            found.append(each)
            taken.add(each.outer)
    return sorted(found, key=lambda each: each.span.start)


def _books(text: str) -> Iterator[TitleFound]:
    for found in _BOOK.finditer(text):
        title = found["t"].strip()
        behind, before = text[found.end() : found.end() + 200], text[: found.start()][-30:]
        if _OPINION.match(behind):
            yield _made(found, "t", quoted=True, kind="opinion")
        elif _ABOUT_WORK.search(title) or _OTHERS.search(title):
            continue
        elif (
            re.search(rf"{_M}$|^关于.*案$", title) or _FOLLOWED.match(behind) or _LED.search(before)
        ):
            yield _made(found, "t", quoted=True)


def _quotes(text: str) -> Iterator[TitleFound]:
    for found in _QUOTE.finditer(text):
        title = found["t"].strip()
        if _ABOUT_WORK.search(title) or _within_book(text, found.start()):
            continue
        whole = re.match(rf"关于.*{_M}$", title)
        followed = len(title) >= 6 and _FOLLOWED.match(text[found.end() : found.end() + 200])
        if whole or followed or (len(title) >= 6 and _is_brought(text, found)):
            yield _made(found, "t", quoted=True)


def _is_brought(text: str, found: re.Match[str]) -> bool:
    """Tell 张三委员提出“…”: a named proposer, and nothing that the quotation belongs to."""
    before = re.split("[。；！\n]", text[max(0, found.start() - 60) : found.start()])[-1]
    behind = text[found.end() : found.end() + 8]
    if not _BRINGS.search(before) or _NO_TITLE.match(behind):
        return False
    return proposer_before(re.sub("建议$|呼吁$|反映$", "提出", before)) is not None


def _within_book(text: str, at: int) -> bool:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line.rfind("《") > line.rfind("》")


def _about(text: str) -> Iterator[TitleFound]:
    for found in _ABOUT.finditer(text):
        title = found["t"]
        inner = re.sub(f"的{_M}$", "", title)
        if _ABOUT_WORK.search(title) or re.search("提案|会议|委员|代表|报告", inner):
            continue
        yield _made(found, "t", quoted=False)


def _brought(text: str) -> Iterator[TitleFound]:
    for found in _BROUGHT.finditer(text):
        if proposer_before(found["who"]) and not _NO_PHRASE.search(found["t"]):
            made = _made(found, "t", quoted=False)
            yield replace(made, outer=Span(found.start("t"), found.end()), brought=True)


def _phrases(text: str) -> Iterator[TitleFound]:
    for pattern in (_PHRASE, _COUNTED):
        for found in pattern.finditer(text):
            group = "t" if found["t"] else "k"
            title = found[group]
            if _NO_PHRASE.search(title) or title.startswith("关于"):
                continue
            if re.match("此类|上述|这|有关|相关|各", title):
                continue
            yield _made(found, group, quoted=False)


def _made(
    found: re.Match[str], group: str, *, quoted: bool, kind: CaseKind | None = None
) -> TitleFound:
    span = Span(*found.span(group))
    title = (
        re.sub(r"\s+", "", found[group])
        if not re.search("[A-Za-z]", found[group])
        else found[group]
    )
    return TitleFound(_spaced(title, found[group]), span, Span(*found.span()), quoted, kind)


def _spaced(tight: str, given: str) -> str:
    """Keep a space between two halves of a title (推动转型 助推发展); drop others."""
    return given.strip() if re.fullmatch(r"[一-龥“”]+ [一-龥“”]+", given.strip()) else tight
