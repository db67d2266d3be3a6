"""How replies begin and end, whoever writes them."""

from __future__ import annotations

import re

_OPENING = re.compile(
    r"收悉|已收到|来信收到|留言收到|您反映的|您在[^。]{0,30}留言|网友[“\"：:]"
    r"|(?:答复|回复|函复|复函|反馈|说明|回应|报告|汇报|情况|意见)如下"
    r"|^[^。，]{0,20}(?:委员|代表|网友|提案人)[^。，]{0,6}[：:]"
    r"|您提出的[^。]{0,60}(?:提案|建议)"
)
_CLOSING = re.compile(
    r"(?:感谢|谢谢)您?对|感谢您的|(?:感谢|谢谢)[^。]{0,30}(?:关心|关注|支持|理解|监督)"
    r"|(?:特此|专此|此)(?:答复|回复|复函|函复|复)|(?:联系|咨询)电话"
    r"|(?:19|20)\d\d年\d{1,2}月\d{1,2}日[^。]{0,6}$"
)
_HEAD, _TAIL = 160, 100
"""Characters at either end in which these words stand."""


def is_letter(text: str) -> bool:
    """Tell a reply from a proposal or a message by its first or its last words."""
    text = text.strip()
    return bool(_OPENING.search(text[:_HEAD]) or _CLOSING.search(text[-_TAIL:]))
