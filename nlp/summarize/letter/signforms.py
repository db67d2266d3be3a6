"""Dates, units' names and signatures, and where one runs into what stands beside it."""

from __future__ import annotations

import re

from nlp.text.anyof import any_of

_NUMERAL = "[〇○零Oo0一二三四五六七八九十]"
_YEAR = rf"(?:20\s?\d\s?\d|二\s*{_NUMERAL}{{3}})\s*年"
_MONTH = rf"(?:\d\s?\d?|{_NUMERAL}{{1,2}})\s*月"
_DAY = rf"(?:\d\s?\d?|{_NUMERAL}{{1,3}})\s*[日曰号]"
DATE = any_of(
    rf"{_YEAR}\s*{_MONTH}(?:\s*{_DAY})? 20\d\d[-./]\d{{1,2}}[-./]\d{{1,2}} \d{{1,2}}月\d{{1,2}}日"
)
UNIT = any_of(
    "政府 委员会 办公室 党委 工委 纪委 县委 区委 市委 团委 工商联 妇联 残联 总工会 中心 大队 总队 "
    "支队 公司 集团 银行 大学 中学 小学 幼儿园 街道 专班 指挥部 工作组 领导小组 联社 联合社 供销社 "
    "局 委 厅 处 办 院 校 所 站 馆 队 部 科 股 镇 乡 会"
)
UNLISTED = r"(?![（(]?[一二三四五六七八九十\d]{1,3}[、.．）)])"
"""No enumeration begins here."""
_VERB = any_of(
    "请 已 将(?!乐) 交由 联系 咨询 拨打 前往 建议 欢迎 感谢 同意 属于 没有 正在 可以 "
    "或者 关注 [您你] 我们 反映 关于 按照 根据 存在"
)
_CAPTION = any_of("承办 答复 回复 办理 主办 落款")
_SIGNATURE = re.compile(
    rf"^(?!.*{_VERB})(?:{_CAPTION}?(?:单位|部门)[：:])?[（(]?{UNLISTED}"
    rf"[^，。；：:！？|｜]{{1,40}}(?<!的){UNIT}\s*(?:[（(][^）)]{{0,20}}[）)])?[）)]?"
    rf"\s*(?:{DATE}\s*){{0,2}}$"
    rf"|^(?!.*{_VERB})[^，。；：:！？\d]{{4,18}}{UNIT}。$"
)
_LETTERHEAD = re.compile(
    rf"^(?!.*{_VERB})(?!对|致|与){UNLISTED}[^，。；：:！？《“|｜]{{1,36}}{UNIT}(?:[（(][^）)]{{0,12}}[）)])?"
    r"(?:文件|函|笺|便函)?$"
)
_SEAL = any_of("盖章 公章 签章 印章 代章 签字")
_SEALED = re.compile(
    rf"^[（(][^（()）。，]{{0,20}}{_SEAL}[^（()）。，]{{0,6}}[）)]$"
    r"|^[^。，；：:\d]{2,20}[（(](?:签字|签名|签章|盖章|章)[）)]$"
)
_DATED = re.compile(rf"^[（(]?(?:{DATE}\s*){{1,3}}(?:印发)?[）)]?[。.]?$")

_AT_END = re.compile(
    rf"(?<![于至到在截从自为前起即是了约按达年、（(\d\s—-])\s*(?:{DATE}\s*){{1,2}}[）)。]?\s*$"
)
_BEHIND_UNIT = re.compile(rf"(?:{UNIT}|[章）)])(\s*(?:{DATE}\s*){{1,3}}。?)\s*$")
_BEFORE_CONTACT = re.compile(r"[日\d](?=\s*[（(]?联\s*系\s*(?:人|电话)[：:])")
_GREETING_NEXT = (
    r"(?:“[^”]{1,30}”|[^，。；\d]{0,40})：?[您你]好"
    r"|(?:尊敬的|亲爱的)?(?:网友|网民|市民)[^，。；]{0,20}[：:]|[您你]的[^，。；]{2,12}收(?:悉|到)"
)
_BEFORE_LETTER = re.compile(
    rf"{DATE}\s*(?={_GREETING_NEXT}|[^，。；\d]{{2,40}}{UNIT}(?:[（(][^）)]*[）)])?\s*$)"
)
_MID_GREETING = re.compile(r"(?:网友|网民)(?:“[^”]{1,20}”)?[：:，]?[您你]好")
_MID = 25
_DATE_ENDS = tuple("日曰号月0123456789)）")


def is_signature(piece: str) -> bool:
    """Tell a unit's name, with or without a date, or a seal's place."""
    if len(piece) > 80:
        return False
    return bool(_SIGNATURE.match(piece) or _SEALED.match(piece))


def is_letterhead(piece: str) -> bool:
    if len(piece) > 60:
        return False
    return bool(_LETTERHEAD.match(piece) or _SEALED.match(piece))


def is_dated(piece: str) -> bool:
    """Tell a date, or the same date twice, from a sentence with a date."""
    return len(piece) < 50 and _DATED.match(piece) is not None


def letter_start(sentence: str) -> int:
    """Return where the next letter begins that runs into this sentence, else 0.

    It is known by its greeting, or by a date before a greeting, a receipt or a signature.
    """
    if "好" in sentence[_MID:] and (greeting := _MID_GREETING.search(sentence, _MID)):
        start = greeting.start()
        return start - 3 * sentence.endswith(("尊敬的", "亲爱的"), 0, start)
    near = sentence[:80]
    if "月" not in near and "20" not in near:
        return 0
    if len(sentence) > 80 and "好" not in near and "：" not in near:
        return 0
    dated = _BEFORE_LETTER.search(near)
    return dated.end() if dated else 0


def date_cuts(sentence: str, *, last: bool) -> list[int]:
    """Return where a date without a verb begins, and where 联系人 or 抄送 begins behind it.

    :param last: whether the letter ends here; elsewhere a date at a line's end is taken for
        the letter's only behind a unit's name, since tables and answers have dates too.
    """
    cuts = []
    end = len(sentence)
    if "联系" in sentence and (contact := _BEFORE_CONTACT.search(sentence)):
        end = contact.end()
        cuts.append(end)
    if sentence[:end].rstrip("。 \n").endswith(_DATE_ENDS):
        cuts += _behind(sentence[:end], last=last)
    if (copies := sentence.find("抄送：")) > 0:
        cuts.append(copies)
    return cuts


def _behind(sentence: str, *, last: bool) -> list[int]:
    near_end = max(0, len(sentence) - 60)
    if dated := _BEHIND_UNIT.search(sentence, near_end):
        return [dated.start(1)]
    if last and (dated := _AT_END.search(sentence, near_end)):
        return [dated.start()]
    return []
