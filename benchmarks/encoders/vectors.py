"""Vectors of a frozen pretrained encoder, remembered where the same rows come again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from nlp.classify.features import Text

Floats = npt.NDArray[np.float32]
WINDOW = 400
"""Characters that transformers read of a text: the rest costs minutes, and the matter stands
at the beginning."""


class Vectors:
    """Reads texts with the encoder of a folder: mean pooling, the prefix that it states."""

    def __init__(self, folder: Path) -> None:
        from nlp.hf.encoder import Runtime, load_encoder

        self._encoder = load_encoder(folder, runtime=Runtime.TORCH)
        self._known: dict[str, Floats] = {}

    def remembered(self, texts: Sequence[Text]) -> Floats:
        """Return vectors, and keep them: folds of a cross-validation share most rows."""
        vectors = self.encode(texts)
        self._known.update(zip(map(opening, texts), vectors, strict=True))
        return vectors

    def encode(self, texts: Sequence[Text]) -> Floats:
        """Return one row per text: (texts, dimension)."""
        asked = [opening(text) for text in texts]
        strange = [text for text in dict.fromkeys(asked) if text not in self._known]
        read = self._encoder.embed(strange) if strange else ()
        fresh = dict(zip(strange, read, strict=True))
        return np.stack([fresh[text] if text in fresh else self._known[text] for text in asked])


def opening(text: Text) -> str:
    """Return what a transformer is shown of a text."""
    return text.whole[:WINDOW]
