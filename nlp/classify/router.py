"""The router: proposals in, suggestions out, in order, none lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nlp.classify.dispatch import open_directory
from nlp.classify.model import Model
from nlp.classify.suggest import Options, Suggester
from nlp.shipped import DEFAULT_PLACE
from nlp.types import Proposal, RowError, Suggestion

CHUNK = 1000


class Router(Model):
    """A model that works through proposals of any number in chunks."""

    def classify(
        self, proposals: Iterable[Proposal | RowError | str], options: Options | None = None
    ) -> Iterator[Suggestion]:
        """Yield one suggestion a proposal, in input order; a bad row keeps its place.

        A plain string is taken as a title. Without options the generic directory is used.
        """
        options = options or Options(open_directory(DEFAULT_PLACE, self.function_keys))
        suggester = Suggester(self, options)
        chunk: list[Proposal | RowError] = []
        for number, item in enumerate(proposals, 1):
            chunk.append(Proposal(str(number), item) if isinstance(item, str) else item)
            if len(chunk) == CHUNK:
                yield from suggester.chunk(chunk)
                chunk = []
        if chunk:
            yield from suggester.chunk(chunk)
