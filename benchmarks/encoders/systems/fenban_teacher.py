"""The large model that the shipped one learned from, where it was made."""

from __future__ import annotations

from pathlib import Path

from benchmarks.encoders.system import Cores, Entry, System, Target
from benchmarks.encoders.systems.fenban import fingerprint, shipped
from benchmarks.encoders.workplace import Workplace


def folder(place: Workplace) -> Path:
    return place.models / "teacher"


def build(place: Workplace, target: Target) -> System:
    return shipped(folder(place), target)


def obstacle(place: Workplace) -> str:
    if (folder(place) / "manifest.json").is_file():
        return ""
    return (
        "no `models/teacher`: "
        "`fenban train corpora/proposals --encoder e5 --fine-tune --out models/teacher`"
    )


ENTRY = Entry(
    name="fenban_teacher",
    about=(
        "this project's fine-tuned encoder, `models/teacher`, int8; an office's categories: "
        "`fenban_fine_tuned`"
    ),
    cores=Cores.THREADS,
    build=build,
    packages=("torch", "transformers"),
    fingerprint=lambda place: fingerprint(folder(place)),
    obstacle=obstacle,
    shipped=True,
    only=("titles", "speed"),
)
