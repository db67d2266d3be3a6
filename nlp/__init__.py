"""Fenban: routes proposals to topics and units and digests the units' replies, offline.

>>> import nlp
>>> kit = nlp.load()  # or nlp.load("models/mine")
>>> next(kit.classify(["关于解决山区群众吃水困难问题的建议"])).lead[0].unit
'水利局'
>>> next(kit.summarize(["经查，该路段护栏已于3月12日修复。下一步将加强巡查。"])).summary
'该路段护栏已于3月12日修复。下一步将加强巡查。'
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlp.toolkit import Toolkit

__version__ = "0.1.0"


def load(model: str | Path | None = None, replies: str | Path | None = None) -> Toolkit:
    """Load a model directory for routing and one for digests, the shipped ones by default.

    Raises ModelError if the first is missing, damaged or foreign; the second is opened when
    a reply is first digested.
    """
    from nlp.classify.files import load_router
    from nlp.shipped import shipped
    from nlp.toolkit import Toolkit

    router = load_router(Path(model) if model is not None else shipped("models") / "default")
    return Toolkit.of(router, Path(replies) if replies is not None else None)
