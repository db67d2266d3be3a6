"""Writes a pattern of alternatives as the list of words that it is."""

from __future__ import annotations


def any_of(words: str) -> str:
    """Return a group that matches any of the words, which white space separates.

    Words are parts of a pattern and may hold what patterns hold, save white space.
    """
    return f"(?:{'|'.join(words.split())})"
