"""One run whose results go to the screen or a pipe: what it says beside them, its exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from nlp.cli.options import say

if TYPE_CHECKING:
    from nlp.batch.result import Result
    from nlp.batch.tally import Counts
    from nlp.io.read import Source

R = TypeVar("R", bound="Result")


@dataclass(frozen=True, slots=True)
class Job(Generic[R]):
    """A command's work on the results of an input: `record` and `table` show them."""

    opened: Source[Any]
    tally: Counts[R]
    record: Callable[[R], Mapping[str, object]]
    table: Callable[[Iterable[R]], None]
    quiet: bool

    def run(self, results: Iterable[R], *, as_table: bool) -> int:
        """Show all results as they come and return the exit code."""
        recognised = self.opened.columns
        self._say(*recognised)
        items = self.tally.watch(results)
        if as_table:
            self.table(items)
        else:
            self._print(items)
        # of a folder the columns are known only when its files have been read
        self._say(*(() if recognised else self.opened.columns))
        self._say(*(f"提示：{note}" for note in self.opened.notes), self.tally.closing_line())
        return self.tally.exit_code

    def _say(self, *lines: str) -> None:
        for line in lines:
            say(line, quiet=self.quiet)

    def _print(self, items: Iterable[R]) -> None:
        """Print JSONL, for programs."""
        from nlp.io.write import json_line

        for item in items:
            sys.stdout.write(json_line(self.record(item)))
        sys.stdout.flush()  # here a reader that has gone is no fault; at exit it would be one
