"""Words that only an answer uses: what was found, done, ruled or planned."""

from __future__ import annotations

import re

from nlp.text.anyof import any_of

_CHECKED = any_of("查 核 调查 了解 核实 核查 排查 走访")
_INTRODUCES = r"(?:了解|核实|研究|处理)?，?[现就将特]"
_FOUND = any_of(
    rf"经(?:现场|实地|初步|认真|我局){{0,2}}{_CHECKED}(?!{_INTRODUCES})[^。]{{4}} "
    "属实 不实 没有 原因[是为在有系：] 主要是 由于 均为 位于 始建 发现 因为 是因 了解到"
)
_PREPARED = any_of("收 阅 悉 知 经?组织 经?安排 经?会同 经?转 进行 认真 第一 立即 委派 就")
_DONE = any_of(f"已(?!{_PREPARED}) 完成 建成 责令 截至 现已 目前")
_RULED = any_of(
    "不符合 不属于 无法 不能 不予 依据 规定 因此 同意 可以 需 应当 "
    "《[^》]{2,40}(?:法|条例|规定|办法|通知|规划|方案)》"
)
_TO_COME = any_of("下一?步 拟 计划 预计 力争 将[于在会对由按继]")
_COUNTED = any_of("个 户 人 万 亿 元 米 套 处 家 件 台 天 辆 盏 吨 亩 公里")
_FIGURES = any_of(rf"万元 亿元 \d元 % [\d一二三四五六七八九十]+{_COUNTED}")
_FINDING = re.compile(f"{_FOUND}|{_DONE}|{_RULED}")
_ANSWER = re.compile(f"{_FINDING.pattern}|{_TO_COME}|万元")
_FACT = re.compile(f"{_DONE}|{_FIGURES}")


def has_answer(piece: str) -> bool:
    """Tell a piece that may tell what was found, done, ruled or planned."""
    return _ANSWER.search(piece) is not None


def has_finding(piece: str) -> bool:
    """Tell a piece that may tell what was found, done or ruled."""
    return _FINDING.search(piece) is not None


def has_fact(piece: str) -> bool:
    """Tell a piece with a figure, or with something done."""
    return _FACT.search(piece) is not None
