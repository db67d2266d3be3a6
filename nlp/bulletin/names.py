"""Chinese names of a report's statistics, for tables and messages."""

from __future__ import annotations

from functools import cache

_PLAIN = {
    "submitted": "收到（提出）",
    "filed": "立案",
    "merged": "并案",
    "after_merging": "并案后",
    "merged_into": "并案为",
    "assigned": "交办",
    "motions": "议案",
    "refused": "不予立案",
    "transferred": "转意见建议等",
    "transferred_opinions": "转社情民意",
    "withdrawn": "撤回、退回",
    "handled": "交办（办理）",
    "led": "主办",
    "co_handled": "会办（协办）",
    "closed": "办结件数",
    "replied": "办复件数",
    "handling_units": "承办单位",
    "key": "重点",
    "merged_with_key": "与重点一并办理",
    "by_members": "委员提案",
    "by_individuals": "个人提出",
    "by_joint": "联名提出",
    "by_groups": "集体提案",
    "by_parties": "党派提出",
    "by_sectors": "界别提出",
    "by_committees": "专委会提出",
    "by_organisations": "人民团体提出",
    "by_delegations": "代表团提出",
    "in_session": "会议期间",
    "out_of_session": "闭会期间",
    "from_motions": "议案转建议",
    "feeling_satisfied": "满意件数",
    "feeling_basically_satisfied": "基本满意件数",
    "feeling_unsatisfied": "不满意件数",
    "as_of": "截至日期",
}
_GROUPS = {
    "outcomes": "",
    "shares": "占比：",
    "rates": "",
    "topics": "主题：",
    "topic_shares": "主题占比：",
    "key_outcomes": "重点中",
    "key_shares": "重点占比：",
    "key_rates": "重点中",
    "opinions": "社情民意",
    "other": "其他：",
}
_WITHIN = {
    "solved": "已解决或采纳",
    "planned": "列入计划、正在解决",
    "limited": "受限暂不能解决",
    "explained": "留作参考、解释说明",
    "solving": "正在解决",
    "in_plan": "列入计划（单列）",
    "partly": "部分采纳",
    "issues": "期数",
    "sent_up": "报送篇数",
}
_RATES = {
    "consulted": "面商率",
    "replied": "办复率",
    "closed": "办结率",
    "satisfied": "满意率",
    "satisfied_attitude": "办理态度满意率",
    "satisfied_first": "初次满意率",
    "basically_satisfied": "基本满意率",
    "unsatisfied": "不满意率",
    "adopted": "采纳率",
    "implemented": "落实率",
    "solved": "解决率",
    "open": "公开率",
    "on_time": "按时率",
}

_WHOSE = {
    "proposals": "（政协提案）",
    "suggestions": "（代表建议）",
    "both": "（建议、提案合计）",
    "part": "（其中一部分）",
}


def statistic_name(name: str) -> str:
    """Return the Chinese name of a dotted statistic; a scheme's own class keeps its name."""
    group, _, rest = name.partition(".")
    if not rest:
        return _PLAIN.get(name, name)
    if group == "other":
        return _GROUPS[group] + _other(rest)
    within = _RATES if group.endswith("rates") else _WITHIN | _PLAIN | _topics()
    return f"{_GROUPS.get(group, '')}{within.get(rest, rest)}"


def _other(name: str) -> str:
    """Name a statistic beyond the contract: `rate_open`, `share_by_parties`, `part_filed`."""
    head, _, rest = name.partition("_")
    plain, _, matter = rest.partition("_of_")
    if head == "rate":
        return _RATES.get(plain, plain) + _WHOSE.get(matter, "")
    if head in ("share", "outcome", "part"):
        shown = (_WITHIN | _PLAIN | _topics()).get(plain, plain)
        lead = {"share": "占比：", "outcome": "", "part": "其中之一："}[head]
        return lead + shown + _WHOSE.get(matter, "")
    plain, _, matter = name.partition("_of_")
    return _PLAIN.get(plain, plain) + _WHOSE.get(matter, "")


def is_share(name: str) -> bool:
    """Tell a statistic that is a percentage."""
    group, _, rest = name.partition(".")
    return group.endswith(("shares", "rates")) or rest.startswith(("share_", "rate_", "key_share"))


@cache
def _topics() -> dict[str, str]:
    from nlp.taxonomy import load_scheme

    return {topic.key: topic.name for topic in load_scheme().topics}
