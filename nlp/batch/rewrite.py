"""Digests in a model's own words: every reply goes along with its digest."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from nlp.summarize.digest import Digest
from nlp.types import Reply, RowError

if TYPE_CHECKING:
    from nlp.summarize.rewrite.writers import Writer

Digesting = Callable[[Iterable["Reply | RowError"]], Iterator[Digest]]


def rewritten(
    replies: Iterable[Reply | RowError], digest: Digesting, max_chars: int, writer: Writer
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
    pairs = ((texts.popleft(), made) for made in digest(noted()))
    return abstractive(pairs, writer, max_chars)
