"""Routing as a task: what a process needs to classify chunks of proposals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.batch.records import to_record
from nlp.batch.stream.salt import salt_of
from nlp.batch.stream.work import Keep, Worker
from nlp.batch.tally import Tally

if TYPE_CHECKING:
    from nlp.classify.router import Router
    from nlp.classify.suggest import Options
    from nlp.types import Proposal, RowError, Suggestion


@dataclass(frozen=True, slots=True)
class Routing:
    """Which model routes, and how; paths and words, so that it can travel.

    `place` names a directory of units, `functions` and `precedents` are a user's own files.
    """

    model: Path
    place: str
    precision: float
    functions: Path | None = None
    precedents: Path | None = None
    keep: Keep = field(default_factory=Keep)

    def open(self) -> Worker[Proposal | RowError, Suggestion]:
        """Load the model and everything else. Raises FenbanError."""
        router = self.router()
        return self.worker(router, self.options(router, lambda _: None))

    def router(self) -> Router:
        from nlp.classify.files import load_router
        from nlp.taxonomy import load_functions

        router = load_router(self.model)
        return router.with_duties(load_functions(self.functions)) if self.functions else router

    def options(self, router: Router, remark: Callable[[str], None]) -> Options:
        """Open the place and the history; `remark` is told what was noticed in the latter."""
        from nlp.classify.dispatch import open_directory
        from nlp.classify.history import open_precedents
        from nlp.classify.suggest import Options

        directory, past = open_directory(self.place, router.function_keys), None
        if self.precedents:
            past = open_precedents(self.precedents, router, directory, remark)
        return Options(directory, self.precision, past)

    def worker(self, router: Router, options: Options) -> Worker[Proposal | RowError, Suggestion]:
        answer = partial(router.classify, options=options)
        return Worker(answer, to_record, Tally, self.keep)

    def salt(self, router: Router, options: Options) -> bytes:
        """Return a digest of whatever decides what a row's result is."""
        from nlp.io.hashes import file_digest
        from nlp.store import MANIFEST

        past = options.precedents.items if options.precedents else ()
        own = (router.functions, options.directory, options.precision, past, self.keep)
        return salt_of("routing", file_digest(self.model / MANIFEST), *own)
