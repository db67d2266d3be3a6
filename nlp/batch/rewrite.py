"""Digests in a model's own words: every reply goes along with its digest."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nlp.summarize.digest import Digest
from nlp.types import Reply, RowError

if TYPE_CHECKING:
    from nlp.summarize.digester import Digester, DigestOptions
    from nlp.summarize.rewrite.writers import Writer


def rewritten(
    replies: Iterable[Reply | RowError], digester: Digester, options: DigestOptions, writer: Writer
) -> Iterator[Digest]:
    """Digest replies and have a writer say the digests anew, in order.

    Raises what the writer raises.
    """
    from nlp.summarize.rewrite.guard import abstractive

    texts: deque[str] = deque()

    def noted() -> Iterator[Reply | RowError]:
        for item in replies:
            texts.append(item.text if isinstance(item, Reply) else "")
            yield item

    # the digester may read ahead, so the texts wait until their digests come
    pairs = ((texts.popleft(), digest) for digest in digester.summarize(noted(), options))
    return abstractive(pairs, writer, options.max_chars)
