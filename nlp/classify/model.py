"""The model: an encoder and the heads on it; texts in, calibrated chances out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

from nlp.classify.decide import CurvePoint, Detector
from nlp.classify.duties import DutyIndex, DutyScan
from nlp.classify.features import Text, encode_texts
from nlp.classify.topics import TopicModel
from nlp.classify.units import UnitModel
from nlp.errors import UsageError

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nlp.classify.similar import Precedents
    from nlp.encode import Encoder
    from nlp.taxonomy import Function, Scheme

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything the model computes for a chunk of texts."""

    matrix: csr_array
    topics: Floats | None
    leads: Floats | None
    cos: Floats | None
    similarities: Floats | None
    duties: DutyScan
    known: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Model:
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

    def with_duties(self, functions: Sequence[Function]) -> Self:
        """Return a model that looks for a user's own duties instead of the model's.

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
        return Scores(matrix, topics, leads, cos, similarities, scan, known)
