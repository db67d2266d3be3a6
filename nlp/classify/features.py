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
    from scipy.sparse import csr_array, diags_array

    matrix = encoder.encode([t.title for t in texts])
    with_body = [i for i, t in enumerate(texts) if t.body]
    if not with_body:
        return matrix
    bodies = encoder.encode([t.body for t in texts])
    matrix = matrix + BODY_WEIGHT * bodies
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = 1.0 / np.where(norms > 0, norms, 1.0)
    return csr_array(diags_array(scale.astype(np.float32)) @ matrix)
