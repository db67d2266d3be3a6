"""A stretch of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open stretch `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters that the span covers."""
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start


def partition(size: int, cuts: Iterable[int]) -> Iterator[Span]:
    """Yield the spans between ascending `cuts`, covering `[0, size)` without gaps.

    Cuts outside `(0, size)` and repeated ones make no empty spans.
    """
    start = 0
    for cut in cuts:
        if start < cut < size:
            yield Span(start, cut)
            start = cut
    if start < size:
        yield Span(start, size)
