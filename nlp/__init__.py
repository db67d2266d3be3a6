"""Fenban: routes proposals to topics and units, offline.

>>> import nlp
>>> router = nlp.load()  # or nlp.load("models/mine")
>>> next(router.classify(["关于解决山区群众吃水困难问题的建议"])).lead[0].unit
'水利局'
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlp.classify.router import Router

__version__ = "0.1.0"


def load(model: str | Path | None = None) -> Router:
    """Load a model directory, the shipped one by default.

    Raises ModelError if it is missing, damaged or foreign.
    """
    from nlp.classify.files import load_router
    from nlp.shipped import shipped

    return load_router(Path(model) if model is not None else shipped("models") / "default")
