"""What a system is: something that learns labels of texts and then ranks them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from benchmarks.encoders.workplace import Workplace
from benchmarks.shared.figure import Floats
from benchmarks.shared.packages import lacking
from nlp.classify.features import Text


class Target(StrEnum):
    """What is to be learned: the function that leads, the topic, an office's own categories."""

    LEAD = "lead"
    TOPIC = "topic"
    OFFICE = "office"


class Cores(StrEnum):
    """How a system uses more than one core."""

    THREADS = "threads of its own"
    PROCESSES = "one process a core, since it has no threads"


class System(Protocol):
    """A classifier of one label a text; `remark` is what it found out while it learned."""

    remark: str

    @property
    def classes(self) -> tuple[str, ...]: ...

    def fit(self, texts: Sequence[Text], labels: Sequence[str], weights: Floats) -> None: ...

    def predict_scores(self, texts: Sequence[Text]) -> Floats:
        """Return (texts, classes); every row adds up to 1, so that classes can be joined."""
        ...

    def size(self) -> int:
        """Return how many bytes the fitted system takes when stored, encoder included."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A system by its name: how to build it, and what the table says of it.

    `fingerprint` is what its results depend on beside code, rows and packages; `obstacle`
    says why it can't run here. `shipped`: nothing is fitted for leads and topics. `single`:
    so slow to learn that tasks ask for one fold or one seed only. `only` names the tasks that
    it is asked, none: all. Raise `version` when a change of code changes figures.
    """

    name: str
    about: str
    cores: Cores
    build: Callable[[Workplace, Target], System]
    packages: tuple[str, ...] = ()
    fingerprint: Callable[[Workplace], str] = lambda place: ""
    obstacle: Callable[[Workplace], str] = lambda place: ""
    shipped: bool = False
    single: bool = False
    only: tuple[str, ...] = ()
    version: int = 1

    def hindrance(self, place: Workplace) -> str:
        """Say what is missing, "" if nothing is."""
        return lacking(self.packages) or self.obstacle(place)
