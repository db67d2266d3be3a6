"""`fenban train --base`: what goes with it, and the call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from nlp.cli.options import as_text, given_options, say
from nlp.errors import UsageError

if TYPE_CHECKING:
    from nlp.train.run import Trained

TOGETHER = frozenset({"corpus", "out", "task", "seed", "base", "audit", "place", "quiet"})
"""Everything else says how to train from nothing."""


def check_base(context: typer.Context, base: Path | None) -> None:
    """Raise UsageError for options that contradict --base, or make no sense without it."""
    if base is None:
        raise UsageError("--audit 要和 --base 一起用。", "请加 --base models/default。")
    if context.params["task"] != "proposals":
        raise UsageError("--base 只用于分办模型。", "请去掉 --task replies，或去掉 --base。")
    given = given_options(context, (name for name in context.params if name not in TOGETHER))
    if given:
        raise UsageError(
            f"--base 不能和 {'、'.join(given)} 一起用：适配沿用基础模型的编码器、主题和职能。",
            "请去掉其中一边。",
        )


def adapt_base(
    history: Sequence[Path],
    out: Path,
    base: Path,
    seed: int,
    place: str,
    audit: Path | None,
    on_step: Callable[[str], None],
) -> Trained:
    """Adapt a model; warnings are shown even where steps are not."""
    from nlp.train.office.run import Adaptation, adapt_files

    options = Adaptation(base, seed, as_text(place), audit)
    return adapt_files(
        history, out, options, on_step=on_step, on_warning=lambda text: say(f"警告：{text}")
    )
