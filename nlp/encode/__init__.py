"""Encoders: text in, matrix out.

An encoder is named by a spec string, `NAME` or `NAME:OPTIONS` (`ngrams:1-3`, `words`), or by
two of them, `A+B`, whose features stand side by side.
The table below maps NAME to a module that is imported only when it is asked for. Learned
encoders are fitted to the texts; pretrained ones (`e5`, `hf:FOLDER`) are loaded, from this
machine unless `Sources` allows a download.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from nlp.errors import UsageError
from nlp.hf.locate import OFFLINE, Sources

if TYPE_CHECKING:
    from scipy.sparse import csr_array

BACKENDS = {
    "ngrams": "nlp.encode.ngrams",
    "words": "nlp.encode.words",
    "e5": "nlp.encode.transformer",
    "hf": "nlp.encode.transformer",
}


class Encoder(Protocol):
    """What every encoder can do; its module has `fit` and `read`."""

    spec: str

    @property
    def columns(self) -> int:
        """How many features a row has."""
        ...

    def encode(self, texts: Sequence[str]) -> csr_array:
        """Return one float32 row of unit length (or zero) per text: (texts, features)."""
        ...

    def feature(self, column: int) -> str:
        """Return the piece of text that a column stands for, "" if it stands for none."""
        ...

    def write(self, folder: Path) -> None:
        """Write plain files that `read` of the same module understands."""
        ...


class Backend(Protocol):
    """A module that provides an encoder."""

    def fit(self, spec: str, texts: Sequence[str], sources: Sources = ...) -> Encoder: ...

    def read(self, spec: str, folder: Path) -> Encoder: ...


def backend(spec: str) -> Backend:
    """Import the module behind a spec.

    Raises UsageError for a name that no module stands behind.
    """
    if "+" in spec:
        return cast(Backend, import_module("nlp.encode.joined"))
    name = spec.partition(":")[0]
    if name not in BACKENDS:
        known = "、".join(BACKENDS)
        raise UsageError(
            f"没有名为“{name}”的编码器。", f"可用的有：{known}，例如 --encoder ngrams:1-3。"
        )
    return cast(Backend, import_module(BACKENDS[name]))


def fit_encoder(spec: str, texts: Sequence[str], sources: Sources = OFFLINE) -> Encoder:
    """Fit or load an encoder.

    Raises UsageError for a spec that is not understood, ModelError for a pretrained one that
    `sources` does not have.
    """
    return backend(spec).fit(spec, texts, sources)


def gpu_runs(spec: str, folder: Path) -> bool:
    """Tell whether a graphics card would run what a folder holds: torch, not 8-bit integers."""
    from nlp.hf.audit import INT8

    parts = {part.partition(":")[0] for part in spec.split("+")}
    pretrained = any(BACKENDS.get(name) == "nlp.encode.transformer" for name in parts)
    return pretrained and not any(folder.rglob(INT8))


def read_encoder(spec: str, folder: Path) -> Encoder:
    return backend(spec).read(spec, folder)
