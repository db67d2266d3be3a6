"""Undoes what copying, scanning and web pages did to a text, and keeps the way back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.text.chars import DIRTY, fold, punctuate, tighten
from nlp.text.draft import Draft
from nlp.text.lines import join_lines
from nlp.text.markup import strip_markup

_DIRTY = re.compile(rf"{DIRTY}|&|<|\*\*|^#")


_MOST_ROUNDS = 100
"""Real texts settle in two or three rounds; this stops one made of nested `<<<b>b>b>`."""


@dataclass(frozen=True, slots=True)
class Clean:
    """A repaired text with the place of each of its characters in the original.

    `offsets[i]` is where character i of `text` began; None means "nothing moved".
    `ends[i]` is where it ended; None means `offsets[i] + 1` throughout, which fails
    only where an entity or a tag (`&#12288;`, `</p>`) became one character.
    """

    text: str
    offsets: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open stretch of the original that became `text[start:end]`.

        An empty stretch stays empty. What was dropped inside is included, what was
        dropped at the rims is not.

        :raises IndexError: if not `0 <= start <= end <= len(text)`.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"span({start}, {end}) outside a text of {len(self.text)}")
        if self.offsets is None:
            return start, end
        if start == end:
            at = self.offsets[start] if start < len(self.text) else self._end(start)
            return at, at
        return self.offsets[start], self._end(end)

    def _end(self, end: int) -> int:
        if not end or self.offsets is None:
            return end
        return self.ends[end - 1] if self.ends else self.offsets[end - 1] + 1


def clean(text: str) -> Clean:
    """Repair a text as given: line breaks, page numbers, spaces, widths, markup.

    Paragraphs come out as single lines joined by one newline each. Repeats until
    nothing changes, so that cleaning a clean text is the identity.
    """
    if not _DIRTY.search(text):
        return Clean(text)
    draft = Draft(text)
    for _ in range(_MOST_ROUNDS):
        before = draft.version
        strip_markup(draft)
        fold(draft)
        tighten(draft)
        punctuate(draft)
        join_lines(draft)
        if draft.version == before or not _DIRTY.search(draft.text):
            break
    return Clean(
        draft.text,
        None if draft.starts is None else tuple(draft.starts),
        None if draft.ends is None else tuple(draft.ends),
    )


def clean_text(text: str) -> str:
    """Return `clean(text).text`, for callers that need no way back."""
    return clean(text).text
