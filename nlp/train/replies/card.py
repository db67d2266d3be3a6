"""The digest model's card and validation line, written from the figures, never by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CARD = """# Model card

Digests units' replies to Chinese CPPCC proposals, deputies' suggestions and citizens'
messages: picks and shortens clauses, tells the outcome, warns of poor answers. Written by
`python train.py corpora/replies --task replies`; do not edit by hand, every file's hash is
in `manifest.json`.

## Data

{replies} annotated replies and {passages} short passages with outcomes, all written for the
project; {test} more replies for measuring. The corpus fingerprint is in the manifest.

## Figures on the test part

{figures}

## Limits

- The replies are fictional and clearer than life. Where a letter states its result (set
  phrase, class letter) that is given, be it right or not; where it must be read out of the
  text, expect many more mistakes on real letters than on the test part: a hint, no more.
- A digest quotes; it does not join what stands far apart, and may leave a clause without
  its subject.
- Flags are for a supervisor's second look, not for judging people.
"""


def digest_line(metrics: Mapping[str, Any]) -> str:
    """Return the figures in one Chinese line, as training prints it."""
    said = []
    if recall := metrics.get("fact_recall"):
        said.append(f"要点保全 {_percent(recall['value'])}")
    if likeness := metrics.get("rouge_l"):
        said.append(f"ROUGE-L {likeness['value']:.3f}")
    said.append(f"数字、日期、单位有据 {_percent(metrics['faithfulness']['share'])}")
    if outcome := metrics.get("outcome"):
        said.append(f"办理结果准确率 {_percent(outcome['accuracy'])}")
    for score in (metrics.get("flags") or {}).get("codes", ()):
        if score["label"] == "vague":
            said.append(f"空泛答复 准确 {_percent(score['precision'])}")
            said.append(f"召回 {_percent(score['recall'])}")
    return "，".join(said)


def digest_card(metrics: Mapping[str, Any]) -> str:
    figures = "\n".join(f"- {part}" for part in digest_line(metrics).split("，"))
    return CARD.format(**metrics["parts"], figures=figures)


def _percent(value: float) -> str:
    return f"{value * 100:.1f}%"
