"""Stretches of a text that do not overlap, looked up by position."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from nlp.bulletin.types import Span


class Stretches:
    """A growing set of stretches; overlapping ones are joined."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans: list[Span] = []
        for span in sorted(spans):
            self.add(span)

    def add(self, span: Span) -> None:
        """Take in a stretch, joining those that it overlaps."""
        at = self._first(span)
        while at < len(self._spans) and self._spans[at].start < span.end:
            other = self._spans.pop(at)
            span = Span(min(span.start, other.start), max(span.end, other.end))
        self._spans.insert(at, span)

    def meeting(self, span: Span) -> Span | None:
        """Return the first stretch that shares a character with `span`."""
        at = self._first(span)
        found = self._spans[at] if at < len(self._spans) else None
        return found if found is not None and found.start < span.end else None

    def _first(self, span: Span) -> int:
        """Return the place of the first stretch that ends behind the start of `span`."""
        return bisect_right(self._spans, span.start, key=lambda each: each.end)

    def cover(self, span: Span) -> bool:
        """Tell whether one stretch covers all of `span`."""
        found = self.meeting(span)
        return found is not None and found.start <= span.start and span.end <= found.end

    def visible(self, span: Span) -> Span:
        """Return `span` up to where a stretch begins inside it."""
        found = self.meeting(span)
        return Span(span.start, found.start) if found and found.start > span.start else span
