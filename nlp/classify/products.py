"""Matrix products whose rows do not depend on their neighbours.

A dense product is blocked by its shape, so the last bits of a row differ between a batch
of one and a batch of a thousand; sparse products add up in a fixed order.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def row_product(left: Floats, right: Floats) -> Floats:
    """Return left @ right, (rows, n) times (n, columns), the same bytes for any batch."""
    from scipy.sparse import csr_array

    product = csr_array(right.T) @ np.ascontiguousarray(left.T)
    return np.ascontiguousarray(np.asarray(product, np.float64).T)
