"""Where the reading of a table stands, so that a later reading can go on there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from nlp.io.target import Tally


@dataclass(slots=True)
class Bookmark:
    """Rows up to `after` are left out; `tally` is what reading told of those passed so far."""

    tally: Tally
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
