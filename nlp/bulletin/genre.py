"""What kind of report a file holds, and where the report begins and ends in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.bulletin.letters import refuse_letter
from nlp.bulletin.sections import lines
from nlp.bulletin.types import Cut, Genre, Kind, Span
from nlp.errors import InputError

_TITLE_END = re.compile(
    r"(?:通报|报告|汇报|总结|小结|综述|公告|情况|说明|公报|意见)(?:（[^（）]*）|\([^()]*\))?$"
)
_ISSUER = re.compile(r"(?:政府|委员会|办公室|府办|协商会议|会议|常委会|局|厅|委|政协|人大|会)$")
_OPINIONS = re.compile(r"社情民意[^，。；]{0,6}\d+期")
_JOINED = re.compile(
    r"([^。，；：（]{6,80}(?:通报|报告|汇报|总结))(?=（[^（）]{4,60}）[^，。；]{0,20}$)"
)
"""A title with the date, place and speaker of its reading on the same line."""
_MATTER = re.compile(r"提案|(?:代表|人大)[^，。；]{0,8}建议|议案|建议(?:、批评和意见|办理|提案)")
_ON_TOPIC = re.compile(r"提案|建议|委员|代表|政协|人大|办理|承办")
_OTHER_TITLE = re.compile(
    r"预算|决算|审计|国民经济|计划执行|法院|检察院|财政收支|执法检查|立法|环境状况"
)
_GENERAL_TITLE = re.compile(r"工作报告|常务委员会[^，。]{0,6}报告|年度?工作总结|工作总结$")
_HARD = re.compile(
    r"[（(]?(?:责编|责任编辑|责任校对|编辑|来源)：|分享(?:到|至)?：?|网站(?:声明|"
    r"地图)|相关(?:链接|新闻|阅读|报道|文章|附件)|[上下]一[篇条]"
    r"|□|本报讯|【?本报记者|（上接|上接第|（下转|下转第|图片新闻|商务链接|版权(?:所有|"
    r"声明)|扫一扫|主办单位：|关于我们|联系我们"
    r"|友情链接|推荐阅读|热点(?:新闻|推荐)|[Cc]opyright|ICP备|广告|"
    r"[^，。；：｜]{0,8}(?:[快简短]讯|要闻|短波|速递|集纳|一句话新闻)$"
    r"|.{0,60}(?:公告|公示|通告|启事|招标|讣告|遗失声明)$"
)
_BYLINE = re.compile(r"□|本报讯|【?本报记者|（?记者|通讯员")
_CLOSING = re.compile(
    r"(?:贡献|感谢|谢谢|谢谢大家|奋斗|台阶|局面|审议|篇章|监督|指正|水平|"
    r"落实)[^。！!，]{0,14}[。！!]$"
)
_SALUTE = re.compile(r"(?:主席|主任|各位|尊敬的)[^。；]{0,40}：$")
_SECOND = re.compile(
    r"(?:关于)?[^，。；：]{4,60}(?:提案|建议)[^，。；：]{0,24}(?:办理|工作|"
    r"处理)[^，。；：]{0,12}(?:通报|报告|汇报|总结)(?:（[^）]*）)?$"
)
_ATTACHED = re.compile(r"附件|附表|附：|附\d|.*｜")
_WORK = re.compile(r"立案|办复|办结|办理|承办|交办|满意率|面商|重点提案|督办|答复|提案者|征集|收到")
_COUNTED = re.compile(
    r"(?:提案|建议|议案)[^，。；]{0,6}[\d一二三四五六七八九十百零]{1,12}件|"
    r"(?<![\d百十零])[\d百十零]{1,12}件[^，。；]{0,6}(?:提案|建议)"
)


@dataclass(frozen=True, slots=True)
class Extent:
    """What of a cleaned file is the report: its stretch, title, genre, kind and what is cut."""

    span: Span
    title: str
    genre: Genre
    kind: Kind
    cuts: tuple[Cut, ...]


def find_extent(text: str, title: str = "") -> Extent:
    """Tell where the report stands in a cleaned text.

    :param title: the file's own title (a web page's, a document's properties).
    :raises InputError: the file is no report on proposals, or a reply to one of them.
    """
    spans = list(lines(text))
    paged = re.split(r"[_|\-—]", title, maxsplit=1)[0].strip()
    on_page = text.find(paged) if len(paged) > 10 else -1
    head = (paged if on_page >= 0 else _head(text, spans)) or title
    refuse_letter(text, head)
    genre = _genre(text, head)
    cuts: list[Cut] = []
    end = len(text)
    if genre == "general":
        span = _paragraph(text, spans)
        cuts.append(Cut("综合工作报告，只读讲提案、建议的一段", "", len(text) - len(span)))
    else:
        end, reason = _end(text, spans, head)
        span = Span(on_page if on_page >= 0 else _begin(text, spans, head), end)
        if end < len(text):
            tail = text[end:].strip()
            cuts.append(Cut(reason, tail[:30].split("\n")[0], len(tail)))
    return Extent(
        span, head, genre, _kind(head, span.of(text) if genre == "handling" else text), tuple(cuts)
    )


def _head(text: str, spans: Sequence[Span]) -> str:
    """Return the report's title: one to three lines before its date, salutation or chapters."""
    written = [span.of(text) for span in spans[:30]]
    for at, line in enumerate(written):
        if (joined := _JOINED.match(line)) and not line.endswith("。"):
            return "".join((*_issuer(written[max(0, at - 2) : at]), joined[1]))
        if len(line) > 90 or re.match(r"[一二三四五六七八九十]+、|[（(]|——|\d(?!0\d\d年)", line):
            continue
        if _TITLE_END.search(line) and not line.endswith("。"):
            return "".join((*_issuer(written[max(0, at - 2) : at]), line))
        if _SALUTE.match(line):
            break
    return ""


def _begin(text: str, spans: Sequence[Span], title: str) -> int:
    """Return where the title's first line stands; what a web page has before it is left out."""
    for span in spans[:40]:
        line = span.of(text)
        if title and len(line) >= 4 and (title.startswith(line) or line.endswith(title)):
            return span.start
    return 0


def _issuer(before: Sequence[str]) -> list[str]:
    """Return the lines right before a title's last that name who reports."""
    found: list[str] = []
    for line in reversed(before):
        if (
            len(line) > 40
            or not _ISSUER.search(line)
            or re.search(r"[。，；：｜|>\d]|来源|记者|——", line)
        ):
            break
        found.insert(0, line)
    return found


def _genre(text: str, title: str) -> Genre:
    matters = len(_MATTER.findall(text))
    density = len(re.findall("提案|建议", text)) / max(1, len(text)) * 1000
    if _MATTER.search(title) or ("建议" in title and density > 3):
        return "handling"
    if title and _OTHER_TITLE.search(title):
        raise _no_report(title)
    counted = _COUNTED.search(text) or (matters and re.search("办复率|立案", text))
    if title and _GENERAL_TITLE.search(title):
        if not counted:
            raise _no_report(title)
        return "general"
    if matters and density >= 4:
        return "handling"
    if counted and matters >= 1:
        return "general"
    raise _no_report(title)


def _no_report(title: str) -> InputError:
    named = f"“{title[:40]}”" if title else "这份文件"
    return InputError(
        f"{named}不是提案或建议办理的通报、报告，也没有讲提案件数的段落，没有可读的内容。",
        "请换成提案（建议）办理情况的通报或提案工作报告。",
    )


def _kind(title: str, text: str) -> Kind:
    for words in (title, text[:400], text):
        ours = len(re.findall("提案|政协|委员(?!会)", words))
        theirs = len(re.findall("人大(?!常委会第)|代表(?:建议|委|们|团)?", words))
        if ours != theirs:
            return "proposal" if ours > theirs else "suggestion"
    return "proposal"


def _paragraph(text: str, spans: Sequence[Span]) -> Span:
    """Return the paragraph of a general report that says most about proposals.

    One beside it that counts 社情民意, which such reports tell of together, goes with it.
    """
    at = max(range(len(spans)), key=lambda i: _about(spans[i].of(text)))
    start, end = spans[at].start, spans[at].end
    if at and _OPINIONS.search(spans[at - 1].of(text)):
        start = spans[at - 1].start
    if at + 1 < len(spans) and _OPINIONS.search(spans[at + 1].of(text)):
        end = spans[at + 1].end
    return Span(start, end)


def _about(line: str) -> float:
    counted = len(_COUNTED.findall(line))
    if not re.search("提案|建议", line):
        return 0.0
    rates = len(re.findall("[办面满][复商意结]率", line))
    return (
        3 * min(counted, 3)
        + 2 * rates
        + len(set(_WORK.findall(line)))
        + min(len(re.findall("提案|建议", line)), 6) / 6
    )


def _end(text: str, spans: Sequence[Span], title: str) -> tuple[int, str]:
    """Return where the report ends, and what follows it."""
    for at, span in enumerate(spans):
        line = span.of(text)
        second = len(line) <= 80 and _SECOND.fullmatch(line) and _another(line, title)
        if span.start > 300 and second:
            if any(_ON_TOPIC.search(s.of(text)) for s in spans[at + 1 : at + 6]):
                return span.start, "文件里另有一份报告，没有读；请另存成单独的文件再读"
    return _cut_tail(text, spans), "报告结束后的其他内容"


def _another(line: str, title: str) -> bool:
    return line not in title and title not in line and not line.startswith(("附", "我"))


def _cut_tail(text: str, spans: Sequence[Span]) -> int:
    for at, span in enumerate(spans):
        line = span.of(text)
        if span.start > 300 and _HARD.match(line):
            previous = spans[at - 1].of(text) if at else ""
            titled = _BYLINE.match(line) and len(previous) <= 40 and not previous.endswith("。")
            return _closed(text, spans, at - 1 if titled else at)
    return _closed(text, spans, len(spans))


def _closed(text: str, spans: Sequence[Span], stop: int) -> int:
    """Return the report's end before line `stop`: behind its last closing words if what
    follows them is of another matter.
    """
    for at in range(stop - 1, 0, -1):
        line = spans[at].of(text)
        if not (_CLOSING.search(line) and _ON_TOPIC.search(line)):
            continue
        tail = [span.of(text) for span in spans[at + 1 : stop]]
        if not tail or _ATTACHED.match(tail[0]):
            break
        if not any(re.search("提案|委员|代表|人大建议|承办单位", line) for line in tail[:4]):
            return spans[at].end
        break
    return spans[stop - 1].end if stop < len(spans) else _untitled_tail(text, spans)


def _untitled_tail(text: str, spans: Sequence[Span]) -> int:
    """Cut what follows the last line on the matter if it begins like an item of its own."""
    last = max((i for i, s in enumerate(spans) if _ON_TOPIC.search(s.of(text))), default=0)
    tail = spans[last + 1 :]
    if len(tail) < 3:
        return len(text)
    first = tail[0].of(text)
    item = len(first) <= 32 and not re.search(r"[。：；｜]|^[（(\d一二三四五六七八九十附]", first)
    return spans[last].end if item and sum(map(len, tail)) > 150 else len(text)
