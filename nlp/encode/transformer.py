"""Pretrained transformers as encoders: `e5`, `hf:NAME` or `hf:FOLDER`.

Nothing is learned: `fit` loads. A model directory gets a copy of the checkpoint, and reads
that copy alone, so that a trained model never depends on a cache or the network.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.hf.locate import OFFLINE, Sources

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nlp.hf.encoder import TextEncoder


class TransformerEncoder:
    """A text encoder's vectors as rows of a matrix."""

    def __init__(self, spec: str, encoder: TextEncoder) -> None:
        self.spec = spec
        self.encoder = encoder

    @property
    def columns(self) -> int:
        return self.encoder.dimension

    def encode(self, texts: Sequence[str]) -> csr_array:
        import numpy as np
        from scipy.sparse import csr_array

        rows = self.encoder.embed(texts)
        wide = rows.shape[1]
        said = rows.any(axis=1)  # a blank text's row holds nothing, not zeros
        columns = np.tile(np.arange(wide, dtype=np.int32), int(said.sum()))
        starts = np.concatenate([[0], np.cumsum(said) * wide]).astype(np.int32)
        return csr_array((rows[said].ravel(), columns, starts), shape=rows.shape)

    def feature(self, column: int) -> str:
        """Return "": a dimension stands for no text."""
        return ""

    def write(self, folder: Path) -> None:
        from nlp.hf.checkpoint import copy_encoder

        copy_encoder(self.encoder.folder, folder)


def fit(spec: str, texts: Sequence[str], sources: Sources = OFFLINE) -> TransformerEncoder:
    """Load what the spec names. Raises ModelError if this machine does not have it."""
    from nlp.hf.encoder import open_encoder

    return TransformerEncoder(spec, open_encoder(spec, sources))


def read(spec: str, folder: Path) -> TransformerEncoder:
    """Load the copy in a model directory, wherever the spec came from."""
    from nlp.hf.encoder import load_encoder

    return TransformerEncoder(spec, load_encoder(folder))
