"""Tells paragraph ends from hard-wrapped line ends, and joins the latter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlp.text.draft import Draft, Edit
from nlp.text.noise import Noise, classify_lines

_LINE = re.compile(r"[^\n]+")
_CLOSERS = "”’」』）)】\\]〕》\"'"
_FINAL = re.compile(rf"[。！？!?；;：:…][{_CLOSERS}]*$")
_INNER_FINAL = re.compile(r"[。！？；]")
_NUM = "一二三四五六七八九十百"
_MARKER = re.compile(
    rf"[{_NUM}]{{1,3}}[、.]|[（(](?:[{_NUM}]{{1,3}}|\d{{1,3}})[）)]|\d{{1,2}}(?:[、）)]|\.(?!\d))"
    rf"|第[{_NUM}\d]{{1,4}}[章节编]|[\u2460-\u249b\u2776-\u2793]|[{_NUM}]是|第[{_NUM}]，"
    r"|——|─|[-•●■◆◇□★▲※*] ?|附件|附：|特此|此致|各位|抄送|共印"
)
_LISTED = re.compile(rf"[{_NUM}]{{1,3}}、|（[{_NUM}]{{1,3}}）|\d{{1,2}}[、.]")
_HEADING = re.compile(rf"(?:[{_NUM}]{{1,3}}、|第[{_NUM}\d]{{1,4}}[章节编])[^。！？；]*$")
_TITLE_END = re.compile(
    r"(?:建议|提案|议案|意见|报告|通报|答复|复函|函|通知|情况|办法|方案|问题|公告|公示)[）》”]?$"
)
_OPENED_END = re.compile(r"[，、（《“‘〔【]$")
_CLOSED_START = re.compile(
    r"[，。、；：！？）》”’〕】」』%‰]|的(?![士确])|等(?=[，。、；])|了(?=[，。、；])"
)
_DANGLING = re.compile(r"[的了在和与及或对为由于将把被从向是以也都而并还就不有使让]$")
_SIGN_OFF = re.compile(
    r"(?:局|委员会|办公室|(?:府|委|县|市|区)办|政府|中心|院|厅|处|所|\d日|谢谢|公司|队|街道)$"
)
_TOPIC_END = re.compile(
    r"(?:现状|作用|模式|项目|规划|措施|对策|意义|背景|分析|路径|目标|原因|必要性|做法|成效|思路"
    r"|任务|重点|方向|体系|机制|品牌|经验|特点|内容|要求|总结|部署)$"
)
_LABEL = re.compile(r"[^，。；：]{1,10}：")
_STOP = re.compile("[，。；、！？]")
_SUBTITLE = re.compile(r"(?:—|─)[^，。；]*$")
_BRACKETS = (("《", "》"), ("“", "”"), ("（", "）"), ("‘", "’"))


@dataclass(slots=True)
class Line:
    """One content line, trimmed: `text == draft[start:end]`.

    Not frozen, since freezing quadruples the cost of making one, and there are many.
    """

    start: int
    end: int
    text: str
    indent: int
    blank: bool
    """A blank line stands before it."""
    open: bool
    """It does not end a sentence."""
    width: float
    """Printed width in Chinese characters; an ASCII character counts half."""
    page: bool = False
    """A page number stood before it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document sets its lines: 0 for `wrap` means that it was not hard-wrapped."""

    wrap: float
    blanks_matter: bool
    indents_matter: bool


def join_lines(draft: Draft) -> None:
    """Drop page furniture and blank lines, join hard-wrapped lines, trim the rest."""
    text = draft.text
    if "\n" not in text:
        trimmed = text.strip(" ")
        if trimmed != text:
            start = len(text) - len(text.lstrip(" "))
            draft.apply(_cut(text, [(0, start, ""), (start + len(trimmed), len(text), "")]))
        return
    lines = _content(text)
    layout = _layout(lines)
    edits: list[Edit] = []
    done, separator = 0, ""
    for i, line in enumerate(lines):
        if i:
            separator = _separator(lines[i - 1], line, layout)
        edits += _gap(text, done, line.start, separator)
        done = line.end
    draft.apply(_cut(text, [*edits, (done, len(text), "")]))


def _cut(text: str, edits: Sequence[Edit]) -> list[Edit]:
    return [edit for edit in edits if text[edit[0] : edit[1]] != edit[2]]


def _gap(text: str, start: int, end: int, separator: str) -> list[Edit]:
    if not separator:
        return [(start, end, "")]
    at = text.index("\n", start, end)
    return [(start, at, ""), (at, at + 1, separator), (at + 1, end, "")]


def _content(text: str) -> list[Line]:
    """Split into trimmed lines without the furniture, remembering what stood between."""
    found: list[Line] = []
    last = 0
    for match in _LINE.finditer(text):
        kept = match.group().strip(" ")
        if kept:
            start = text.index(kept[0], match.start())
            blank = text.count("\n", last, start) > 1
            last = start + len(kept)
            is_open = not _FINAL.search(kept, max(0, len(kept) - 8))
            found.append(
                Line(start, last, kept, start - match.start(), blank, is_open, _width(kept))
            )
    return _without_furniture(found)


def _width(text: str) -> float:
    size = len(text)
    return size / 2 + (len(text.encode("utf-8", "surrogatepass")) - size) / 4


def _without_furniture(found: Sequence[Line]) -> list[Line]:
    running = [not line.open or line.width >= 15 for line in found]
    kinds = classify_lines([line.text for line in found], running, [line.blank for line in found])
    if not any(kind is not Noise.NONE for kind in kinds):
        return list(found)
    kept: list[Line] = []
    page = False
    for line, kind in zip(found, kinds, strict=True):
        page |= kind is Noise.PAGE
        if kind is Noise.NONE:
            kept.append(replace(line, page=True) if page else line)
            page = False
    return kept


def _layout(lines: Sequence[Line]) -> Layout:
    gaps = [line.blank for line in lines[1:] if not line.page]
    indented = sum(line.indent >= 2 for line in lines)
    return Layout(
        wrap=_wrap_width(lines),
        blanks_matter=sum(gaps) <= len(gaps) / 2,
        indents_matter=indented <= 0.6 * len(lines),
    )


def _wrap_width(lines: Sequence[Line]) -> float:
    """Guess the measure of a hard-wrapped text, 0 where lines show none.

    Wrapped lines share a width and no line is much longer; a text that was joined once
    has long lines, so it is never taken for wrapped again.
    """
    ragged = sorted(x.width for x in lines[:-1] if x.open and not _stands_alone(x.text))
    if len(ragged) < 2:
        return 0.0
    wrap = ragged[int(0.9 * (len(ragged) - 1))]
    near = sum(width >= 0.8 * wrap for width in ragged)
    longer = sum(line.width > 1.3 * wrap for line in lines)
    tight = len(ragged) > 2 or ragged[-1] - ragged[0] <= 1.5
    if wrap < 14 or not tight or near < 0.6 * len(ragged) or longer > 0.05 * len(lines):
        return 0.0
    return wrap


def _separator(a: Line, b: Line, layout: Layout) -> str:
    if not _continues(a, b, layout):
        return "\n"
    latin = a.text[-1].isascii() and b.text[0].isascii()
    return " " if latin and a.text[-1].isalnum() and b.text[0].isalnum() else ""


def _continues(a: Line, b: Line, layout: Layout) -> bool:
    if not a.open or _MARKER.match(b.text):
        return False
    if layout.wrap and a.width >= 0.75 * layout.wrap and _fits_wrap(a, b, layout):
        return True
    if _surely(a.text, b.text) or (b.page and not _stands_alone(a.text)):
        return True
    return not layout.wrap and _broken_paragraph(a, b)


def _surely(a: str, b: str) -> bool:
    """Tell whether the pair can only be one sentence, whatever the layout."""
    if _OPENED_END.search(a) or _CLOSED_START.match(b):
        return True
    if a.startswith("关于") and not _TITLE_END.search(a) and _TITLE_END.search(b):
        return True
    if a[-1].isascii() and a[-1].isalpha() and "a" <= b[0] <= "z":
        return True
    for opener, closer in _BRACKETS:
        if a.rfind(opener) > a.rfind(closer) and 0 <= b.find(closer) < 60:
            return True
    return False


def _fits_wrap(a: Line, b: Line, layout: Layout) -> bool:
    """Tell whether a full line of a wrapped text goes on; headings and titles do not."""
    if not b.page and b.blank and layout.blanks_matter:
        return False
    if b.indent >= 2 and layout.indents_matter:
        return False
    if a.text.startswith("关于") and _TITLE_END.search(a.text):
        return False
    if _SUBTITLE.match(a.text):
        return False
    if _HEADING.match(a.text) and not _DANGLING.search(a.text):
        return b.open and b.width < 0.75 * layout.wrap
    return True


def _stands_alone(text: str) -> bool:
    """Tell whether a line is a heading, a title, or ends in a signature."""
    tail = _INNER_FINAL.split(text)[-1]
    closed = "，" not in tail and (_SIGN_OFF.search(tail) or _TITLE_END.search(tail))
    return bool(closed or _HEADING.match(text))


def _broken_paragraph(a: Line, b: Line) -> bool:
    """Tell whether, in a text of whole paragraphs, one stops inside a sentence.

    Only running text counts (it has stops inside), and only what follows without a
    label such as 联系人：. The last clause must not be a flattened heading, nor the
    whole a slogan of even halves, which is how headings are written.
    """
    if _stands_alone(a.text) or _LABEL.match(b.text) or not _STOP.search(b.text):
        return False
    pieces = _INNER_FINAL.split(a.text)
    tail = pieces[-1].rsplit("：", 1)[-1]
    if len(pieces) > 1 and a.width >= 8:
        return not _LISTED.match(tail) and ("，" in tail or not _TOPIC_END.search(tail))
    halves = tail.split("，")
    return a.width >= 8 and len(halves) > 1 and len({len(half) for half in halves}) > 1
