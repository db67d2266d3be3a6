"""Pairs of neighbouring characters: the smallest thing by which two Chinese texts compare."""

from __future__ import annotations


def pairs(text: str) -> set[str]:
    """Return the distinct pairs of neighbouring characters of a text."""
    return {text[i : i + 2] for i in range(len(text) - 1)}
