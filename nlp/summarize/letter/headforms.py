"""The head of a reply letter as written: number, class, title, salutation.

Forms are tried on one stripped piece: a sentence, or what a greeting or 如下 ends. Gaps are
bounded and no repeated group can match nothing, so that each try is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.summarize.letter.signforms import UNIT, UNLISTED
from nlp.text.anyof import any_of

_MATTER = any_of("提案 议案 建议 意见 来信 信访件 留言 社情民意")
_BY = any_of("会办 协办 分办 主办 办理")
_TOLD = any_of("答复 复函 回复 回函 函复 会办 协办 分办 办理")
_ANSWER = rf"{_BY}?{_TOLD}{any_of('意见 情况 结果')}?{any_of('的?函 报告 意见')}?"
_UP_TO = "[^。；！，您]"

_NUMBER = re.compile(
    r"^(?!.{0,12}(?:根据|按照|依据|转来|《))[^。，；：！]{0,16}"
    r"[〔\[（(【]\s*20\s?\d\s?\d\s*[〕\]）)】]\s*第?\s*\d+\s*号[^。，；]{0,30}$"
    r"|^(?:[^。，：:]{0,8}编号|案号|文号|索引号)[：:]\s*[\w〔〕\[\]-]{2,30}$"
)
_NUMBERED = re.compile(
    r"\s*[^。，；：！]{0,16}[〔\[（(【]20\d\d[〕\]）)】]第?\d+号\s*"
    rf"(?=[（(〔\[]?{any_of('办理 办结 答复 结果 类 签发 [A-D]')})"
)
_TITLE = re.compile(
    rf"^{UNLISTED}[^。；！您]{{0,60}}(?:关于|对)[^。；！您你]{{2,120}}(?:的|{_MATTER}){_ANSWER}"
    r"\s*(?:[（(][^）)]*[）)])?。?$"
    rf"|^{UNLISTED}{_UP_TO}{{0,60}}第\s*[\d×xX]+\s*号{_UP_TO}{{0,12}}{_MATTER}{_UP_TO}{{0,10}}"
    rf"{_ANSWER}。?$"
    rf"|^{UNLISTED}{_UP_TO}{{0,60}}{_MATTER}第?\s*[\d×xX]+\s*号{_UP_TO}{{0,6}}{_ANSWER}。?$"
    rf"|^{UNLISTED}《?关于[^。；！：:您]{{4,80}}的(?:提案|建议|议案)》?$"
)
_TITLED = re.compile(
    rf"[^。；！，]{{4,80}}{_MATTER}的?{_ANSWER}(?!如下)(?=[^。；！，：:的]{{2,40}}[：:]\s*$)"
)

_LETTER = r"[（(【〔\[“\"]?\s*([A-DＡ-Ｄ甲乙丙丁])"
_NO_PLACE = r"(?!\d{0,2}[A-Za-z市县区镇])"
_CLASSED = (
    rf"(?:{any_of('办理结果 办结 办理 答复 结果 办理情况 办复')}{any_of('类别 分类 类型 类')}?"
    r"|(?:分类|类型)(?=[：:])|类\s?别)"
)
_CLASS = re.compile(
    rf"{_CLASSED}\s*{any_of('为 是 属于?')}?\s*[：:]?\s*{_LETTER}{_NO_PLACE}\d?\s*类?"
    rf"|^{_LETTER}\s*(?:类(?:件|[：:，][^。]{{1,20}})?)?\s*[”\"）)】〕\]]?$"
    rf"|[此该本](?:件|提案|建议|案)[^。，；]{{0,8}}?{any_of('为 属于? 列为 定为')}\s*{_LETTER}"
    r"[”\"]?\s*类"
    r"|^[^。；]{0,30}[（(【〔\[]\s*([A-DＡ-Ｄ甲乙丙丁])\s*类?\s*[）)】〕\]]$"
)
_CLASS_SAID = re.compile(
    rf"{any_of('办理结果 办理类别 答复类别 结果类别 类别')}(?:类别)?{any_of('为 是 属于? ： :')}"
    r"\s*[“\"（(]?([A-D甲乙丙丁])(?![A-Za-z\d市县区镇])"
)
_OUTCOME = re.compile(
    r"^[（(【]?(?:(?:建议|提案)?所提(?:问题|意见|建议)|[此本该]?(?:提案|建议))?(?=.{2,30}$)"
    rf"{any_of('已 正在 列入 受 因 暂 留作 作为 拟')}[^。；，：:]{{0,16}}"
    rf"{any_of('解决 采纳 落实 参考 说明 计划')}[^。；，]{{0,10}}[）)】]?$"
)

_PERSON = any_of(
    "委员 代表 网友 网民 市民 居民 村民 群众 朋友 女士 先生 同志 家长 业主 老师 师傅 老乡 主委 "
    "会长 来信人 反映人 投诉人 党组 支部 总支 专委会 工作室 界别组? 小组 联络组 市委会 县委会 "
    "基层委"
)
_ADDRESSED = any_of("委员 代表 网友 网民 市民 女士 先生 同志")
_HELLO = r"(?:您|你|您们|你们|大家)好\s*+[！!。，,：:；～~]*+"
_DEAR = r"(?:尊敬的|亲爱的)"
_QUOTED = r"[“\"][^”\"。]{1,30}[”\"]"
_SALUTATION = re.compile(
    rf"^[^。；.]{{0,45}}?{_HELLO}$"
    rf"|^{UNLISTED}[^。；！，：:]{{0,80}}{_PERSON}[^。；！，：:]{{0,20}}[：:]$"
    rf"|^{_DEAR}?[^。；！，：:《]{{0,40}}{_ADDRESSED}(?:[“\"][^”\"]*[”\"])?[！，]?$"
    rf"|^{UNLISTED}[^。；！，：:]{{1,40}}{UNIT}(?:[（(][^）)]*[）)])?[：:]$"
    rf"|^(?:贵|{_DEAR})[^。；！，：:]{{1,24}}[：:]$"
    rf"|^(?:{_QUOTED}|UU\d+)[：:]$"
)
_GREETED = re.compile(
    r"(?:[^。；？?“：:.]{0,20}[：:“][^。；？?“”.]{0,30}?[”：:]?)?[^。；？?“.]{0,20}?"
    rf"(?:{_HELLO}\s*+){{1,3}}(?=\S)"
)
_CALLED = re.compile(
    rf"{_DEAR}?(?:[^。；！，：:、的（(\s]{{1,24}}[、 ]){{0,12}}[^。；！，：:的、（(]{{0,24}}"
    rf"{_ADDRESSED}们?(?:{_QUOTED})?[：:](?=\s*\S)"
    rf"|(?:{_QUOTED}|UU\d+|{_DEAR}[^。；！，：:]{{1,24}})[：:](?=\s*\S)"
)
_FORMAL = re.compile(
    rf"委员(?!会)|代表|{any_of('政协 界别 工商联 民[革盟建进] 农工党 致公党 九三 台盟 总支')}"
)


def is_number(piece: str) -> bool:
    return "号" in piece and len(piece) < 80 and _NUMBER.match(piece) is not None


def is_title(piece: str) -> bool:
    """Tell 关于……的答复, also of a pasted proposal."""
    return len(piece) < 220 and not piece.endswith(("，", "：", "！")) and bool(_TITLE.match(piece))


def is_class_line(piece: str) -> bool:
    """Tell a line that only names the result class from an answer that mentions it."""
    mentions = "，" in piece and piece.endswith("。")
    return len(piece) < 60 and not mentions and _CLASS.search(piece) is not None


def is_outcome_line(piece: str) -> bool:
    """Tell a result class in words, such as （列入计划逐步解决）."""
    return len(piece) < 50 and _OUTCOME.match(piece) is not None


def is_salutation(piece: str) -> bool:
    return len(piece) < 150 and _SALUTATION.match(piece) is not None


def is_formal(salutation: str) -> bool:
    """Tell a salutation to members, deputies or a party's committee."""
    return _FORMAL.search(salutation) is not None


def answers_proposal(opening: str) -> bool:
    return "提案" in opening or "代表建议" in opening


def class_letter(lines: Iterator[str], text: str) -> str:
    """Return the class letter that a line names, or the text in so many words; "" if none."""
    for line in lines:
        if found := _CLASS.search(line):
            letter = next(group for group in found.groups() if group)
            return chr(ord(letter) - 0xFEE0) if "Ａ" <= letter <= "Ｄ" else letter
    said = _CLASS_SAID.search(text)
    return said[1] if said else ""


def head_cuts(sentence: str) -> list[int]:
    """Return where a greeting, a title or a number ends that has more behind it on its line."""
    found: list[re.Match[str] | None] = []
    near = sentence[:80]
    if "好" in near and (greeted := _GREETED.match(sentence)):
        found.append(greeted)
    elif "：" in near:
        found.append(_CALLED.match(sentence))
        if sentence.rstrip().endswith("："):
            found.append(_TITLED.match(sentence))
    if "号" in near:
        found.append(_NUMBERED.match(sentence))
    return [match.end() for match in found if match]
