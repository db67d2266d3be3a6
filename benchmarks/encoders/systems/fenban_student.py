"""The shipped model."""

from __future__ import annotations

from benchmarks.encoders.system import Cores, Entry, System, Target
from benchmarks.encoders.systems.fenban import fingerprint, shipped
from benchmarks.encoders.workplace import Workplace


def build(place: Workplace, target: Target) -> System:
    return shipped(place.models / "default", target)


ENTRY = Entry(
    name="fenban_student",
    about=(
        "this project's shipped `models/default`, tuned on the dev part, which it then learned "
        "too; its speed includes topics, co-handlers and duties; an office's categories: "
        "`fenban train --base`"
    ),
    cores=Cores.THREADS,
    build=build,
    fingerprint=lambda place: fingerprint(place.models / "default"),
    shipped=True,
)
