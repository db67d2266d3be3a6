"""Tells a unit's reply to one proposal from a report on all of them."""

from __future__ import annotations

import re

from nlp.errors import InputError

_HEAD = 1200
"""Characters in which a letter's salutation, receipt and announcement stand."""
_TITLE_LINES = 12
_YOU = re.compile("您|你(?:们|委|会|部|支部|单位|组|界)|贵(?:委|会|部|支部|单位|组)|该提案收悉")
_ADDRESSED = re.compile(
    r"(?m)^(?!.{0,8}(?:各位|同志们))[^\n，。；：:]{2,40}"
    r"(?:委员|代表|委员会|支部|总支|工商联|小组|联合会|协会|同志|先生|女士)[^\n，。；：:]{0,6}[：:]"
)
_RECEIVED = re.compile(
    r"(?:提案|建议|议案|号)(?:(?!通知|文件|来函|要求)[^。\n]){0,24}(?:收悉|阅悉|敬悉|已收阅)"
)
_ANSWERED = re.compile(
    r"(?:[现特就兹]|将|予以|我[局委办厅]|经)[^。；\n]{0,40}"
    r"(?:答复|回复|函复|复函)(?:意见|情况)?如下"
)
_TITLE = re.compile(
    r"(?:提案|建议|议案|号)[》”]?的?(?:办理)?(?:答复|复函|回复|函复|答复函|回复函|复文|答复意见|"
    r"(?:会办|协办|主办|分办)意见)(?:函|的函)?(?:（[^）]*）)?$"
)


def refuse_letter(text: str, title: str) -> None:
    """Raise InputError for a reply letter, which names its reader and announces its answer."""
    head = text[:_HEAD]
    to_one = _YOU.search(head) or _ADDRESSED.search(head)
    titled = any(_TITLE.search(line) for line in (title, *head.split("\n")[:_TITLE_LINES]))
    signs = (bool(_RECEIVED.search(head)), bool(_ANSWERED.search(head)), titled)
    if not to_one or not any(signs):
        return
    shown = f"“{title[:40]}”" if title else "这份文件"
    raise InputError(
        f"{shown}是承办单位给委员或代表的答复函，只讲一件提案（建议），不是全年办理情况的报告。",
        "要把答复缩成摘要，请运行 fenban summarize 答复文件；读报告请换成通报或工作报告。",
    )
