"""Recognises whole lines that are page furniture: page numbers, navigation, credits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

_LONGEST = 120


class Noise(Enum):
    """What a line is: content, a page number (the sentence goes on behind it), or trim."""

    NONE = 0
    PAGE = 1
    TRIM = 2


_DASH = r"[-—–─―·•~～.]{1,3}"
_PAGE = re.compile(
    rf"{_DASH} ?\d{{1,4}} ?{_DASH}"
    r"|第(?:\d{1,4}|[一二三四五六七八九十]{1,3})页(?:[，,/／(（]?共\d{1,4}页[)）]?)?"
    r"|共\d{1,4}页"
    r"|[Pp]age ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?"
)
_NUMBER = re.compile(r"\d{1,3}|\d{1,3} ?/ ?\d{1,3}")
_DATE = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[T ]?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
_EDITOR = r"(?:责任编辑|责编|编辑|审核|校对)：[^。；，]{0,20}"
_ORIGIN = (
    r"(?:信息来源|文章来源|稿件来源|来源|发布机构|浏览次数|浏览量|阅读次数|阅读量|点击数|点击量"
    r"|点击次数|访问量|访问次数|发布时间|发布日期|更新时间)：[^。；，]{0,60}"
)
_TRIM = re.compile(
    r"(?:您?(?:现在|当前|目前)?(?:的)?(?:所在)?的?位置(?:是)?|当前位置|所在位置)：[^。；]*"
    r"|首页(?:[>＞»›/|-][^。；，]*)"
    r"|[^。；，：>]{1,15}(?:>{1,2}[^。；，：>]{1,20}){2,}>?"
    r"|(?=.*(?:打印|关闭|收藏|字[体号]|返回))[【\[（(]?(?:(?:我要|点击)?(?:打印|关闭|收藏|返回)"
    r"|本[页文]|文章|页面|窗口|顶部|首页|列表|字[体号]|大小|特?大|标准|中|小|分享"
    r"|[】\]）)【\[（(|/、： ])+"
    r"|【?分享(?:到|至)】?(?:：[^。；，]{0,40})?"
    r"|扫一扫在手机打开当前页"
    r"|(?:上|下)一(?:篇|条|页|则)(?:：[^。；]{0,80})?"
    rf"|[【\[（(]?(?:{_EDITOR}|{_ORIGIN})[】\]）)]?"
    rf"|时间：{_DATE}(?:来源：[^。；]*)?"
    r"|[-_=*─—━]{3,}"
)


def classify_lines(
    lines: Sequence[str], running: Sequence[bool], gaps: Sequence[bool]
) -> list[Noise]:
    """Tell for each trimmed, folded line whether it is furniture.

    `running[i]`: line i ends a sentence or is long enough to be a piece of one;
    `gaps[i]`: a blank line stands before it. A bare number is a page number only right
    behind running text and never beside another number (those are tables). Where
    nothing else would remain, nothing is furniture: a title cell that says 来源：… is
    all there is.
    """
    kinds = [_kind(line) for line in lines]
    for i, line in enumerate(lines):
        if (
            kinds[i] is Noise.NONE
            and _NUMBER.fullmatch(line)
            and _is_folio(lines, running, gaps, i)
        ):
            kinds[i] = Noise.PAGE
    if all(kind is not Noise.NONE for kind in kinds):
        return [Noise.NONE] * len(kinds)
    return kinds


def _kind(line: str) -> Noise:
    if len(line) > _LONGEST or line[-1] in "，。；":
        return Noise.NONE
    if _PAGE.fullmatch(line):
        return Noise.PAGE
    return Noise.TRIM if _TRIM.fullmatch(line) else Noise.NONE


def _is_folio(lines: Sequence[str], running: Sequence[bool], gaps: Sequence[bool], i: int) -> bool:
    if i == 0 or not running[i - 1]:
        return False
    if i + 1 == len(lines):
        return gaps[i]
    return not _NUMBER.fullmatch(lines[i + 1])
