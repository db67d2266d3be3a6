"""What a report says of its numbers in a sentence, and how it marks the sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grading = Literal["good", "open", "bad"]

MARKS = {"good": "✓", "bad": "✗", "open": "？"}
"""A sign beside the colour: prints are often black and white."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence of a verdict: `good`, `bad`, or `open` where the rows can't tell."""

    grading: Grading
    text: str
