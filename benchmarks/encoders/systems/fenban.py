"""The project's own models: as shipped for leads and topics, trained anew for other labels."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.encoders.figure import Floats
from benchmarks.encoders.hashes import digest, folder_hash
from benchmarks.encoders.system import System, Target
from benchmarks.encoders.systems.dense import files_size
from benchmarks.encoders.workplace import ROOT
from nlp.classify.features import Text
from nlp.classify.router import Router

OFFICE_ENCODER = "ngrams:1-3"
CHUNK = 1000
ROOMS = ("text", "corpus", "hf", "encode", "heads", "classify", "train")
"""Rooms of `nlp/` whose code decides what a model learns and says."""


class Routing:
    """A router seen as a classifier of one kind of label."""

    def __init__(self, router: Router, target: Target, size: int) -> None:
        self.remark = router.name if target is not Target.OFFICE else ""
        self._router = router
        self._target = target
        self._size = size

    @property
    def classes(self) -> tuple[str, ...]:
        if self._target is Target.LEAD:
            return self._router.function_keys
        return self._router.topics.labels if self._router.topics else ()

    def fit(self, texts: Sequence[Text], labels: Sequence[str], weights: Floats) -> None:
        """Do nothing: it has learned before."""

    def predict_scores(self, texts: Sequence[Text]) -> Floats:
        chunks = [texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK)]
        return np.concatenate([self._chunk(chunk) for chunk in chunks])

    def _chunk(self, texts: Sequence[Text]) -> Floats:
        scores = self._router.score(texts)
        found = scores.leads if self._target is Target.LEAD else scores.topics
        if found is None:
            raise ValueError(f"{self._router.name} knows nothing of {self._target}s")
        return found

    def size(self) -> int:
        return self._size


class Office:
    """What an office gets that trains on its own history with `fenban train`."""

    def __init__(self, encoder: str = OFFICE_ENCODER) -> None:
        self.remark = ""
        self._encoder = encoder
        self._routing: Routing | None = None

    @property
    def routing(self) -> Routing:
        if self._routing is None:
            raise ValueError("not fitted")
        return self._routing

    @property
    def classes(self) -> tuple[str, ...]:
        return self.routing.classes

    def fit(self, texts: Sequence[Text], labels: Sequence[str], weights: Floats) -> None:
        self._routing = fit_office(texts, labels, weights, encoder=self._encoder)

    def predict_scores(self, texts: Sequence[Text]) -> Floats:
        return self.routing.predict_scores(texts)

    def size(self) -> int:
        return self.routing.size()


def fit_office(
    texts: Sequence[Text], labels: Sequence[str], weights: Floats, *, encoder: str
) -> Routing:
    """Train as `fenban train` does on a table with categories of an office's own.

    It holds back about a quarter of the rows to tune and to measure on, as for any user.
    """
    from nlp.classify.files import load_router
    from nlp.train.run import TrainOptions, train

    with tempfile.TemporaryDirectory() as folder:
        table, model = Path(folder) / "history.jsonl", Path(folder) / "model"
        table.write_text("".join(_lines(texts, labels, weights)), encoding="utf-8")
        train([table], model, TrainOptions(encoder=encoder), on_step=lambda _: None)
        return Routing(load_router(model), Target.OFFICE, files_size(model.rglob("*")))


def _lines(texts: Sequence[Text], labels: Sequence[str], weights: Floats) -> list[str]:
    rows = [
        {"title": text.title, "body": text.body, "topics": [label], "weight": float(weight)}
        for text, label, weight in zip(texts, labels, weights, strict=True)
    ]
    return [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]


def shipped(folder: Path, target: Target) -> System:
    """Open a model directory for leads or topics; an office's labels are trained anew."""
    from nlp.classify.files import load_router

    if target is Target.OFFICE:
        return Office()
    return Routing(load_router(folder), target, files_size(folder.rglob("*")))


def fingerprint(folder: Path) -> str:
    """Return what results depend on: the model's files, and the code that trains and runs it."""
    code = [folder_hash(ROOT / "nlp" / room, "*.py") for room in ROOMS]
    return digest([folder_hash(folder), *code])
