"""Who brought a proposal forward in a story: named first, then only 他 or 她."""

from __future__ import annotations

import re

_BY_PRONOUN = re.compile(
    r"(?:^|[，。；！？“”])(?:[^，。；！？“”]{0,8}[，])?[^，。；！？《“]{0,6}?[他她](?:们)?(?:[^。！？《》]{0,40})$"
)
"""A sentence up to a title whose subject is 他 or 她."""
_WRITES = re.compile(r"提出|提交|写下|写成|写了|递交|撰写|在$|交上")
_TRADE = (
    r"[一-龥]{0,8}?(?:医生|医师|教师|老师|律师|工程师|厨师|法官|主任|校长|院长|所长|站长|厂长|园长|会长|"
    r"董事长|总经理|经理|书记|教授|研究员|专家|负责人|创始人|农技员|护士|作家|画家|企业家)"
)
_OF_MEMBER = re.compile(
    rf"(?:委员|代表)(?:、{_TRADE})*(?P<who>[一-龥]{{2,3}}?)"
    r"(?=的(?:一[件份]|提案|建议)|说(?:[。，：])|告诉|介绍|表示|认为|坦言|回忆|[。，])"
)
"""区政协委员李某某的一份提案, 市人大代表、小学教师王某某说."""
_IS_MEMBER = re.compile(
    r"(?:^|[。！？”])(?P<who>[一-龥]{2,3}?)(?:是|，)[^。！？]{0,40}(?:政协委员|人大代表|委员|代表)(?=[，。])"
)
"""李某某是一家厂的负责人，也是区政协委员，他…"""
_NO_NAME = re.compile("^(?:委员|代表|政协|人大|我们|他们|记者|[这那该各]|[们会团])|[们会团局委]$")
_FARTHEST = 160
"""Characters of a line before a title in which its proposer may be named."""


def proposer_told_of(ahead: str) -> str | None:
    """Return the member whom the 他 or 她 before a title stands for, None where none is named.

    :param ahead: the title's line up to the title.
    """
    near = ahead[-_FARTHEST:].rstrip("《“")
    if not _BY_PRONOUN.search(near) or not _WRITES.search(near[-12:]):
        return None
    met = [found for form in (_OF_MEMBER, _IS_MEMBER) for found in form.finditer(near)]
    names = [found["who"] for found in sorted(met, key=lambda each: each.start())]
    return next((name for name in reversed(names) if not _NO_NAME.search(name)), None)
