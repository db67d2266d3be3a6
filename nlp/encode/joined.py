"""Two encoders side by side, `A+B`: `ngrams:1-2+e5` sees the letters and what they mean.

A linear head over both adds up two heads' scores; together they are right more often than
either, since n-grams know the exact words and a pretrained encoder their neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nlp.encode import Encoder, fit_encoder, read_encoder
from nlp.errors import UsageError
from nlp.hf.locate import OFFLINE, Sources

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MARK = "+"


class JoinedEncoder:
    """Rows are the parts' rows behind each other, each part with the same share of length."""

    def __init__(self, spec: str, parts: Sequence[Encoder]) -> None:
        self.spec, self.parts = spec, tuple(parts)

    @property
    def columns(self) -> int:
        return sum(part.columns for part in self.parts)

    @property
    def share(self) -> float:
        """What a part's row is multiplied by, so that the whole is of unit length."""
        return float(len(self.parts) ** -0.5)

    def encode(self, texts: Sequence[str]) -> csr_array:
        from scipy.sparse import csr_array, hstack

        blocks = [part.encode(texts) for part in self.parts]
        matrix = csr_array(hstack(blocks, format="csr", dtype=np.float32))
        matrix.data *= np.float32(self.share)
        return matrix

    def feature(self, column: int) -> str:
        for part in self.parts:
            if column < part.columns:
                return part.feature(column)
            column -= part.columns
        raise IndexError(f"column {column} is behind the last part")

    def write(self, folder: Path) -> None:
        for number, part in enumerate(self.parts):
            (folder / str(number)).mkdir()
            part.write(folder / str(number))


def fit(spec: str, texts: Sequence[str], sources: Sources = OFFLINE) -> JoinedEncoder:
    """Fit every part on the same texts."""
    return JoinedEncoder(spec, [fit_encoder(part, texts, sources) for part in part_specs(spec)])


def read(spec: str, folder: Path) -> JoinedEncoder:
    parts = [read_encoder(part, folder / str(i)) for i, part in enumerate(part_specs(spec))]
    return JoinedEncoder(spec, parts)


def part_specs(spec: str) -> tuple[str, ...]:
    """Split `A+B`. Raises UsageError where a part is missing."""
    parts = tuple(part.strip() for part in spec.split(MARK))
    if not all(parts):
        raise UsageError(f"编码器“{spec}”里“+”的一边是空的。", "应为 ngrams:1-2+e5 这样的写法。")
    return parts
