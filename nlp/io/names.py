"""What columns and form fields are called, and which role each name has.

A name is matched exactly first, then by the longest synonym that it contains; the order of
the synonyms is their rank (案号 beats 序号).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

OTHER = "other"
ROLES = ("title", "body", "id", "lead", "co", "topics", "reply", "kind", "proposer", "year")
ROLE_NAMES = {
    "title": "标题",
    "body": "正文",
    "id": "编号",
    "lead": "主办单位",
    "co": "会办单位",
    "topics": "类别",
    "reply": "答复",
    "kind": "种类",
    "proposer": "提案人",
    "year": "年度",
}
_SYNONYMS = {
    "title": (
        "案由 提案案由 建议案由 标题 提案标题 建议标题 提案名称 建议名称 议案名称 提案题目 "
        "建议题目 题目 议题 提案议题 提案主题 建议主题 议案标题 来信标题 留言标题 留言主题 "
        "信件标题 案题 标题名称 提案建议标题 建议提案标题 建议提案名称 提案建议名称 事由 名称 "
        "主题 提案 title proposaltitle subject headline"
    ),
    "body": (
        "内容 正文 提案内容 建议内容 议案内容 提案正文 建议正文 建议提案内容 提案建议内容 "
        "主要内容 具体内容 详细内容 提案全文 建议全文 全文 原文 提案原文 详情 留言详情 留言内容 "
        "来信内容 信件内容 诉求内容 反映内容 问题描述 描述 背景 案据 理由 情况说明 提案背景 "
        "情况分析 情况反映 现状分析 问题分析 主要问题 存在问题 存在的问题 原因分析 问题和建议 "
        "问题及建议 问题与建议 意见建议 意见和建议 具体建议 对策建议 工作建议 建议 建议措施 "
        "解决办法 办法 方案 留言 来信 诉求 body content text detail details message description"
    ),
    "id": (
        "案号 提案号 提案编号 建议号 建议编号 议案号 提案案号 建议案号 提案序号 建议序号 编号 "
        "文号 序号 流水号 受理号 登记号 受理编号 留言编号 id no proposalid number"
    ),
    "lead": (
        "主办单位 主办 承办单位 承办部门 主办部门 主办承办单位 牵头单位 牵头部门 牵头 拟办单位 "
        "拟主办单位 拟承办单位 拟交办单位 交办单位 建议承办单位 建议办理单位 办理单位 办理部门 "
        "责任单位 主办单位名称 分办单位 分管单位 lead leadunit"
    ),
    "co": (
        "会办单位 会办 协办单位 协办 会办部门 协办部门 会同单位 会同办理单位 配合单位 "
        "拟会办单位 分办协办单位 协同单位 参与单位 co counit counits"
    ),
    "topics": (
        "类别 分类 提案类别 建议类别 提案分类 建议分类 类别名称 内容分类 主题 主题分类 主题类别 "
        "所属类别 所属领域 领域 一级分类 一级标签 标签 专题 label labels category topic topics "
        "class"
    ),
    "reply": (
        "答复 答复内容 答复意见 答复正文 答复全文 答复原文 答复详情 答复函 答复文本 回复 回复内容 "
        "回复意见 回复正文 回复全文 回复详情 官方回复 官方答复 单位答复 单位回复 部门答复 部门回复 "
        "承办单位答复 承办单位回复 承办单位答复意见 承办单位意见 承办部门答复 办理单位答复 "
        "办理单位意见 主办单位答复 主办单位答复意见 办理答复 办理情况 办理结果 办理意见 办理内容 "
        "办复内容 办复情况 办复意见 复函 复函内容 复文 办理复文 答复情况 回复情况 反馈内容 reply "
        "replytext replycontent response answer"
    ),
    "kind": ("提案类型 建议类型 类型 种类 性质 提案性质 提案种类 提案形式 kind type"),
    "proposer": (
        "提案人 提案者 提案委员 提案单位 提案人姓名 提案者姓名 第一提案人 第一提案者 建议人 "
        "提出人 领衔人 领衔代表 领衔提案人 代表姓名 委员姓名 提案代表 提出代表 联名人 姓名 代表 "
        "委员 proposer author"
    ),
    "year": ("年度 年份 届次 会次 提案年度 提出年份 year"),
    OTHER: (
        "备注 说明 电话 联系电话 手机 手机号码 联系方式 联系人 地址 通讯地址 通信地址 单位 "
        "工作单位 单位职务 工作单位及职务 职务 部门 邮编 邮政编码 邮箱 日期 时间 提交时间 "
        "提交日期 提出日期 提出时间 收到日期 交办日期 交办时间 办结日期 办理时限 状态 办理状态 "
        "答复单位 答复部门 答复机构 答复人 答复方式 答复文号 答复编号 答复标题 答复类别 答复类型 "
        "回复单位 回复部门 回复机构 回复人 回复方式 回复文号 回复标题 回复类别 回复类型 办理方式 "
        "满意度 界别 党派 性别 民族 审查意见 审核意见 立案情况 是否立案 是否公开 附件 得分 "
        "附议人 联名人数 密级 页数 网址 来源 date time status phone address remark url note "
        "notes tel"
    ),
}
_SPOILERS = re.compile(
    "时间|日期|电话|联系|负责|审核|审查|字数|人数|件数|数量|附件|链接|地址|结果|满意|状态|是否|意见|百分|比例|得分|领导"
)
_BRACKETED = re.compile(r"[(\[{【〔<《「][^)\]}】〕>》」]*[)\]}】〕>》」]")
_NUMBERING = re.compile(r"^(?:第?\d{1,2}|[一二三四五六七八九十]{1,3})[.、．,)]+(?=\D)")
_DROPPED = re.compile(r"[\s*★☆※●■□#:：;；,，.。、_\-—'\"“”‘’()\[\]{}【】〔〕<>《》「」]+")
_MAX_NAME = 16
TOO_PLAIN = frozenset(
    "名称 主题 提案 建议 办法 方案 理由 背景 描述 领域 标签 专题 姓名 代表 委员 案据 "
    "留言 来信 诉求".split()
)
"""Words that name a column only when they stand alone (单位名称 is no title)."""


@dataclass(frozen=True, slots=True)
class Match:
    """A name's role; `rank` orders the synonyms of a role, lower is better."""

    role: str
    rank: int
    exact: bool


@lru_cache(maxsize=2**15)
def normalise(name: str) -> str:
    """Reduce “*案 由（必填）” to 案由: width, spaces, brackets, numbering, stars, case."""
    text = unicodedata.normalize("NFKC", name[:200]).lower()
    text = "".join(char for char in text if unicodedata.category(char) != "Cf").strip()
    text = _NUMBERING.sub("", text)
    return _DROPPED.sub("", _BRACKETED.sub("", text)) or _DROPPED.sub("", text)


def _index() -> dict[str, tuple[Match, ...]]:
    found: dict[str, list[Match]] = {}
    for role, words in _SYNONYMS.items():
        for rank, word in enumerate(words.split()):
            found.setdefault(word, []).append(Match(role, rank, True))
    return {word: tuple(matches) for word, matches in found.items()}


_INDEX = _index()
_CONTAINABLE = tuple(
    word for word in _INDEX if len(word) > 1 and not word.isascii() and word not in TOO_PLAIN
)


@lru_cache(maxsize=2**15)
@lru_cache(maxsize=2**15)  # asked once for every role; a table may have 16,384 columns
def matches(name: str) -> tuple[Match, ...]:
    """Return the roles that a name may have (主题: title, else topics); () when unknown."""
    text = normalise(name)
    if text in _INDEX:
        return _INDEX[text]
    if not 0 < len(text) <= _MAX_NAME:
        return ()
    inside = [w for w in _CONTAINABLE if w in text]
    if not inside:
        return ()
    longest = max(inside, key=len)
    if _SPOILERS.search(text.replace(longest, "", 1)):
        return (Match(OTHER, 0, False),)
    return tuple(Match(match.role, match.rank, False) for match in _INDEX[longest])
