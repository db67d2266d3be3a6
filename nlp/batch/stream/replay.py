"""What a killed run had read is not read again while its input is byte for byte the same.

The plan of a run says, for every chunk, what reading had told up to there. A later run on the
same bytes takes over the first chunks of that plan whose results are known, and begins to read
behind them. This holds for inputs that are one table; others are read again, which costs less
than a tenth of the work.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from nlp.io.bookmark import FileFacts
from nlp.io.hashes import file_digest

if TYPE_CHECKING:
    from nlp.batch.stream.kept import Passed
    from nlp.io.bookmark import Bookmark
    from nlp.io.source import Source


@dataclass(frozen=True, slots=True)
class Unread:
    """An input of which the beginning may be left out; `stamp` tells it from all others."""

    bookmark: Bookmark
    stamp: bytes

    @classmethod
    def of(cls, source: Source[Any], *how: object) -> Unread | None:
        """Return an input's; None where all must be read.

        :param how: what else decides which chunks there are, as `repr` writes it.
        """
        listing, mark = source.listing, source.bookmark
        if mark is None or listing is None or mark.file is None:
            return None
        try:
            content = file_digest(listing.path)
            if FileFacts.of(listing.path) != mark.file:  # another one has been put in its place
                return None
        except OSError:  # reading will say so
            return None
        about = (source.files, listing.options, listing.target.roles, *how)
        facts = repr((content, mark.file, about))
        return cls(mark, sha256(facts.encode("utf-8", "surrogatepass")).digest())

    def go_on(self, passed: Passed) -> None:
        """Begin to read behind a chunk; to be called for all before it, in order."""
        self.bookmark.go_on(passed.last, passed.state, passed.ids)
