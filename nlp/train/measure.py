"""The figures a model directory carries: measured once, on rows that nothing was tuned on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from nlp.corpus.rows import Row
from nlp.corpus.split import Split
from nlp.train.material import views

if TYPE_CHECKING:
    from nlp.classify.router import Router

PRECISIONS = (0.90, 0.95)


def measure(router: Router, split: Split, others: Split) -> dict[str, Any]:
    """Return figures on the test rows as plain values, ready for metrics.json.

    The decision is measured at each of PRECISIONS; `others` tells how often texts of
    genres that training never saw are taken for proposals.
    """
    from nlp.classify.dispatch import open_directory
    from nlp.evaluate.run import EvaluationOptions, evaluate
    from nlp.evaluate.tables import to_json
    from nlp.shipped import DEFAULT_PLACE

    directory = open_directory(DEFAULT_PLACE, router.function_keys)
    results = [
        evaluate(router, split.test, EvaluationOptions(directory, precision)).evaluation
        for precision in PRECISIONS
    ]
    figures = to_json(results[-1], model="", gold="test", command="")
    for key in ("model", "model_name", "gold", "command"):
        figures.pop(key)
    figures["decisions"] = [asdict(r.decision) for r in results if r.decision]
    figures["parts"] = {"train": len(split.train), "dev": len(split.dev), "test": len(split.test)}
    if router.detector and others.test:
        figures["detector"] = {
            "others_rows": len(others.test),
            "others_rejected": _rejected(router, others.test),
            "proposals_rejected": _rejected(router, split.test),
        }
    return figures


def _rejected(router: Router, rows: Sequence[Row]) -> float:
    """Return the share of texts, in every view of the rows, that the detector refuses."""
    known = router.score(views(rows).texts).known
    return round(float(np.mean(~known)), 4)
