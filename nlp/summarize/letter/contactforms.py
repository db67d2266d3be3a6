"""What a reply letter says to offices: whom to ring up, publication, copies, attachments."""

from __future__ import annotations

import re

from nlp.summarize.letter.closeforms import is_in_doubt
from nlp.summarize.letter.signforms import UNLISTED
from nlp.summarize.letter.substance import has_fact
from nlp.text.anyof import any_of

_NUMBER = r"[\d×*xX]"
_PHONE = re.compile(
    rf"1[3-9]\d{_NUMBER}{{4,8}}|0\d{{2,3}}[-—－ ]?{_NUMBER}{{5,9}}|[48]00[-—]?\d{{3}}"
    rf"|{_NUMBER}{{4,5}}[-—－]{_NUMBER}{{5,9}}|(?<!\d)\d{{7,8}}(?!\d)|[×*]{{3,}}\d*"
    rf"|{any_of('电话 热线 拨打 致电 联系方式 咨询')}[^。，；]{{0,12}}?{_NUMBER}{{3,}}"
)
_SOME_NUMBER = re.compile(rf"{_NUMBER}{{3}}")
_CALL = re.compile(
    rf"^{UNLISTED}[^。；，]{{0,30}}(?:，[^。；，]{{0,20}})?"
    rf"{any_of('电话 热线 拨打 致电 来电 联系 咨询 接听 举报 监督 反映')}[^。；]{{0,70}}[。！]?$"
    rf"|^{UNLISTED}[^。；，：:]{{1,10}}[：:][^。；]{{1,24}}"
)
_SERVES = any_of("竭诚 热忱 尽 及时 为 认真 给予 做 第一 依法 安排 耐心 立即")
_ACTS = re.compile(rf"将(?!{_SERVES})|由[^，。]{{2,16}}(?:负责|承担|处理)")
"""Acts of the unit other than answering calls."""
_CONTACT = re.compile(
    r"^[（(【]?(?:此件(?:[^，。；]{0,6}公开|发)|主题词|信息公开|公开(?:方式|属性|类别|选项|类型)|是否(?:同意)?公开"
    r"|(?:会办|协办|主办)?联\s*系\s*人|联系(?:单位|科室|电话|方式|地址)|承办人|经办人|签发人|审核人"
    r"|(?:承办|经办|主办)(?:单位|科室|处室)?[：:]|回复人|答复人|办理人|领导签发|传真|邮编|邮政编码|电子邮箱"
    r"|[^。，；：:您你我]{0,8}电\s*话\s*[：:\d×*（(])[^。]{0,80}[。）)】]*$"
)
_REACHED = re.compile(r"联\s*系\s*人|联系方式|电\s*话|热线|拨打|致电")
_FORM = any_of("征询意见表 征求意见表 情况反馈表 意见征询表")
_COPIES = re.compile(
    r"^(?:[抄分主]\s*送|抄\s*报|附\s?件|附表|附录|附[：:]|附[1-9一二]|[（(]?附注|印发$)"
    rf"|^[（(]?附?[^。，]{{0,20}}{_FORM}[^。]{{0,40}}$"
)
_COPIED = re.compile(
    rf"^[^。！？：:您]{{2,160}}{any_of('局 委 办 会 厅 部 院 室 府 队 公司 中心 处 区 县 市 组')}"
    r"[，、；。\s]*$"
)
_ATTACHED = re.compile(
    r"^\d{1,2}[.、．][^。]{2,60}$|^[^。，；！]{2,60}(?:表|份|图|册|清单|方案|办法)$"
)
_RULE = re.compile(
    r"^[\s~～\-—－_=*·.、”\"’』」）)】。，！：:]*(?:第?\s*\d+\s*页?)?[\s\-—－_=*·.]*$"
)


def is_contact_line(piece: str) -> bool:
    """Tell a line about publication or about persons in charge."""
    return len(piece) < 160 and _CONTACT.match(piece) is not None


def is_contact(piece: str) -> bool:
    """Tell such a line, or a sentence that only says whom to ring up."""
    if is_contact_line(piece):
        return True
    if len(piece) > 120 or not has_phone(piece) or has_fact(piece) or _ACTS.search(piece):
        return False
    return bool((len(piece) < 110 and _CALL.match(piece)) or is_in_doubt(piece))


def has_phone(piece: str) -> bool:
    return _SOME_NUMBER.search(piece) is not None and _PHONE.search(piece) is not None


def names_contact(piece: str) -> bool:
    """Tell whether a part names a person in charge or a telephone."""
    return _REACHED.search(piece) is not None or has_phone(piece)


def is_copies(piece: str) -> bool:
    """Tell the line that begins 抄送 or 附件."""
    return (piece[:1] in "抄主分附（(印" or "表" in piece[:40]) and bool(_COPIES.match(piece))


def goes_on_with(copies: str, piece: str) -> bool:
    """Tell a further line of the 附件 or 抄送 that a line began."""
    form = _ATTACHED if copies.startswith("附") else _COPIED
    return form.match(piece) is not None


def is_rule(piece: str) -> bool:
    """Tell a line of dashes, a page number or a stray mark."""
    return len(piece) < 60 and _RULE.match(piece) is not None
