"""What people and programs write where they have nothing to say: nan, 无, -, /."""

from __future__ import annotations

import unicodedata

_MARKS = frozenset(
    "nan none null nil na n/a #n/a <na> nat 无 暂无 没有 空 空白 未填".split()
    + "- -- --- — —— / // \\ * 、 …".split()
)


def is_blank(value: object) -> bool:
    """Tell a value that says nothing: None, NaN, blank text or a mark for it (“无”)."""
    if value is None:
        return True
    if isinstance(value, float):
        return value != value
    if not isinstance(value, str):
        return False
    text = unicodedata.normalize("NFKC", value).strip().strip("()[]").strip().lower()
    return not text or text in _MARKS
