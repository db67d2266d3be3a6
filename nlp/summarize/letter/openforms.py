"""How the opening of a reply letter is worded: receipt, thanks, 答复如下, forwarding notes."""

from __future__ import annotations

import re

from nlp.summarize.letter.signforms import DATE
from nlp.summarize.letter.substance import has_answer, has_finding
from nlp.text.anyof import any_of

_SAID = (
    any_of(
        "答复 回帖 回应 回复 函复 回函 复函 批复 汇报 反馈 说明 报告 解释 解答 告知 陈述 回答 通报 "
        "意见 情况 结果 进展"
    )
    + r"(?:意见|情况|结果|说明)?(?:给?[您你])?"
)
_REPLIED = any_of("答复 回复 说明 汇报 反馈 函复")
_AS_FOLLOWS = re.compile(
    rf"(?:{_SAID}如下(?:意见)?|[作做][出岀]?了?如下的?{_SAID})"
    r"(?:[（(][^）)]{0,30}[）)])?\s*[：:；;。，,]*"
)
_REPLIED_BELOW = re.compile(rf"^[现兹]|{_REPLIED}(?:意见|情况)?[您你]?如下")
_ANNOUNCED = re.compile(
    rf"{_AS_FOLLOWS.pattern}$"
    rf"|{any_of('现 兹 特 一并 统一 再 予以 逐条 逐一')}[^。]{{0,40}}{_REPLIED}"
    r"(?:[您你]|贵.{1,4})?[：:]$"
    rf"|^[^。，；：:、]{{0,20}}{any_of('答复 回复 回函 复函')}{any_of('意见 内容 情况')}?[：:]$"
    rf"|^[供请][^。，；]{{0,20}}{any_of('参考 代表 委员 答复')}[^。，；]{{0,6}}[：:]$"
    r"|^供[^。，；]{0,20}参考。?$"
)
_ANNOUNCING = re.compile(r"[，。；]\s*(?=[现兹](?:将|就|对|把)?[^，。；]{0,40}如下)")
_AGAIN = re.compile(
    rf"^{any_of('初次 首次 二次 再次 补充 追加 第.次 最新')}(?:答复|回复)[^。，]{{0,12}}[：:]$"
)
_RECEIPT = any_of("收悉 阅悉 敬悉 知悉 悉知 已经?收到 已收阅 已获悉")
_RECEIVED = re.compile(rf"{_RECEIPT}了?[，,。！；：:]+")
_RECEIVED_WHOLE = re.compile(
    rf"{_RECEIVED.pattern}$|^[^。，]{{0,30}}{any_of('收悉 已收到 已阅')}。?$"
)
_THANKFUL = (
    rf"{any_of('首先 非常 十分 衷心 诚挚 真诚 特别 很 由衷')}{{0,3}}(?:感谢|谢谢|多谢)[您你贵]"
)
_CARE = any_of(
    "关心 关注 支持 理解 信任 监督 留言 来信 来电 建议 反映 提问 咨询 参与 认可 帮助 意见 肯定 鼓励"
)
_THANKED = re.compile(rf"{_THANKFUL}[^。，！；]{{0,50}}{_CARE}[，,。！!]")
_THANKED_WHOLE = re.compile(
    rf"^[^。，]{{0,14}}{_THANKFUL}[^。，]{{0,80}}(?:，[^。]{{0,15}})?[。！!]$|{_THANKED.pattern}$"
)
_ASKED = any_of("反映 提出 咨询 所提 来信 留言 反馈 投诉 询问 提及 建议 关心 提案 举报 诉求 求助")
_MATTER = any_of("问题 情况 诉求 建议 提案 议案 事宜 一事 意见 来信 留言 》")
_RESTATED = re.compile(
    rf"^{any_of('关于 针对 就 对 对于 现就')}?(?:[您你贵]|委员|代表|网友|来信|留言|网民)"
    rf"[^。]{{0,30}}?{_ASKED}[^。]*?{_MATTER}(?:[，。]|$)"
)
_WEAK = re.compile(
    r"高度重视|十分重视|非常重视|第一时间|收到[您你]|[您你]在[^。]{0,30}(?:留言|反映|咨询)"
    r"|(?:安排|组织|责成|要求|指派|派人|派员)[^。]{0,30}(?:调查|核实|核查|研究|了解|办理)"
)
_LONGEST = 160
"""A longer piece that ends in 收悉， has an answer before it whose stop was lost."""
_DID = re.compile(r"\d|(?<![行展立开作])了")

_SENT = any_of(
    "转(?![来为入正让型移换账学出诊变产租卖业岗]) 交(?=其) (?<=[已并])交 移交 移送 批转 交由 交办 "
    "反馈给 由[^。，；]{2,16}交(?=[^。]{2,24}(?:办理|处理|核实)) 呈报 上报 提交"
)
_HANDLED = any_of(
    "核处 处理 办理 核实 调查 研处 阅处 答复 回复 核查 办复 研究 反馈 处置 跟进 落实 部门 单位 "
    "局 政府 办 委 院 公司 中心 站 所 镇 街道 乡 [市县区]"
)
_MESSAGE = any_of("留言 来信 信件 问题 建议 反映 诉求 咨询 工单 情况 帖子 此件 意见 投诉 线索 事项")
_FORWARDING = re.compile(
    rf"^(?!请)(?:[【\[（(][^】\]）)]{{1,6}}[】\]）)])?((?:[^。；]{{0,40}}{_MESSAGE}[^。；]{{0,40}}?)?)"
    rf"(?:{DATE})?{any_of('， 我们 我[办局县市区镇] 已 现 并 将 及时 正在 立即')}{{0,4}}"
    r"(?:于[^。，]{4,16}日?)?"
    rf"(?:{_SENT}[^。；]{{0,40}}{_HANDLED}|{_SENT}。?$"
    r"|[^。，；]{0,30}(?:批转|转办|转来|交办)。?$)"
)
_SENDING = re.compile(rf"已(?=经?{any_of('将 把 于 由 通过 发函 转 交 及时 第一')})")


def is_announcement(piece: str) -> bool:
    """Tell …答复如下： and its like, with no finding before it."""
    if "如下" not in piece and "参考" not in piece and not piece.endswith(("：", ":")):
        return False
    announced = _ANNOUNCED.search(piece)
    if announced is None:
        return False
    before = piece[: announced.start()]
    return before.startswith(("现", "兹")) or not has_finding(_unasked(before))


def is_opening(piece: str) -> bool:
    """Tell an announcement, a receipt or thanks that stand by themselves."""
    if is_announcement(piece):
        return True
    if "谢" in piece and _THANKED_WHOLE.match(piece):
        return not has_answer(piece)
    return len(piece) < _LONGEST and _RECEIVED_WHOLE.search(piece) is not None


def opens_inside(piece: str) -> bool:
    """Tell a receipt or 答复如下 behind a body from a list's introduction such as 情况如下."""
    return is_opening(piece) and ("如下" not in piece or bool(_REPLIED_BELOW.search(piece)))


def is_weak_opening(piece: str) -> bool:
    """Tell 高度重视、立即组织… without anything found or done."""
    if len(piece) > 90 or _WEAK.search(piece) is None:
        return False
    return not (has_substance(piece) or _DID.search(piece))


def is_another_reply(piece: str) -> bool:
    """Tell the caption of one of several replies: 二次答复：."""
    return piece.endswith(("：", ":")) and _AGAIN.match(piece) is not None


def has_substance(piece: str) -> bool:
    """Tell a piece that may answer from one that only repeats what was asked."""
    return has_answer(_unasked(piece))


def is_forwarding(piece: str) -> bool:
    """Tell a note that the letter was sent on, and nothing else."""
    if len(piece) > 200 or not ("转" in piece or "交" in piece or "报" in piece):
        return False
    note = _FORWARDING.match(piece)
    if note is None:
        return False
    rest = piece[note.end() :]
    before = _SENDING.sub("", _unasked(note[1]))
    return len(rest) < 45 and not (has_finding(rest) or has_finding(before))


def opening_cuts(sentence: str) -> list[int]:
    """Return where a receipt, thanks or 如下 ends, and where 现…如下 begins.

    What stands between these may be an answer already.
    """
    cuts = []
    if "如下" in sentence:
        for form in (_ANNOUNCING, _AS_FOLLOWS):
            cuts += [found.end() for found in form.finditer(sentence)]
    if "悉" in sentence or "收" in sentence:
        cuts += [found.end() for found in _RECEIVED.finditer(sentence)]
    if "谢" in sentence[:60] and (thanked := _THANKED.search(sentence, 0, 120)):
        cuts.append(thanked.end())
    return cuts


def _unasked(piece: str) -> str:
    """Drop the restatement of what was asked from a piece's beginning."""
    return _RESTATED.sub("", piece, count=1)
