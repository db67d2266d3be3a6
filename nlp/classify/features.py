"""What a model sees of a proposal: cleaned title and body, encoded and joined.

The title names the matter, the body argues for it; both are encoded alone and added with
a lower weight for the body, so that a long body never drowns its title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nlp.encode import Encoder

BODY_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Text:
    """A proposal's cleaned title and body."""

    title: str
    body: str = ""

    @property
    def whole(self) -> str:
        return f"{self.title}\n{self.body}" if self.body else self.title


def clean_pair(title: str, body: str) -> Text:
    """Clean both parts; where there is no title, the body stands for it."""
    from nlp.text.clean import clean_text

    return Text(clean_text(title), clean_text(body))


def encode_texts(encoder: Encoder, texts: Sequence[Text]) -> csr_array:
    """Return unit-length rows (texts, features) of title plus weighted body."""
    from scipy.sparse import csr_array

    matrix = encoder.encode([t.title for t in texts])
    with_body = np.array([bool(t.body) for t in texts])
    if not with_body.any():
        return matrix
    bodies = encoder.encode([t.body for t in texts])
    matrix = csr_array(matrix + BODY_WEIGHT * bodies)
    matrix.sort_indices()
    owners = np.repeat(np.arange(len(texts)), np.diff(matrix.indptr))
    norms = np.sqrt(np.bincount(owners, matrix.data * matrix.data, minlength=len(texts)))
    # a title alone is of unit length already: its bytes must not depend on its neighbours
    scale = np.where(with_body & (norms > 0), 1.0 / np.where(norms > 0, norms, 1.0), 1.0)
    matrix.data *= scale[owners].astype(np.float32)
    return matrix
