"""Where the reading of a table stands, so that a later reading can go on there."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.io.target import Tally


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What tells whether a file is still the one that was opened, as far as asking goes."""

    size: int
    changed: int

    @classmethod
    def of(cls, path: Path) -> FileFacts | None:
        """Return a regular file's; None for what can't be read twice. Raises OSError."""
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return None
        return cls(status.st_size, status.st_mtime_ns)


@dataclass(slots=True)
class Bookmark:
    """Rows up to `after` are left out; `tally` is what reading told of those passed so far.

    `file` are facts taken before the file was opened.
    """

    tally: Tally
    file: FileFacts | None = None
    after: int = 0

    def state(self) -> dict[str, Any]:
        """Return what was told of the rows passed so far, as JSON holds it."""
        return self.tally.state()

    def go_on(self, after: int, state: dict[str, Any], ids: Iterable[str]) -> None:
        """Begin behind a row, as if those before had been read; call before the first row.

        :param state: what `state` returned there.
        :param ids: the ids of the rows left out, but for those of an earlier call.
        """
        self.after = after
        self.tally.seen.update(ids)
        self.tally.replace(state)
