"""Tasks that a process of its own can import."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nlp.errors import DataError, UsageError


@dataclass(frozen=True)
class Answer:
    """Who did what."""

    piece: int
    process: int


def answer(piece: int) -> Answer:
    return Answer(piece, os.getpid())


@dataclass(frozen=True)
class Plain:
    def open(self) -> Callable[[int], Answer]:
        return answer


@dataclass(frozen=True)
class Killed:
    """Ends its process at one piece, by a signal; unless `always`, only the first time."""

    piece: int
    once: Path
    always: bool = False

    def open(self) -> Callable[[int], Answer]:
        return self._do

    def _do(self, piece: int) -> Answer:
        if piece == self.piece and (self.always or not self.once.exists()):
            self.once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return answer(piece)


@dataclass(frozen=True)
class Failing:
    """Raises at one piece, or while it is opened."""

    piece: int | None

    def open(self) -> Callable[[int], Answer]:
        if self.piece is None:
            raise DataError("县.yaml", ["第3行：缺 name", "第5行：缺 units"], "请改正。")
        return self._do

    def _do(self, piece: int) -> Answer:
        if piece == self.piece:
            raise UsageError("值不对。", "请改。")
        return answer(piece)


@dataclass(frozen=True)
class Waiting:
    """Is not done before there is a file called `signal`; tells where it began and ended."""

    folder: Path

    def open(self) -> Callable[[int], Answer]:
        return self._do

    def _do(self, piece: int) -> Answer:
        if piece:
            (self.folder / f"begun-{os.getpid()}").touch()
            for _ in range(600):
                if (self.folder / "signal").exists():
                    break
                time.sleep(0.1)
            (self.folder / f"ended-{os.getpid()}").touch()
        return answer(piece)
