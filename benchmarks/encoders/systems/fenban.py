"""The project's own models: as shipped for leads and topics, adapted for other labels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.encoders.system import System, Target
from benchmarks.encoders.systems.dense import files_size
from benchmarks.encoders.workplace import ROOT
from benchmarks.shared.figure import Floats
from benchmarks.shared.hashes import digest, folder_hash
from nlp.classify.bulk import chunked, score_chunks
from nlp.classify.features import Text
from nlp.classify.model import Scores
from nlp.classify.router import Router
from nlp.corpus.rows import Row

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
        return np.concatenate(list(map(self._wanted, score_chunks(self._router, chunked(texts)))))

    def _wanted(self, scores: Scores) -> Floats:
        found = scores.leads if self._target is Target.LEAD else scores.topics
        if found is None:
            raise ValueError(f"{self._router.name} knows nothing of {self._target}s")
        return found

    def size(self) -> int:
        return self._size


class Fitted:
    """A system that has a routing of its own once it is fitted, and answers with it."""

    def __init__(self) -> None:
        self.remark = ""
        self._routing: Routing | None = None

    @property
    def routing(self) -> Routing:
        if self._routing is None:
            raise ValueError("not fitted")
        return self._routing

    @property
    def classes(self) -> tuple[str, ...]:
        return self.routing.classes

    def predict_scores(self, texts: Sequence[Text]) -> Floats:
        return self.routing.predict_scores(texts)

    def size(self) -> int:
        return self.routing.size()


class Office(Fitted):
    """What an office gets that adapts a model to its own history (`fenban train --base`)."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self._base = base

    def fit(self, texts: Sequence[Text], labels: Sequence[str], weights: Floats) -> None:
        self._routing = fit_office(texts, labels, weights, base=self._base)


def fit_office(
    texts: Sequence[Text], labels: Sequence[str], weights: Floats, *, base: Path
) -> Routing:
    """Adapt a model to categories of an office's own."""
    from nlp.classify.files import load_router
    from nlp.train.adapt import adapt

    router = adapt(load_router(base), office_rows(texts, labels, weights))
    return Routing(router, Target.OFFICE, files_size(base.rglob("*")))


def office_rows(texts: Sequence[Text], labels: Sequence[str], weights: Floats) -> list[Row]:
    """Return an office's texts as rows, each with its category."""
    return [
        Row(str(i), text.title, text.body, topics=(label,), weight=float(weight))
        for i, (text, label, weight) in enumerate(zip(texts, labels, weights, strict=True))
    ]


def shipped(folder: Path, target: Target) -> System:
    """Open a model directory for leads or topics; a model is adapted to an office's labels."""
    from nlp.classify.files import load_router

    if target is Target.OFFICE:
        return Office(folder)
    return Routing(load_router(folder), target, files_size(folder.rglob("*")))


def fingerprint(folder: Path) -> str:
    """Return what results depend on: the model's files, and the code that trains and runs it."""
    return digest([folder_hash(folder), code_hash()])


def code_hash() -> str:
    return digest([folder_hash(ROOT / "nlp" / room, "*.py") for room in ROOMS])
