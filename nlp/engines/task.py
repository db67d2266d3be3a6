"""Work on chunks, described so that another process can do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

Work = TypeVar("Work")
Done = TypeVar("Done")


W_contra = TypeVar("W_contra", contravariant=True)
D_co = TypeVar("D_co", covariant=True)


class Task(Protocol[W_contra, D_co]):
    """A description of work; it must be picklable, since it travels to where work is done."""

    def open(self) -> Callable[[W_contra], D_co]:
        """Load what the work needs, once a process. Raises FenbanError."""


class Engine(Protocol):
    """Does a task on many pieces of work; few of them wait, so memory stays flat."""

    def map(self, task: Task[Work, Done], pieces: Iterable[Work]) -> Iterator[Done]:
        """Yield what is done as soon as it is, in any order.

        Raises what the task raises, and InputError if processes keep dying.
        """


@dataclass(frozen=True, slots=True)
class Step(Generic[Work]):
    """What a reader on a cluster yields: something for the caller, and work if there is any."""

    told: Any
    work: Work | None = None


@dataclass(frozen=True, slots=True)
class Taken(Generic[Done]):
    """A step that was taken: what it told, and what its work came to."""

    told: Any
    done: Done | None = None
