"""fastText (Joulin et al. 2016, arXiv 1607.01759) in floret's build, which still has wheels."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.encoders.system import Cores, Entry, System, Target
from benchmarks.encoders.systems.words import Words
from benchmarks.encoders.workplace import Workplace
from benchmarks.shared.figure import Floats
from benchmarks.shared.packages import peer
from nlp.classify.features import Text

SETTINGS: Mapping[str, Any] = {
    "dim": 100,
    "lr": 1.0,
    "wordNgrams": 2,
    "bucket": 200_000,  # the default of two million makes a file of 800 MB
    "thread": 1,  # two threads write over each other: other figures with every run
    "verbose": 0,
}
EPOCHS, MOST_EPOCHS, STEPS = 25, 100, 100_000
"""Few rows are gone through more often, until they make so many steps: with 25 epochs of 165
rows it names the commonest label for every text."""
HELD_OUT = 10
"""Every tenth text decides between characters and words; then all are learned from."""
LABEL = "__label__"
Cut = Callable[[str], list[str]]


class FastText:
    """Learns with characters and with words as tokens, and keeps what does better."""

    def __init__(self) -> None:
        self.remark = ""
        self.classes: tuple[str, ...] = ()
        self._cuts: Mapping[str, Cut] = {"characters": _characters, "words": Words()}
        self._cut: Cut = _characters
        self._model: Any = None

    def fit(self, texts: Sequence[Text], labels: Sequence[str], weights: Floats) -> None:
        """Learn from all texts alike: fastText knows no weights."""
        self.classes = tuple(dict.fromkeys(labels))
        numbers = [self.classes.index(label) for label in labels]
        right = {name: self._tried(cut, texts, numbers) for name, cut in self._cuts.items()}
        name = max(right, key=lambda one: right[one])
        self.remark = f"{name} as tokens"
        self._cut = self._cuts[name]
        self._model = _trained(self._cut, texts, numbers)

    def _tried(self, cut: Cut, texts: Sequence[Text], numbers: Sequence[int]) -> int:
        """Count the held-out texts that a model of the others gets right."""
        kept = [i for i in range(len(texts)) if i % HELD_OUT]
        asked = range(0, len(texts), HELD_OUT)
        model = _trained(cut, [texts[i] for i in kept], [numbers[i] for i in kept])
        scores = _scores(model, cut, [texts[i] for i in asked], len(self.classes))
        return int((scores.argmax(axis=1) == [numbers[i] for i in asked]).sum())

    def predict_scores(self, texts: Sequence[Text]) -> Floats:
        return _scores(self._model, self._cut, texts, len(self.classes))

    def size(self) -> int:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "model.bin"
            self._model.save_model(str(file))
            return file.stat().st_size


def _trained(cut: Cut, texts: Sequence[Text], numbers: Sequence[int]) -> Any:  # noqa: ANN401
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "train.txt"
        lines = (
            f"{LABEL}{number} {' '.join(cut(text.whole))}\n"
            for number, text in zip(numbers, texts, strict=True)
        )
        file.write_text("".join(lines), encoding="utf-8", errors="replace")
        epochs = min(MOST_EPOCHS, max(EPOCHS, STEPS // len(texts)))
        return peer("floret").train_supervised(input=str(file), epoch=epochs, **SETTINGS)


def _scores(model: Any, cut: Cut, texts: Sequence[Text], classes: int) -> Floats:  # noqa: ANN401
    """Ask line by line: the list form of `predict` repeats one chance for all labels."""
    scores = np.zeros((len(texts), classes))
    for row, text in zip(scores, texts, strict=True):
        line = " ".join(cut(text.whole)).encode(errors="replace").decode()
        for chance, label in model.f.predict(f"{line}\n", -1, 0.0, "replace"):
            row[int(label.removeprefix(LABEL))] = chance
    return np.asarray(scores / np.maximum(scores.sum(axis=1, keepdims=True), 1e-9))


def _characters(text: str) -> list[str]:
    return [character for character in text if character.isalnum()]


def build(place: Workplace, target: Target) -> System:
    return FastText()


ENTRY = Entry(
    name="fasttext",
    about=(
        f"fastText by floret, supervised: 100 dimensions, rate 1, {EPOCHS} epochs (few rows: up to "
        f"{MOST_EPOCHS}), token bigrams; tokens are characters or jieba's words, whichever a tenth "
        "of the training rows prefers; weights of rows are ignored"
    ),
    cores=Cores.PROCESSES,
    build=build,
    packages=("floret",),
)
