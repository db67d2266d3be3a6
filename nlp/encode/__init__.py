"""Encoders: text in, matrix out.

An encoder is named by a spec string, `NAME` or `NAME:OPTIONS` (`ngrams:1-3`, `words`).
The table below maps NAME to a module that is imported only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from nlp.errors import UsageError

if TYPE_CHECKING:
    from scipy.sparse import csr_array

BACKENDS = {"ngrams": "nlp.encode.ngrams", "words": "nlp.encode.words"}


class Encoder(Protocol):
    """What every encoder can do; a module beside it has `fit(spec, texts)` and `read(folder)`."""

    spec: str

    def encode(self, texts: Sequence[str]) -> csr_array:
        """Return one float32 row of unit length (or zero) per text: (texts, features)."""
        ...

    def feature(self, column: int) -> str:
        """Return the piece of text that a column stands for."""
        ...

    def write(self, folder: Path) -> None:
        """Write plain files that `read` of the same module understands."""
        ...


class Backend(Protocol):
    """A module that provides an encoder."""

    def fit(self, spec: str, texts: Sequence[str]) -> Encoder: ...

    def read(self, spec: str, folder: Path) -> Encoder: ...


def backend(spec: str) -> Backend:
    """Import the module behind a spec.

    Raises UsageError for a name that no module stands behind.
    """
    name = spec.partition(":")[0]
    if name not in BACKENDS:
        known = "、".join(BACKENDS)
        raise UsageError(
            f"没有名为“{name}”的编码器。", f"可用的有：{known}，例如 --encoder ngrams:1-3。"
        )
    return cast(Backend, import_module(BACKENDS[name]))


def fit_encoder(spec: str, texts: Sequence[str]) -> Encoder:
    return backend(spec).fit(spec, texts)


def read_encoder(spec: str, folder: Path) -> Encoder:
    return backend(spec).read(spec, folder)
