"""One run over an opened input: what it says beside the results, and its exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from nlp.cli.options import say

if TYPE_CHECKING:
    from nlp.batch.result import Result
    from nlp.batch.tally import Counts
    from nlp.io.read import Source
    from nlp.io.write import Written

R = TypeVar("R", bound="Result")


@dataclass(frozen=True, slots=True)
class Job(Generic[R]):
    """A command's work on the results of an input.

    `record` and `table` show results, `write` saves them; they are counted in `tally`.
    """

    opened: Source[Any]
    tally: Counts[R]
    record: Callable[[R], Mapping[str, object]]
    table: Callable[[Iterable[R]], None]
    write: Callable[[Path, Iterable[R]], Written]
    quiet: bool

    def run(self, results: Iterable[R], out: Path | None, *, as_table: bool) -> int:
        """Work through all results and return the exit code."""
        recognised = self.opened.columns
        self._say(*recognised)
        items = self.tally.watch(results)
        if out:
            self._save(items, out)
        elif as_table:
            self.table(items)
        else:
            self._print(items)
        # of a folder the columns are known only when its files have been read
        self._say(*(() if recognised else self.opened.columns))
        self._say(*(f"提示：{note}" for note in self.opened.notes), self.tally.closing_line())
        if out:
            self._say(f"结果已写到 {out}。")
        return self.tally.exit_code

    def _say(self, *lines: str) -> None:
        for line in lines:
            say(line, quiet=self.quiet)

    def _save(self, items: Iterable[R], out: Path) -> None:
        """Write results to a file and pass on what the writer had to change."""
        from nlp.batch.outputs import watched
        from nlp.cli.screen import progress

        with progress(self.quiet) as on_progress:
            written = self.write(out, watched(items, on_progress))
        self._say(*(f"提示：{note}" for note in written.notes))

    def _print(self, items: Iterable[R]) -> None:
        """Print JSONL, for programs."""
        from nlp.io.write import json_line

        for item in items:
            sys.stdout.write(json_line(self.record(item)))
        sys.stdout.flush()  # here a reader that has gone is no fault; at exit it would be one
