"""`fenban inspect`: what is in a model directory, and whether it is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def inspect_model(
    model: Annotated[
        Path | None, typer.Argument(metavar="模型目录", help="不给就看自带的。")
    ] = None,
) -> None:
    """Audit a model directory and describe it."""
    from nlp.describe import describe
    from nlp.shipped import shipped

    for line in describe(model or shipped("models") / "default"):
        typer.echo(line)
