"""The whole model: proposals in, suggestions out, in order, none lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.classify.decide import CurvePoint, Detector, decide, threshold_for
from nlp.classify.duties import DutyIndex
from nlp.classify.explain import (
    Features,
    duty_evidence,
    place_evidence,
    precedent_evidence,
    word_evidence,
)
from nlp.classify.features import Text, clean_pair, encode_texts
from nlp.classify.topics import TopicModel
from nlp.classify.units import UnitModel, co_units, duty_scores, lead_units, unit_for
from nlp.errors import UsageError
from nlp.types import Decision, Evidence, Proposal, RowError, Suggestion

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nlp.classify.similar import Precedents
    from nlp.encode import Encoder
    from nlp.places import Directory
    from nlp.taxonomy import Function

Floats = npt.NDArray[np.float64]
CHUNK = 1000
EMPTY_ROW = "标题和正文都是空的，无法判断。请补上标题后重试。"


@dataclass(frozen=True, slots=True)
class Options:
    """How to route: into which place's units, how surely, and by which past cases."""

    directory: Directory
    precision: float = 0.95
    precedents: Precedents | None = None

    def __post_init__(self) -> None:
        if not 0.5 <= self.precision < 1.0:
            raise UsageError(
                f"--precision 是 {self.precision:g}，应在 0.5 到 1 之间（不含 1）。",
                "例如 --precision 0.95。",
            )


def default_directory(functions: Sequence[str]) -> Directory:
    from nlp.places import load_directory

    return load_directory("generic", functions)


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything the model computes for a chunk of texts."""

    matrix: csr_array
    topics: Floats | None
    leads: Floats | None
    cos: Floats | None
    similarities: Floats | None
    known: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Router:
    """An encoder and the heads on it; topics or units may be absent, not both."""

    name: str
    encoder: Encoder
    functions: tuple[Function, ...]
    topics: TopicModel | None
    units: UnitModel | None
    detector: Detector | None
    curve: tuple[CurvePoint, ...]
    duties: DutyIndex = field(repr=False)

    @property
    def function_keys(self) -> tuple[str, ...]:
        return tuple(f.key for f in self.functions)

    def with_duties(self, functions: Sequence[Function]) -> Router:
        """Return a router that looks for a user's own duties instead of the model's.

        Functions are matched by key; ones that the user's file lacks keep no duty.
        """
        own = {f.key: f for f in functions}
        unknown = sorted(own.keys() - set(self.function_keys))
        if unknown:
            raise UsageError(
                f"职能文件里有模型不认识的职能：{'、'.join(unknown)}。",
                "请改用模型已有的键，或重新训练。",
            )
        merged = tuple(
            replace(f, duties=own[f.key].duties if f.key in own else ()) for f in self.functions
        )
        return replace(self, functions=merged, duties=DutyIndex(merged))

    def classify(
        self, proposals: Iterable[Proposal | RowError | str], options: Options | None = None
    ) -> Iterator[Suggestion]:
        """Yield one suggestion a proposal, in input order; a bad row keeps its place.

        A plain string is taken as a title. Without options the generic directory is used.
        """
        options = options or Options(default_directory(self.function_keys))
        chunk: list[Proposal | RowError] = []
        for number, item in enumerate(proposals, 1):
            chunk.append(Proposal(str(number), item) if isinstance(item, str) else item)
            if len(chunk) == CHUNK:
                yield from self._chunk(chunk, options)
                chunk = []
        if chunk:
            yield from self._chunk(chunk, options)

    def score(self, texts: Sequence[Text], precedents: Precedents | None = None) -> Scores:
        """Return calibrated chances of everything for cleaned texts."""
        matrix = encode_texts(self.encoder, texts)
        similarities = precedents.similarities(matrix) if precedents else None
        leads = cos = None
        if self.units:
            past = None
            if precedents and similarities is not None:
                past = precedents.scores(similarities, len(self.functions))
            leads = self.units.lead_probabilities(matrix, duty_scores(self.duties, texts), past)
            cos = self.units.co_probabilities(matrix, leads)
        topics = self.topics.probabilities(matrix, leads) if self.topics else None
        known = self.detector.known(matrix, texts) if self.detector else np.ones(len(texts), bool)
        return Scores(matrix, topics, leads, cos, similarities, known)

    def _chunk(self, chunk: list[Proposal | RowError], options: Options) -> Iterator[Suggestion]:
        texts = [
            clean_pair(p.title, p.body) if isinstance(p, Proposal) else Text("") for p in chunk
        ]
        scores = self.score(texts, options.precedents)
        threshold = threshold_for(self.curve, options.precision)
        for row, (proposal, text) in enumerate(zip(chunk, texts, strict=True)):
            blank = Suggestion(
                proposal.id,
                proposal.title,
                model=self.name,
                source=proposal.source,
                given=proposal.given,
            )
            if isinstance(proposal, RowError):
                yield replace(blank, error=proposal.message)
            elif not text.whole.strip():
                yield replace(blank, error=EMPTY_ROW)
            else:
                yield self._suggest(blank, row, text, scores, options, threshold)

    def _suggest(
        self,
        blank: Suggestion,
        row: int,
        text: Text,
        scores: Scores,
        options: Options,
        threshold: float,
    ) -> Suggestion:
        result = blank
        confidence = 0.0
        if self.topics and scores.topics is not None:
            chances = scores.topics[row]
            result = replace(
                result,
                topics=self.topics.ranked(chances),
                accepted_topics=self.topics.accepted(chances),
            )
            confidence = float(chances.max())
        if self.units and scores.leads is not None and scores.cos is not None:
            place = options.directory
            lead = lead_units(scores.leads[row], self.functions, place, text.whole)
            co = co_units(
                scores.cos[row],
                self.functions,
                place,
                text.whole,
                threshold=self.units.co_threshold,
                lead=lead[0].unit,
            )
            result = replace(result, lead=lead, co=co)
            confidence = lead[0].probability
        known = bool(scores.known[row])
        decision = decide(confidence, threshold, known=known)
        reasons = (
            ()
            if decision is Decision.ABSTAIN
            else self._reasons(result, row, text, scores, options)
        )
        return replace(result, decision=decision, evidence=reasons)

    def _reasons(
        self, result: Suggestion, row: int, text: Text, scores: Scores, options: Options
    ) -> tuple[Evidence, ...]:
        matrix = scores.matrix
        span = slice(matrix.indptr[row], matrix.indptr[row + 1])
        features = Features(matrix.indices[span], matrix.data[span])
        if not self.units or not result.lead:
            topic = self.topics
            if topic is None:
                return ()
            label = topic.labels.index(result.topics[0].label)
            return tuple(word_evidence(features, topic.head, label, self.encoder, text))
        unit, place = result.lead[0].unit, options.directory
        keys = self.function_keys
        held = [i for i, f in enumerate(self.functions) if unit_for(f, place, text.whole) == unit]
        label = keys.index(result.lead[0].function)
        found = duty_evidence(self.duties, held, text)
        found += self._precedents(row, scores, options, held)
        found += place_evidence(place, unit, text)
        found += word_evidence(features, self.units.lead, label, self.encoder, text)
        return tuple(found)

    def _precedents(
        self, row: int, scores: Scores, options: Options, held: Sequence[int]
    ) -> list[Evidence]:
        from nlp.classify.similar import FLOOR

        past, similarities = options.precedents, scores.similarities
        if past is None or similarities is None:
            return []
        own = np.where(np.isin(past.owners, held), similarities[row], 0.0)
        best = int(own.argmax())
        if own[best] <= FLOOR * 1.6:
            return []
        item = past.items[best]
        return precedent_evidence(item.title, item.unit or item.function, float(own[best]))
