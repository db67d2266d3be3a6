"""A task whose model this process has loaded already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from nlp.engines.task import Done, Task, Work


@dataclass(frozen=True)
class Opened(Generic[Work, Done]):
    """Opens to what is loaded here; to another process only the description travels."""

    task: Task[Work, Done]
    loaded: Callable[[Work], Done]

    def open(self) -> Callable[[Work], Done]:
        return self.loaded

    def __reduce__(self) -> tuple[Callable[..., object], tuple[Task[Work, Done]]]:
        return _same, (self.task,)


def _same(task: Task[Work, Done]) -> Task[Work, Done]:
    return task
