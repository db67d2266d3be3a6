"""Static token vectors distilled from multilingual-e5-small by model2vec, logistic regression."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.encoders.environment import DONE, run_apart
from benchmarks.encoders.system import Cores, Entry, System, Target
from benchmarks.encoders.systems.dense import INVERSE_PENALTY, DenseRegression
from benchmarks.encoders.workplace import ROOT, Workplace
from benchmarks.shared.packages import peer
from nlp.classify.features import Text

SCRIPT = ROOT / "benchmarks" / "encoders" / "distill.py"
REQUIREMENTS = ROOT / "benchmarks" / "requirements-distill.txt"


class Static:
    """A `StaticModel`: the mean of the vectors of a text's tokens."""

    def __init__(self, folder: Path) -> None:
        self._model = peer("model2vec").StaticModel.from_pretrained(folder)

    def remembered(self, texts: Sequence[Text]) -> npt.NDArray[np.float32]:
        return self.encode(texts)  # nothing is worth keeping: reading again costs no time

    def encode(self, texts: Sequence[Text]) -> npt.NDArray[np.float32]:
        found = self._model.encode([text.whole for text in texts], use_multiprocessing=False)
        return np.asarray(found, np.float32)


def build(place: Workplace, target: Target) -> System:
    folder = distilled(place)
    system = DenseRegression(Static(folder), tuple(folder.iterdir()))
    seconds = json.loads((folder / DONE).read_text(encoding="utf-8"))["seconds"]
    system.remark = f"distilled once before, in {seconds:.0f} s"
    return system


def distilled(place: Workplace) -> Path:
    """Return the folder of static vectors, made on first use.

    The distiller wants an older transformers than the project pins, so it runs apart.
    """
    folder = place.bench / f"static-{place.checkpoint_hash[:8]}"
    if not (folder / DONE).is_file():
        run_apart(place.bench / "distill", REQUIREMENTS, SCRIPT, (place.checkpoint, folder))
    return folder


ENTRY = Entry(
    name="model2vec",
    about=(
        "token vectors distilled from that encoder by model2vec (256 dimensions, its defaults), "
        f"texts up to 512 tokens; logistic regression, C = {INVERSE_PENALTY:.0f}"
    ),
    cores=Cores.THREADS,
    build=build,
    packages=("model2vec",),
    fingerprint=lambda place: place.checkpoint_hash,
)
