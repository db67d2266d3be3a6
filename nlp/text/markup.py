"""Takes HTML entities, HTML tags and markdown marks out of a draft."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from re import Match

from nlp.text.draft import Draft, Edit

_ENTITY = re.compile(
    r"&(?:amp;)*(?:#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};|nbsp(?![A-Za-z]))"
)
_OPENING = re.compile(r"<!--|<(script|style)\b[^<>]*>", re.I)
_CLOSING = {
    "": re.compile("-->"),
    "script": re.compile(r"</script\s*>", re.I),
    "style": re.compile(r"</style\s*>", re.I),
}
_BLOCK = r"br|p|div|li|tr|h[1-6]|table|tbody|ul|ol|section|article|blockquote|hr|dd|dt|dl"
_INLINE = (
    r"a|abbr|b|big|body|center|cite|code|em|font|form|head|html|i|iframe|img|input|label|link|meta"
    r"|nobr|pre|s|script|small|span|strike|strong|style|sub|sup|td|th|thead|title|tt|u|w?br"
    r"|(?:o|v|w|st1):\w+|\?xml(?::\w+)?"
)
_TAG = re.compile(rf"<(/?)(?:({_BLOCK})|{_INLINE})(?:[\s/?][^<>]*)?>", re.I)
_HASHES = re.compile(r"(?m)^[ ]*(?:#{1,6}[ ]+)+|^[ ]*#{2,6}(?![#\d])")
_BOLD = re.compile(
    r"(?<!\*)\*\*(?![*\s，。、；：！？）])(?:(?<!\w\*\*)[^*\n]*|[^*\n，。、；：！？]*)(?<!\s)\*\*(?!\*)"
)
_OPEN_BOLD = re.compile(r"(?m)^[ ]*\*\*(?![*\s])")


def strip_markup(draft: Draft) -> None:
    """Decode entities, turn block tags into line breaks, drop other tags and marks.

    Only known tag names count, so `<附件>` and `<https://…>` stay. Other
    asterisks than pairs round a phrase stay: in published letters they mask names.
    """
    if "&" in draft.text:
        draft.sub(_ENTITY, _decode)
    if "<" in draft.text:
        draft.apply(_hidden(draft.text))
        draft.sub(_TAG, _tag)
    if "#" in draft.text:
        draft.delete(_HASHES)
    if "**" in draft.text:
        pairs = [m.span() for m in _BOLD.finditer(draft.text)]
        draft.apply(e for a, b in pairs for e in ((a, a + 2, ""), (b - 2, b, "")))
        draft.delete(_OPEN_BOLD)


def _hidden(text: str) -> Iterator[Edit]:
    """Yield the removal of comments, scripts and styles that end, each looked for only once."""
    done, endless = 0, set[str]()
    for opening in _OPENING.finditer(text):
        kind = (opening[1] or "").lower()
        if opening.start() < done or kind in endless:
            continue
        closing = _CLOSING[kind].search(text, opening.end())
        if closing is None:  # nor will there be one for those that come later
            endless.add(kind)
            continue
        done = closing.end()
        yield opening.start(), done, ""


def _decode(match: Match[str]) -> str | None:
    name = match.group().replace("amp;", "").rstrip(";")
    plain = "&" if name == "&" else html.unescape(f"{name};")
    return None if plain.startswith(name) and plain != "&" else plain


def _tag(match: Match[str]) -> str:
    closing, block = match.group(1, 2)
    if not block:
        return ""
    return "\n\n" if closing else "\n"
