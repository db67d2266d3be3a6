"""How a reply letter takes leave: thanks, invitations, wishes, 如有疑问.

Forms are tried on one stripped piece, at its start. What they let through besides the set
phrases is free of figures, since an answer must never be taken for an ending.
"""

from __future__ import annotations

import re

from nlp.summarize.letter.substance import has_fact
from nlp.text.anyof import any_of

_KIND = any_of(
    "感谢 谢谢 致谢 谢意 监督 支持 理解 关注 关心 谅解 见谅 体谅 指正 愉快 健康 顺利 歉意 抱歉 "
    "道歉 不便 宝贵 配合 指导 帮助 提意见 意见(?:和|与|、)建议 批评 提出"
)
_HEREBY_WHAT = any_of("致 复 回复 答复 函复 复函 致函 说明 函达 函告 回函 敬礼")
_ABOVE_WHAT = any_of("不妥 不当 不足 参考 联系 答复 回复 满意 为盼")
_HEREBY = re.compile(
    rf"^[特专谨现兹]?此{_HEREBY_WHAT}?"
    r"(?:[。！，]?(?:敬礼|谢谢|望[^。]{0,10})?[！。]?|[，。][^。\d]{0,80}[。！]?)$"
    rf"|^以上(?:是|为)?[^。\d]{{0,60}}(?:{_KIND}|{_ABOVE_WHAT})[^。\d]{{0,30}}[。！]?$"
)
_ADVERB = any_of(
    "最后 再一?次 再 在此 同时 也 并 我们 我局 另外 此外 对此 非常 十分 特别 衷心 由衷 真诚 诚挚 "
    "真心 的 地 ， 、"
)
_FEELING = any_of("感谢 谢意 歉意 敬意")
_THANKS = re.compile(
    rf"^{_ADVERB}{{0,6}}{any_of('感谢 谢谢 多谢 谢[您你] 致以')}[^。，]{{0,70}}"
    r"(?:，[^。]{0,45})?[。！!]?$"
    rf"|^(?:{any_of('同时 再次 最后 在此 我们 ，')}{{0,3}}对|向)[^。]{{0,60}}"
    rf"(?:深?表示?)[^。]{{0,12}}{_FEELING}[^。]{{0,30}}[。！]?$"
)
_LEAD = any_of("同时 也 并 最后 今后 我们 由此 因此 对 ，")
_WISH = any_of("请您?(?=继续) 欢迎 希望 敬请 恳请 诚请 盼望 诚挚 真诚 衷心 期待 期盼")
_SPUR = any_of("动力 鞭策 鼓励 鼓舞 期待")
_PARDON = any_of("谅解 理解 见谅 体谅 监督 知悉 支持 包涵 指正")
_INVITE = re.compile(
    rf"^{_LEAD}{{0,3}}{_WISH}[^。]{{0,80}}{_KIND}[^。]{{0,40}}[。！!]?$"
    rf"|^{_LEAD}{{0,3}}希望[您你贵][^。]{{0,6}}继续[^。]{{0,60}}[。！]?$"
    rf"|^{_LEAD}{{0,2}}(?:给|对)?[您你大家][^。，]{{0,20}}(?:带来|造成)[^。，]{{0,12}}不便"
    r"[^。]{0,40}[。！]?$"
    rf"|^(?:最后)?{any_of('顺?祝 顺颂 敬祝 恭祝 谨祝')}[^。]{{1,40}}[。！!]?$"
    rf"|^[您你贵][^。，]{{0,4}}的[^。，]{{0,12}}是[^。]{{0,30}}{_SPUR}[^。，]{{0,12}}[。！]?$"
    r"|^(?:不[便妥足]之处，)?[^。，]{0,10}(?:敬请|恳请|望|请)[^。，]{0,12}"
    rf"{_PARDON}[^。，]{{0,6}}[。！]?$"
)
_ANY_MORE = any_of("其他 其它 相关 任何 进一步 还有 仍有 别的 什么 新的")
_WANT = any_of("问题 需求 情况 需要 意见 诉求 建议 要求 了解 咨询")
_DOUBT = any_of(
    "疑问 疑惑 疑义 异议 不明 不清楚 不满意 不满 不服 不妥 不详 意见(?:和|与|、|或者?)?建议 "
    f"[有还]问题 {_ANY_MORE}[^。，]{{0,8}}{_WANT}"
)
_TURN = any_of(
    "联系 咨询 致电 拨打 来电 电话 反映 反馈 沟通 指正 指出 提出 垂询 解释 告知 答复 回复 解答 "
    "留言 批评 问询 前往 到 谅解 理解"
)
_IF_IN_DOUBT = re.compile(
    rf"^(?:以上[^。，]{{0,30}}，)?[您你]?{any_of('如果? 若 倘 后续 今后 再')}(?!实)"
    rf"[^。]{{0,40}}?{_DOUBT}(?![^。]*(?:携带|材料|\d日|申请))"
    rf"[^。]{{0,60}}{_TURN}[^。]{{0,80}}[。！]?$"
    rf"|^(?:以上|本)?{any_of('答复 处理 调查 回复')}?(?:意见|结果)?，?如[果您你对]?"
    r"[^。]{0,20}不服[^。]{0,60}(?:复查|复核|信访)[^。]{0,20}[。！]?$"
)
_CLOSINGS = (_THANKS, _INVITE, _HEREBY, _IF_IN_DOUBT)


def is_closing(piece: str) -> bool:
    """Tell thanks, wishes, apologies and 如有疑问 from an answer's last sentence."""
    if len(piece) > 200 or not any(form.match(piece) for form in _CLOSINGS):
        return False
    return not has_fact(piece)


def is_in_doubt(piece: str) -> bool:
    """Tell 如有疑问，请……."""
    return len(piece) <= 200 and _IF_IN_DOUBT.match(piece) is not None
