"""Units' replies from an opened input through opened models to the screen or to files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlp.batch.destination import Destination
    from nlp.batch.digest_workbook import DigestFacts
    from nlp.batch.stream.work import Keep
    from nlp.engines.task import Engine
    from nlp.io.read import ReadOptions, Source
    from nlp.io.write import Written
    from nlp.summarize.digest import Digest
    from nlp.summarize.digester import Digester, DigestOptions
    from nlp.summarize.rewrite.writers import Writer
    from nlp.types import Reply

HEADS = ("编号", "摘要", "结果", "提示")
WIDTHS = (4, 60, 16, 30)
SLOW = 20
"""Digests of a writer that are kept together: it takes seconds for each."""
HUB = "hf:"


@dataclass(frozen=True, slots=True)
class Given:
    """An input that is read twice: what replies share shows only when all have been read."""

    name: str
    options: ReadOptions
    piped: bytes = b""

    @classmethod
    def of(cls, name: str, options: ReadOptions) -> Given:
        piped = sys.stdin.buffer.read() if name == "-" and sys.stdin else b""
        return cls(name, options, piped)

    def open(self) -> Source[Reply]:
        """Open the input anew. Raises InputError, UsageError."""
        from nlp.io.read import read_replies

        return read_replies(self.name, self.options, stdin=BytesIO(self.piped))


@dataclass(frozen=True, slots=True)
class Maker:
    """Opened models and what is asked of them."""

    digester: Digester
    writer: Writer | None
    options: DigestOptions
    model: Path
    keep: Keep

    def show(self, opened: Source[Reply], quiet: bool, *, as_table: bool) -> int:
        """Print digests as they come."""
        from nlp.batch.digest_tally import DigestTally
        from nlp.batch.digests import to_digest_record
        from nlp.cli.job import Job

        record = self.keep.shown(to_digest_record)
        job = Job(opened, DigestTally(), record, _print_table, quiet)
        return job.run(self._digests(opened), as_table=as_table)

    def _digests(self, opened: Source[Reply]) -> Iterator[Digest]:
        digest = partial(self.digester.summarize, options=self.options)
        if self.writer is None:
            return digest(opened.items)
        from nlp.batch.rewrite import rewritten

        return rewritten(opened.items, digest, self.options.max_chars, self.writer)

    def save(
        self,
        given: Given,
        opened: Source[Reply],
        out: Destination,
        quiet: bool,
        engine: Engine,
    ) -> int:
        """Write digests to files; for a writer's own words the engine must be one process."""
        from nlp.batch.digest_tally import DigestTally
        from nlp.batch.digest_workbook import write_digests
        from nlp.batch.digesting import Digesting
        from nlp.batch.digests import from_digest_record
        from nlp.batch.stream.files import Settled
        from nlp.cli.saving import Saving
        from nlp.engines.opened import Opened
        from nlp.summarize.repeats import Repeats

        repeats = Repeats.of(opened.items)
        again = given.open()
        task = Digesting(self.model, self.options, repeats, self.keep)
        if self.writer is None:
            loaded, name, size = task.worker(self.digester), "", 0
        else:
            loaded, name = task.rewriter(self.digester, self.writer), written_by(self.writer.name)
            size = SLOW

        def writer() -> Callable[..., Written]:
            return partial(write_digests, facts=Settled(self.facts(given.name, again)))

        saving = Saving(
            again,
            out,
            Opened(task, loaded),
            task.salt(name),
            from_digest_record,
            DigestTally,
            writer,
            quiet,
            size,
        )
        return saving.run(engine)

    def facts(self, name: str, opened: Source[Reply]) -> DigestFacts:
        from nlp.batch.digest_workbook import DigestFacts
        from nlp.outcomes import load_outcomes

        models = [self.digester.name, self.writer.name if self.writer else ""]
        return DigestFacts(
            source=name,
            model="、".join(filter(None, models)),
            method="abstractive" if self.writer else "extractive",
            max_chars=self.options.max_chars,
            scheme=(self.options.scheme or load_outcomes()).name,
            columns=opened.columns,
            notes=opened.notes,
        )


def _print_table(items: Iterable[Digest]) -> None:
    from nlp.cli.screen import print_table

    print_table(HEADS, WIDTHS, map(_cells, items))


def _cells(item: Digest) -> tuple[str, ...]:
    from nlp.batch.digests import outcome_name, warnings

    return item.id, item.summary, outcome_name(item), warnings(item)


def written_by(name: str) -> str:
    """Tell a writer from others of its name: a folder's files may have changed meanwhile."""
    folder = Path(name.removeprefix(HUB)).expanduser()
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    facts = ((file.name, file.stat()) for file in files)
    return "\n".join([name, *(f"{own} {of.st_size} {of.st_mtime_ns}" for own, of in facts)])
