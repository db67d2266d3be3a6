"""A draft as Markdown, the same words as in the Word document."""

from __future__ import annotations

import re

from nlp.bulletin.draft.parts import Block, Draft

_MARKUP = re.compile(r"([\\`*_<\[\]])")
_FORMS = {"title": "# {}", "heading": "## {}", "note": "{}", "text": "{}", "signature": "{}"}


def to_markdown(draft: Draft, *, marks: bool = True) -> str:
    """Write a draft as Markdown.

    :param marks: leave the marks 〔表1〕 in, which lead to the rows of the appendix.
    """
    return "\n\n".join(_block(block, marks=marks) for block in draft.blocks) + "\n"


def _block(block: Block, *, marks: bool) -> str:
    said = "".join(each.marked() if marks else each.text for each in block.sentences)
    return _FORMS[block.kind].format(_MARKUP.sub(r"\\\1", f"{block.lead}{said}"))
