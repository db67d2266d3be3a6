"""Tells a measure that has been taken from one that is to come."""

from __future__ import annotations

import re
from typing import Literal

from nlp.text.anyof import any_of

Time = Literal["done", "next"]

_ADVERB = any_of(
    "会 继续 进一步 积极 持续 陆续 逐 分 尽 重点 适时 着 认真 定期 严格 依法 充分 大力 深入 密切 "
    "不 全"
)
_VERB = any_of(
    "于 在 按 对 根据 结合 协调 督促 联合 配合 会同 加 组织 推 开展 启动 实施 建 新 优 完善 统筹 "
    "争取 以 从 通过 为 强化 安排 择 聚焦 探索 研究 出台 制定 举办 引 坚持 围绕 采取 向 与 由"
)
_WILL = rf"(?<!已)(?<!已经)(?<!并)将(?:{_ADVERB}|{_VERB})"
_PROMISE = any_of(
    "(?<!为)下一?步 下一?阶段 今后 接下来 届时 后续 适时 择机 尽快 预计 力争 有望 打算 "
    "准备 还要 再作研究 拟(?!人) 计划(?![，。；、的书表》内]) "
    "争取(?!上级|中央|省|国家|到|资金|了|项目) 待[^。，；]{2,30}(?:后|再)"
)
_BY = r"(?:[年月日号季]|\d)[底末初]?(?:以|之)?前(?![期后述身年往])|年内|今冬明春|明年|来年"
_AHEAD = re.compile(f"{_PROMISE}|{_WILL}|{_BY}")

_PLANNED = any_of("经?列入 经?纳入 编入 排入 写入 有?计划 将?列入 安排在 提出申请")
_RESULT = any_of("完成 建成 启用 投用 开通 竣工 通车 修复 更换 拆除 取缔 查处 退还 兑付 发放 拨付")
_TAKEN = any_of("责令 罚款 立案 约谈 属实 去年 以来 累计 共计 达到 截[至止] 出台了?《 印发了?《")
_BEHIND = re.compile(
    rf"已(?!{_PLANNED})|[^为除罢]了(?![解如望然])|{_TAKEN}"
    rf"|{_RESULT}(?=了|[^。，；]{{0,12}}(?:\d|[，。；]|$))"
    r"|增[至加到]+\d|[降升减]至|由[^，。；]{1,16}[增降升减提缩]"
)
_SETTLED = re.compile(r"[现均]已|已全部")
_MUST = re.compile(r"^[（(]?[一二三四五六七八九十]要|要(?:进一步|加强|强化|坚持|做好)")
_INTENTION = re.compile(
    f"{_PROMISE}|将(?!.*有关情况)|{any_of('工作安排 工作计划 工作思路 努力方向')}"
)
_CLAUSE = re.compile(r"[^，。；！\n]+")


def measure_time(text: str, lead: str = "") -> Time:
    """Tell from its words whether a measure is done (or being done) or comes next.

    Every clause that tells counts; promises and deadlines that equal or outweigh what has
    been done make it one to come (equal ones not where 现已 settles it). Where no clause
    tells, what introduces the list does (下一步，我们将：); without either it is taken for
    present practice.
    """
    ahead = done = 0
    for clause in _CLAUSE.findall(text):
        if _AHEAD.search(clause) and not _is_over(clause):
            ahead += 1
        elif _BEHIND.search(clause):
            done += 1
    if ahead == done and ahead:
        return "done" if _SETTLED.search(text) else "next"
    if ahead or done:
        return "next" if ahead > done else "done"
    return "next" if _MUST.search(text) or _INTENTION.search(lead) else "done"


def _is_over(clause: str) -> bool:
    """Tell a deadline that has been met: 6月底前已完成."""
    return re.search(rf"已(?!{_PLANNED})[^。]{{0,8}}{_RESULT}", clause) is not None
