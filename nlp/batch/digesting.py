"""Digesting as a task: what a process needs to digest chunks of replies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.batch.digest_tally import DigestTally
from nlp.batch.digests import to_digest_record
from nlp.batch.stream.salt import salt_of
from nlp.batch.stream.work import Keep, Worker

if TYPE_CHECKING:
    from nlp.summarize.digest import Digest
    from nlp.summarize.digester import Digester, DigestOptions
    from nlp.summarize.repeats import Repeats
    from nlp.summarize.rewrite.writers import Writer
    from nlp.types import Reply, RowError


@dataclass(frozen=True, slots=True)
class Digesting:
    """Which model digests, and how; `repeats` is what the replies of the batch share."""

    model: Path
    options: DigestOptions
    repeats: Repeats
    keep: Keep

    def open(self) -> Worker[Reply | RowError, Digest]:
        """Load the model. Raises FenbanError."""
        from nlp.summarize.files import load_digester

        return self.worker(load_digester(self.model))

    def worker(self, digester: Digester) -> Worker[Reply | RowError, Digest]:
        def answer(rows: Sequence[Reply | RowError]) -> Iterator[Digest]:
            return digester.within(rows, self.options, self.repeats)

        return Worker(answer, to_digest_record, DigestTally, self.keep)

    def rewriter(self, digester: Digester, writer: Writer) -> Worker[Reply | RowError, Digest]:
        """Return a worker whose digests a writer says anew; it stays in this process."""
        from nlp.batch.rewrite import rewritten

        def digest(rows: Iterable[Reply | RowError]) -> Iterator[Digest]:
            return digester.within(list(rows), self.options, self.repeats)

        def answer(rows: Sequence[Reply | RowError]) -> Iterator[Digest]:
            return rewritten(rows, digest, self.options.max_chars, writer)

        return Worker(answer, to_digest_record, DigestTally, self.keep)

    def salt(self, writer: str = "") -> bytes:
        """Return a digest of whatever decides what a row's result is."""
        from nlp.io.hashes import file_digest
        from nlp.outcomes import load_outcomes
        from nlp.store import MANIFEST

        manifest = file_digest(self.model / MANIFEST)
        scheme = self.options.scheme or load_outcomes()
        own = (self.options, scheme, self.repeats, self.keep, writer)
        return salt_of("digesting", manifest, *own)
