"""The model card and the validation line, written from the figures, never by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nlp.classify.router import Router

CARD = """# Model card

Routes Chinese CPPCC proposals and deputies' suggestions: topics, lead and co-handling
functions, with calibrated chances. Written by `python train.py`; do not edit by hand,
every file's hash is in `manifest.json`.

## Data

{train} training rows, {dev} for tuning, {test} for measuring (whole near-duplicate groups
apart). The corpus fingerprint is in the manifest. Duty phrases of {functions} functions are
training material too.

## Figures on the test part

{figures}

## Limits

- Labels follow one reading of who leads what; units and duties differ from place to place.
  Give a directory (`--place`), own duties (`--functions`) or past cases (`--precedents`).
- The test part resembles the training part more than an office's real list does: expect
  lower figures there and measure on your own history (`fenban evaluate`).
- Confidence is calibrated on dev rows of the same origin.
- Not for deciding about people; it suggests, staff decide.
"""


def validation_line(metrics: Mapping[str, Any]) -> str:
    """Return the figures in one Chinese line, as training prints it."""
    said = []
    if topics := metrics.get("topics"):
        said.append(f"主题准确率 {_percent(topics['accuracy'])}")
        said.append(f"主题宏平均 F1 {topics['primary_macro_f1']:.3f}")
        said.append(f"（无争议 {topics['unambiguous_macro_f1']:.3f}）")
    if lead := metrics.get("lead"):
        said.append(f"主办前1/前3 {_percent(lead['top1'])}/{_percent(lead['top3'])}")
        said.append(f"校准误差 {lead['ece']:.3f}")
    if (co := metrics.get("co")) and co["f1"] is not None:
        said.append(f"会办 F1 {co['f1']:.3f}")
    for decision in metrics.get("decisions", ()):
        reached = "—" if decision["precision"] is None else _percent(decision["precision"])
        wanted = f"{decision['requested']:.0%}"
        said.append(f"要求 {wanted} 时自动 {_percent(decision['auto'])}，实际准确率 {reached}")
    return "，".join(said).replace("，（", "（") or "没有可测的行"


def model_card(router: Router, metrics: Mapping[str, Any]) -> str:
    figures = [f"- {part}" for part in validation_line(metrics).split("，")]
    if detector := metrics.get("detector"):
        figures.append(
            f"- texts of unseen genres refused: {_percent(detector['others_rejected'])} of "
            f"{detector['others_rows']}; proposals refused: "
            f"{_percent(detector['proposals_rejected'])}"
        )
    return CARD.format(
        **metrics["parts"], functions=len(router.functions), figures="\n".join(figures)
    )


def _percent(value: float) -> str:
    return f"{value * 100:.1f}%"
