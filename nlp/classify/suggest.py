"""From scores to suggestions: units of the place, the decision, and the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.classify.decide import check_precision, decide, threshold_for
from nlp.classify.dispatch import Dispatch
from nlp.classify.explain import (
    Features,
    duty_evidence,
    place_evidence,
    precedent_evidence,
    word_evidence,
)
from nlp.classify.features import Text, clean_pair
from nlp.classify.similar import WORTH_CITING
from nlp.types import Decision, Evidence, Proposal, RowError, Suggestion, TopicScore, UnitScore

if TYPE_CHECKING:
    from nlp.classify.model import Model, Scores
    from nlp.classify.similar import Precedents
    from nlp.places import Directory

Floats = npt.NDArray[np.float64]
EMPTY_ROW = "标题和正文都是空的，无法判断。请补上标题后重试。"


@dataclass(frozen=True, slots=True)
class Options:
    """How to route: into which place's units, how surely, and by which past cases."""

    directory: Directory
    precision: float = 0.95
    precedents: Precedents | None = None

    def __post_init__(self) -> None:
        check_precision(self.precision)


@dataclass(frozen=True, slots=True)
class Routed:
    """The units of one text; `column` is the first one's in the dispatch."""

    column: int
    lead: tuple[UnitScore, ...]
    co: tuple[UnitScore, ...]


@dataclass(frozen=True)
class Suggester:
    """A model set up for one place, one precision and one history."""

    model: Model
    options: Options

    @cached_property
    def dispatch(self) -> Dispatch:
        return Dispatch(self.options.directory, self.model.functions)

    @cached_property
    def threshold(self) -> float:
        """The confidence from which on a suggestion may be followed without a look."""
        return threshold_for(self.model.curve, self.options.precision)

    def chunk(self, items: Sequence[Proposal | RowError]) -> Iterator[Suggestion]:
        """Yield one suggestion an item, in order; what can't be judged carries an error."""
        texts = [
            clean_pair(item.title, item.body) if isinstance(item, Proposal) else Text("")
            for item in items
        ]
        scores = self.model.score(texts, self.options.precedents)
        routed = list(self._units(texts, scores))
        for row, (item, text) in enumerate(zip(items, texts, strict=True)):
            if isinstance(item, RowError):
                yield self._failed(item, item.message)
            elif not text.whole.strip():
                yield self._failed(item, EMPTY_ROW)
            else:
                yield self._suggest(item, text, row, scores, routed[row] if routed else None)

    def _failed(self, item: Proposal | RowError, message: str) -> Suggestion:
        return Suggestion(
            item.id,
            item.title,
            model=self.model.name,
            error=message,
            source=item.source,
            given=item.given,
        )

    def _suggest(
        self, item: Proposal, text: Text, row: int, scores: Scores, routed: Routed | None
    ) -> Suggestion:
        topics, accepted = self._topics(row, scores)
        first = (routed.lead if routed else ()) or topics
        confidence = first[0].probability if first else 0.0
        decision = decide(confidence, self.threshold, known=bool(scores.known[row]))
        if decision is Decision.AUTO and routed and not self.dispatch.settled[routed.column]:
            decision = Decision.REVIEW
        reasons: tuple[Evidence, ...] = ()
        if decision is not Decision.ABSTAIN:
            reasons = tuple(self._reasons(text, row, scores, topics, routed))
        return Suggestion(
            id=item.id,
            title=item.title,
            topics=topics,
            accepted_topics=accepted,
            lead=routed.lead if routed else (),
            co=routed.co if routed else (),
            decision=decision,
            evidence=reasons,
            model=self.model.name,
            source=item.source,
            given=item.given,
        )

    def _topics(self, row: int, scores: Scores) -> tuple[tuple[TopicScore, ...], tuple[str, ...]]:
        model = self.model.topics
        if model is None or scores.topics is None:
            return (), ()
        return model.ranked(scores.topics[row]), model.accepted(scores.topics[row])

    def _units(self, texts: Sequence[Text], scores: Scores) -> Iterator[Routed]:
        """Yield the units of every text; nothing at all for a model that knows none."""
        units = self.model.units
        if units is None or scores.leads is None or scores.cos is None:
            return
        leads, cos = self.dispatch.summed(scores.leads), self.dispatch.joined(scores.cos)
        columns, wholes = leads.argmax(axis=1), [text.whole for text in texts]
        yield from map(
            Routed,
            columns.tolist(),
            self.dispatch.ranked_all(leads, scores.leads, wholes),
            self.dispatch.accepted_all(
                cos, scores.cos, wholes, threshold=units.co_threshold, without=columns
            ),
        )

    def _reasons(
        self,
        text: Text,
        row: int,
        scores: Scores,
        topics: Sequence[TopicScore],
        routed: Routed | None,
    ) -> Iterator[Evidence]:
        model, matrix = self.model, scores.matrix
        span = slice(matrix.indptr[row], matrix.indptr[row + 1])
        features = Features(matrix.indices[span], matrix.data[span])
        if routed and model.units:
            held = self.dispatch.functions_of(routed.column)
            unit = routed.lead[0]
            yield from duty_evidence(scores.duties.hits_of(row, held), held)
            yield from self._precedent(row, scores, held)
            if self.dispatch.may_be_named(unit.unit, text.whole):
                yield from place_evidence(self.options.directory, unit.unit, text)
            label = self.dispatch.keys.index(unit.function)
            yield from word_evidence(features, model.units.lead, label, model.encoder, text)
        elif model.topics:
            label = model.topics.labels.index(topics[0].label)
            yield from word_evidence(features, model.topics.head, label, model.encoder, text)

    def _precedent(self, row: int, scores: Scores, held: Sequence[int]) -> Iterator[Evidence]:
        """Yield the most similar past case that the unit handled, if it is similar at all."""
        past, similarities = self.options.precedents, scores.similarities
        if past is None or similarities is None:
            return
        own = np.where(np.isin(past.owners, held), similarities[row], 0.0)
        best = int(own.argmax())
        if own[best] >= WORTH_CITING:
            item = past.items[best]
            yield precedent_evidence(item.title, item.unit or item.function, float(own[best]))
