"""A text under repair that remembers where each of its characters came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from re import Match, Pattern

Edit = tuple[int, int, str]


class Draft:
    """Mutable working text with an offset map, filled in only when a length changes.

    `starts[i]`/`ends[i]` bound, in the original, what became character i. `starts` is
    None while every character still stands where it stood, `ends` is None while each
    one came from exactly one character. `version` counts effective changes, so that a
    caller can tell a fixed point without comparing texts.
    """

    __slots__ = ("ends", "starts", "text", "version")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] | None = None
        self.ends: list[int] | None = None
        self.version = 0

    def swap(self, text: str) -> None:
        """Take a text of the same length, character for character.

        :raises ValueError: if the length differs, since the map would then lie.
        """
        if len(text) != len(self.text):
            raise ValueError("swap() needs a text of the same length")
        if text != self.text:
            self.text = text
            self.version += 1

    def apply(self, edits: Iterable[Edit]) -> None:
        """Replace the half-open stretches `(start, end, new)`, given in order, disjoint."""
        todo = list(edits)
        if not todo:
            return
        self._prepare(todo)
        assert self.starts is not None
        self.starts = _renumber(self.starts, todo, first=True)
        if self.ends is not None:
            self.ends = _renumber(self.ends, todo, first=False)
        pieces: list[str] = []
        done = 0
        for start, end, new in todo:
            pieces += (self.text[done:start], new)
            done = end
        pieces.append(self.text[done:])
        self.text = "".join(pieces)
        self.version += 1

    def sub(self, pattern: Pattern[str], new: Callable[[Match[str]], str | None]) -> None:
        """Replace every match by `new(match)`; None leaves the match as it is."""
        found = ((match, new(match)) for match in pattern.finditer(self.text))
        self.apply((m.start(), m.end(), text) for m, text in found if text is not None)

    def delete(self, pattern: Pattern[str]) -> None:
        """Remove every match of `pattern`."""
        self.apply((m.start(), m.end(), "") for m in pattern.finditer(self.text))

    def _prepare(self, edits: list[Edit]) -> None:
        if self.starts is None:
            self.starts = list(range(len(self.text)))
        if self.ends is None and any(new and end - start != 1 for start, end, new in edits):
            self.ends = [start + 1 for start in self.starts]


def _renumber(old: list[int], edits: list[Edit], *, first: bool) -> list[int]:
    new_map: list[int] = []
    done = 0
    for start, end, new in edits:
        new_map += old[done:start]
        if new:
            new_map += [old[start] if first else old[end - 1]] * len(new)
        done = end
    new_map += old[done:]
    return new_map
