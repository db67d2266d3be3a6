"""One run whose results go to files: with a journal, so that it can be taken up again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from nlp.cli.options import say

if TYPE_CHECKING:
    from nlp.batch.destination import Destination
    from nlp.batch.result import Result, Results
    from nlp.batch.stream.journal import Journal
    from nlp.batch.stream.run import Advance
    from nlp.batch.stream.stored import Reader
    from nlp.batch.tally import Counts
    from nlp.engines.task import Engine, Task
    from nlp.io.read import Source
    from nlp.io.write import Written

R = TypeVar("R", bound="Result")


@dataclass(frozen=True, slots=True)
class Saving(Generic[R]):
    """A command's work on an input, and where its results go.

    `salt` tells the model and all options apart; `read` makes a result of what the journal
    holds. When all rows are done, `writer` makes what writes a file of results and their
    counts; it must be picklable. `size` is how many rows are kept
    together, about; 0 stands for the usual number.
    """

    opened: Source[Any]
    out: Destination
    task: Task[Any, Any]
    salt: bytes
    read: Reader[R]
    tally: Callable[[], Counts[R]]
    writer: Callable[[], Callable[[Path, Results[R], Any], Written]]
    quiet: bool
    size: int = 0

    def run(self, engine: Engine) -> int:
        """Do all rows, write the results and return the exit code."""
        from nlp.batch.stream.journal import Journal

        recognised = self.opened.columns
        self._say(*recognised)
        if doubt := self.out.doubt(self.opened.expected):
            self._say(f"警告：{doubt}")
        journal = Journal(self.out.journal)
        try:
            self._work(journal, engine)
            # of a folder the columns are known only when its files have been read
            self._say(*(() if recognised else self.opened.columns))
            self._say(*(f"提示：{note}" for note in self.opened.notes))
            code = self._write(journal, engine)
        except KeyboardInterrupt:
            self._say("做完的都存着；再运行同一条命令，会接着做。")
            raise
        finally:
            journal.close()
        journal.discard()
        return code

    def _work(self, journal: Journal, engine: Engine) -> None:
        from nlp.cli.screen import progress

        if journal.note:
            self._say(f"提示：{journal.note}")
        if len(journal):
            self._say("找到上次没有做完的进度，行和选项都没变的不重做。")
        with progress(self.quiet, lambda: self.opened.expected) as tell:
            self._tell(self._advance(journal, engine, tell))

    def _advance(
        self, journal: Journal, engine: Engine, tell: Callable[[Advance], None]
    ) -> Advance:
        """Do all rows: a cluster's machines read them, else this process does."""
        from nlp.batch.stream.replay import Unread
        from nlp.batch.stream.run import Run
        from nlp.batch.stream.spread import SpreadRun
        from nlp.engines.cluster import ClusterEngine

        how = (self.task, self.salt, self.out.by_file, self.size)
        if isinstance(engine, ClusterEngine):
            return SpreadRun(journal, engine, *how).work(self.opened, tell)
        unread = Unread.of(self.opened, self.salt, self.out.by_file, self.size)
        return Run(journal, engine, *how).work(self.opened.items, tell, unread)

    def _tell(self, advance: Advance) -> None:
        if advance.before:
            self._say(f"上次已做完 {advance.before} 件，这次做了 {advance.done} 件。")

    def _write(self, journal: Journal, engine: Engine) -> int:
        """Write the files and say what is in them."""
        from nlp.batch.stream.files import Writing, write_files
        from nlp.batch.stream.stored import Stored
        from nlp.io.atomic import make_folder

        whole = self.tally()
        Stored(journal, self.read).counted(whole)
        targets = self.out.targets(journal.files())
        for path in targets:
            make_folder(path)
            self.out.sweep(path)
        writing = Writing(self.out.journal, self.read, self.tally, self.writer())
        for note in write_files(journal, writing, targets, engine):
            self._say(f"提示：{note}")
        self._say(whole.closing_line(), f"结果已写到 {self.out.path}。")
        return whole.exit_code

    def _say(self, *lines: str) -> None:
        for line in lines:
            say(line, quiet=self.quiet)
