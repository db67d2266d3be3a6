"""SetFit (Tunstall et al. 2022, arXiv 2209.11055): few examples, contrasted in pairs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.encoders.system import Cores, Entry, System, Target
from benchmarks.encoders.systems.dense import files_size
from benchmarks.encoders.vectors import WINDOW, opening
from benchmarks.encoders.workplace import Workplace
from benchmarks.shared.figure import Floats
from benchmarks.shared.packages import peer
from nlp.classify.features import Text

SHOTS = 8
"""Texts a class, as in the paper: pairs grow with the square of their number."""
ROUNDS = 2
"""Pairs of each kind that every text stands in; all pairs of 54 classes would take a day."""
TOKENS = 192
PREFIX = "query: "


class SetFit:
    """Tunes a sentence encoder on pairs of few texts, then fits logistic regression."""

    def __init__(self, checkpoint: Path) -> None:
        self.remark = ""
        self.classes: tuple[str, ...] = ()
        self._checkpoint = checkpoint
        self._model: Any = None

    def fit(self, texts: Sequence[Text], labels: Sequence[str], weights: Floats) -> None:
        chosen = few(labels, weights, SHOTS)
        self.classes = tuple(sorted({labels[i] for i in chosen}))
        self.remark = f"{len(chosen)} texts of {len(self.classes)} classes"
        numbers = [self.classes.index(labels[i]) for i in chosen]
        shown = [PREFIX + opening(texts[i]) for i in chosen]
        with tempfile.TemporaryDirectory() as folder:
            self._model = _tuned(self._checkpoint, shown, numbers, folder)

    def predict_scores(self, texts: Sequence[Text]) -> Floats:
        shown = [PREFIX + opening(text) for text in texts]
        chances = self._model.predict_proba(shown, as_numpy=True, show_progress_bar=False)
        return np.asarray(chances, np.float64)

    def size(self) -> int:
        with tempfile.TemporaryDirectory() as folder:
            self._model.save_pretrained(folder)
            return files_size(Path(folder).rglob("*"))


def few(labels: Sequence[str], weights: Floats, most: int) -> list[int]:
    """Draw at most `most` rows of every label, heavier ones more often; seed 0."""
    random, named = np.random.default_rng(0), np.asarray(labels)
    chosen: list[int] = []
    for label in sorted(set(labels)):
        rows = np.flatnonzero((named == label) & (weights > 0))
        chances = weights[rows] / weights[rows].sum()
        drawn = random.choice(rows, min(most, len(rows)), replace=False, p=chances)
        chosen += sorted(map(int, drawn))
    return chosen


def _tuned(checkpoint: Path, texts: list[str], numbers: list[int], folder: str) -> Any:  # noqa: ANN401
    os.environ["HF_HUB_OFFLINE"] = "1"  # its model card would ask the hub about the encoder
    from sklearn.linear_model import LogisticRegression

    setfit, datasets = peer("setfit"), peer("datasets")
    datasets.disable_progress_bars()
    body = peer("sentence_transformers").SentenceTransformer(str(checkpoint), device="cpu")
    body.max_seq_length = TOKENS
    model = setfit.SetFitModel(model_body=body, model_head=LogisticRegression(max_iter=1000))
    arguments = setfit.TrainingArguments(
        output_dir=folder,
        batch_size=16,
        num_epochs=1,
        num_iterations=ROUNDS,
        seed=0,
        report_to="none",
        save_strategy="no",
        show_progress_bar=False,
    )
    rows = datasets.Dataset.from_dict({"text": texts, "label": numbers})
    setfit.Trainer(model=model, args=arguments, train_dataset=rows).train()
    return model


def build(place: Workplace, target: Target) -> System:
    return SetFit(place.checkpoint)


ENTRY = Entry(
    name="setfit",
    about=(
        f"SetFit on that encoder: at most {SHOTS} texts a class, each in {ROUNDS} pairs of either "
        f"kind, one epoch, the first {WINDOW} characters and {TOKENS} tokens; one run"
    ),
    cores=Cores.THREADS,
    build=build,
    packages=("setfit", "sentence-transformers", "torch", "transformers"),
    fingerprint=lambda place: place.checkpoint_hash,
    single=True,
)
