"""The one proposal that stands for its class, and the sentence that tells of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.bulletin.draft.parts import Wording
from nlp.bulletin.draft.year import Item

EXAMPLE_RULE = "有标题和办理摘要的里面，重点的优先，其次摘要里数字多的，再次排在前面的"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PERSON = re.compile(r"[一-龥]{2,4}|[一-龥]{1,8}·[一-龥]{1,8}")
_TITLED = re.compile("(?:建议|提案|议案|建议案)$")


def choose(items: Sequence[Item]) -> Item | None:
    """Choose by EXAMPLE_RULE; None where no item has both a title and a digest."""
    fit = [item for item in items if item.record.title and _digest(item)]
    return max(fit, key=_weight, default=None)


def told(item: Item, wording: Wording) -> str:
    """Tell of an item: who proposed it, its title, who led the handling, the digest."""
    title = item.record.title.strip("《》")
    behind = "" if _TITLED.search(title) else f"的{wording.matter}"
    who = _proposer(item, wording)
    by = f"{who}提出的" if who else ""
    lead = item.record.cell("lead")
    unit = f"由{lead}主办，" if lead else ""
    return f"例如，{by}《{title}》{behind}，{unit}{_digest(item)}。"


def _weight(item: Item) -> tuple[bool, int]:
    return item.is_("key", "yes"), len(_NUMBER.findall(_digest(item)))


def _digest(item: Item) -> str:
    return "".join(item.record.cell("digest").split()).rstrip("。；，、.;,")


def _proposer(item: Item, wording: Wording) -> str:
    """Name the proposer; 委员 is added only where the data say that it is one."""
    name = "".join(item.record.cell("proposer").split())
    personal = item.is_("source", "individual")
    if personal and _PERSON.fullmatch(name) and not name.endswith(wording.owner):
        return f"{name}{wording.owner}"
    return name
