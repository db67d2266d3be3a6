"""The whole model: proposals in, suggestions out, in order, none lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.classify.decide import CurvePoint, Detector
from nlp.classify.dispatch import open_directory
from nlp.classify.duties import DutyHit, DutyIndex
from nlp.classify.features import Text, encode_texts
from nlp.classify.topics import TopicModel
from nlp.classify.units import UnitModel
from nlp.errors import UsageError
from nlp.shipped import DEFAULT_PLACE
from nlp.types import Proposal, RowError, Suggestion

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nlp.classify.similar import Precedents
    from nlp.encode import Encoder
    from nlp.places import Directory
    from nlp.taxonomy import Function, Scheme

Floats = npt.NDArray[np.float64]
CHUNK = 1000


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


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything the model computes for a chunk of texts."""

    matrix: csr_array
    topics: Floats | None
    leads: Floats | None
    cos: Floats | None
    similarities: Floats | None
    hits: tuple[tuple[DutyHit, ...], ...]
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

    @property
    def scheme(self) -> Scheme:
        """The model's own topics, in which gold written for it is understood."""
        from nlp.taxonomy import Scheme, Topic

        model = self.topics
        pairs = zip(model.labels, model.names, strict=True) if model else ()
        return Scheme(self.name, tuple(Topic(key, name) for key, name in pairs))

    def with_duties(self, functions: Sequence[Function]) -> Router:
        """Return a router that looks for a user's own duties instead of the model's.

        Functions are matched by key; ones that the user's file lacks keep the model's duties.
        """
        own = {f.key: f for f in functions}
        unknown = sorted(own.keys() - set(self.function_keys))
        if unknown:
            raise UsageError(
                f"职能文件里有模型不认识的职能：{'、'.join(unknown)}。",
                "请改用模型已有的键，或重新训练。",
            )
        merged = tuple(
            replace(f, duties=own[f.key].duties) if f.key in own else f for f in self.functions
        )
        return replace(self, functions=merged, duties=DutyIndex(merged))

    def classify(
        self, proposals: Iterable[Proposal | RowError | str], options: Options | None = None
    ) -> Iterator[Suggestion]:
        """Yield one suggestion a proposal, in input order; a bad row keeps its place.

        A plain string is taken as a title. Without options the generic directory is used.
        """
        from nlp.classify.suggest import Suggester

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

    def score(self, texts: Sequence[Text], precedents: Precedents | None = None) -> Scores:
        """Return calibrated chances of everything for cleaned texts."""
        matrix = encode_texts(self.encoder, texts)
        scan = self.duties.scan(texts)
        similarities = precedents.similarities(matrix) if precedents else None
        leads = cos = None
        if self.units:
            past = None
            if precedents and similarities is not None:
                past = precedents.scores(similarities, len(self.functions))
            leads = self.units.lead_probabilities(matrix, scan.scores, past)
            cos = self.units.co_probabilities(matrix, leads)
        topics = self.topics.probabilities(matrix, leads) if self.topics else None
        known = self.detector.known(matrix, texts) if self.detector else np.ones(len(texts), bool)
        return Scores(matrix, topics, leads, cos, similarities, scan.hits, known)
