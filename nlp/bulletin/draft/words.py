"""The heads and status words of an office's records, read from `words.yaml` beside this file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlp.yamlfile import Audit, Node, read_yaml

FILE = Path(__file__).with_name("words.yaml")
CLOSED = ("filing", "source", "key", "met", "state", "feedback", "outcome")
"""Roles whose cells are one of a few words."""
ROLE_NAMES = {
    "id": "编号",
    "title": "标题",
    "proposer": "提案人",
    "source": "提案人类别",
    "topic_confirmed": "确认主题",
    "topic": "主题",
    "lead": "主办单位",
    "co": "会办单位",
    "filing": "立案情况",
    "key": "重点",
    "outcome_confirmed": "确认结果",
    "outcome": "办理结果",
    "met": "面商",
    "state": "办理状态",
    "due": "办理时限",
    "replied_on": "答复日期",
    "feedback": "满意度",
    "digest": "办理摘要",
    "year": "年度",
}
CONFIRMED = {"topic_confirmed": "topic", "outcome_confirmed": "outcome"}
"""Columns in which staff confirm or correct another one."""
CLASS_NAMES = {
    "": "",
    "filed": "立案",
    "merged": "并案",
    "transferred": "转为意见建议",
    "transferred_opinions": "转为社情民意",
    "refused": "不予立案",
    "withdrawn": "撤回",
    "reviewing": "正在审查",
    "individual": "个人",
    "joint": "联名",
    "group": "集体",
    "delegation": "代表团",
    "yes": "是",
    "no": "否",
    "closed": "办结",
    "replied": "已答复",
    "pending": "在办",
    "satisfied": "满意",
    "basically": "基本满意",
    "unsatisfied": "不满意",
    "solved": "已解决或基本解决",
    "planned": "列入计划逐步解决",
    "limited": "受限暂不能解决",
    "explained": "解释说明或留作参考",
}
_PARTS = re.compile("[、，,；;/\n|]")
_HINT = "请按行号改好后重试。"


@dataclass(frozen=True, slots=True)
class Words:
    """Heads by role, in order of rank; the class of each plain word of a closed role."""

    columns: Mapping[str, tuple[str, ...]]
    classes: Mapping[str, Mapping[str, str]]


@cache
def words() -> Words:
    """Read the shipped words once. Raises DataError with line numbers for a faulty file."""
    return load_words(FILE)


def load_words(path: Path) -> Words:
    """Read a file of words. Raises InputError, or DataError with every fault's line."""
    node, audit = read_yaml(path)
    fields = audit.fields(node, "用语", ("columns", *CLOSED))
    columns = _lists(fields.get("columns"), "columns", audit)
    for role, (_, line) in columns.items():
        if role not in ROLE_NAMES:
            audit.add(line, f"没有“{role}”这种列")
    classes = {role: _classes(fields.get(role), role, audit) for role in CLOSED}
    audit.finish(_HINT)
    return Words({role: heads for role, (heads, _) in columns.items()}, classes)


def plain(text: str) -> str:
    """Reduce a word to what is compared: width, case, spaces and punctuation do not count."""
    kept = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in kept if char.isalnum() or char in "√✓×")


def parts(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that lists several."""
    return tuple(part.strip() for part in _PARTS.split(cell) if part.strip())


def _lists(node: Node | None, what: str, audit: Audit) -> dict[str, tuple[tuple[str, ...], int]]:
    if node is None or not isinstance(node.value, dict):
        audit.add(node.line if node else 1, f"{what} 应是“键: 写法”的表")
        return {}
    return {
        key: (
            tuple(map(plain, audit.text(child, f"{what}.{key}", node).split())),
            child.line,
        )
        for key, child in node.value.items()
    }


def _classes(node: Node | None, role: str, audit: Audit) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, (listed, line) in _lists(node, role, audit).items():
        for word in listed:
            if word in found:
                audit.add(line, f"{role} 里“{word}”写了两次，只能属于一类")
            found[word] = key
    return found
