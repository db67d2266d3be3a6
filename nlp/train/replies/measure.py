"""The figures a digest model carries: measured once, on rows that nothing was learned from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nlp.train.replies.material import Material

if TYPE_CHECKING:
    from nlp.summarize.digester import Digester

DROPPED = ("model", "model_name", "replies_per_second")


def measure_digester(digester: Digester, material: Material) -> dict[str, Any]:
    """Return figures on the test rows as plain values, ready for metrics.json."""
    from nlp.evaluate.replies.run import Contender, evaluate_replies
    from nlp.evaluate.replies.tables import to_json
    from nlp.summarize.digester import MAX_CHARS

    contender = Contender("", digester.name, digester.summarize)
    found = to_json(
        evaluate_replies([contender], material.test, MAX_CHARS), gold="test", command=""
    )
    model = {key: value for key, value in found["models"][0].items() if key not in DROPPED}
    parts = {
        "replies": len(material.samples),
        "passages": len(material.passages),
        "test": len(material.test),
    }
    return {"schema": found["schema"], "max_chars": found["max_chars"], "parts": parts, **model}
