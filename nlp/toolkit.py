"""The facade's object: routes proposals and digests replies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp.classify.router import Router
from nlp.shipped import shipped

if TYPE_CHECKING:
    from nlp.summarize.digest import Digest
    from nlp.summarize.digester import Digester, DigestOptions
    from nlp.types import Reply, RowError


@dataclass(frozen=True)
class Toolkit(Router):
    """A router that also digests; the digest model is opened when it is first needed."""

    replies: Path

    @classmethod
    def of(cls, router: Router, replies: Path | None = None) -> Toolkit:
        """Add a digest model, the shipped one by default, to a router."""
        parts: dict[str, Any] = {each.name: getattr(router, each.name) for each in fields(Router)}
        return cls(**parts, replies=replies or shipped("models") / "replies")

    @cached_property
    def digester(self) -> Digester:
        from nlp.summarize.files import load_digester

        return load_digester(self.replies)

    def summarize(
        self, replies: Iterable[Reply | RowError | str], options: DigestOptions | None = None
    ) -> Iterator[Digest]:
        """Yield one digest a reply, in input order; a plain string is a reply's text.

        Raises ModelError if the digest model is missing, damaged or foreign.
        """
        return self.digester.summarize(replies, options)
