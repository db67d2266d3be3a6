"""Where the data that comes with the software lies: in a checkout or inside a wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from nlp.errors import InputError

DEFAULT_PLACE = "generic"
"""The directory that is used where no place is named."""
Kind = Literal[
    "places",
    "functions",
    "topics.yaml",
    "models",
    "others",
    "outcomes",
    "roles",
    "passages",
]


def shipped(kind: Kind) -> Path:
    """Path of a shipped folder or file.

    A checkout keeps data beside the package (`corpora/…`, `models/`), so that edits
    count at once; a wheel carries copies in `nlp/_shipped/`. Raises InputError when
    neither place has it, which means a broken installation.
    """
    package = Path(__file__).resolve().parent
    if (package.parent / "corpora").is_dir():
        beside = package.parent / ("models" if kind == "models" else f"corpora/{kind}")
        if beside.exists():
            return beside
    inside = package / "_shipped" / kind
    if inside.exists():
        return inside
    raise InputError(
        f"软件自带的数据“{kind}”不见了（应在 {inside}）。",
        "安装可能不完整，请重新安装：pip install --force-reinstall fenban。",
    )
