"""A measured number with what is needed to judge it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number; `error` is its standard error over the `rows` it was measured on."""

    value: float
    rows: int | None = None
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What one system reached in one task, and what is to be said about it."""

    figures: Mapping[str, Figure]
    remarks: tuple[str, ...] = ()


def of_rows(values: Floats) -> Figure:
    """Return the mean of one value a row."""
    size = len(values)
    spread = float(values.std(ddof=1)) if size > 1 else 0.0
    return Figure(float(values.mean()), size, spread / size**0.5)


def of_share(share: float, rows: int) -> Figure:
    """Return a share of rows, such as an accuracy, with its binomial standard error."""
    return Figure(share, rows, (share * (1.0 - share) / rows) ** 0.5)


def to_json(result: Result) -> dict[str, Any]:
    figures = {
        name: {"value": one.value, "rows": one.rows, "error": one.error}
        for name, one in result.figures.items()
    }
    return {"figures": figures, "remarks": list(result.remarks)}


def from_json(value: Mapping[str, Any]) -> Result:
    figures = {name: Figure(**one) for name, one in value["figures"].items()}
    return Result(figures, tuple(value["remarks"]))
