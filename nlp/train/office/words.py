"""An encoder's rows in a few hundred columns, and heads over those as heads over all columns.

What rows say can be told by as many numbers as there are rows, so a fit on the projection of
few rows is the fit itself, and quick whatever the encoder's width. Of many rows a sample spans
the space (Nyström; Williams & Seeger 2001).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]
LANDMARKS, RANK = 2400, 800


@dataclass(frozen=True, slots=True)
class Words:
    """`landmarks` are encoded rows (landmarks, features), `turn` is (landmarks, rank)."""

    landmarks: csr_array
    turn: Floats

    def project(self, matrix: csr_array) -> Floats:
        """Return (rows, rank); inner products are those of the encoder's rows."""
        cosines = np.asarray((matrix @ self.landmarks.T).todense(), np.float64)
        return np.asarray(cosines @ self.turn, np.float64)

    def unprojected(self, weights: Floats) -> npt.NDArray[np.float32]:
        """Return weights (features, labels) that score as `weights` (rank, labels) do."""
        return np.asarray(self.landmarks.T @ (self.turn @ weights), np.float32)


def span(matrix: csr_array, seed: int) -> Words:
    """Return the directions in which encoded rows differ most, RANK at most."""
    rows = np.arange(matrix.shape[0])
    if len(rows) > LANDMARKS:
        rows = np.sort(np.random.default_rng(seed).permutation(len(rows))[:LANDMARKS])
    landmarks = matrix[rows]
    values, vectors = np.linalg.eigh(np.asarray((landmarks @ landmarks.T).todense(), np.float64))
    strong = np.flatnonzero(values > 1e-6 * max(1.0, values[-1]))[::-1][:RANK]
    return Words(landmarks, vectors[:, strong] / np.sqrt(values[strong]))
