"""A router whose chances are written down, so that every expected number is done by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array

from nlp.classify.decide import CurvePoint, Detector
from nlp.classify.duties import DutyIndex
from nlp.classify.router import Router
from nlp.classify.topics import TopicModel
from nlp.classify.units import UnitModel
from nlp.corpus.rows import Row
from nlp.heads.linear import LinearHead
from nlp.places import Directory, Unit
from nlp.taxonomy import Function

TITLES = ("学校食堂", "宽带资费", "河道垃圾", "工厂噪声")
TOPICS = ("livelihood", "industry", "ecology")
TOPIC_CHANCES = ((0.7, 0.2, 0.1), (0.4, 0.5, 0.1), (0.2, 0.18, 0.62), (0.1, 0.55, 0.35))
FUNCTIONS = ("education", "health", "industry_it", "telecom", "water")
LEAD_CHANCES = (
    (0.62, 0.18, 0.1, 0.05, 0.05),
    (0.3, 0.1, 0.25, 0.25, 0.1),
    (0.1, 0.45, 0.05, 0.05, 0.35),
    (0.05, 0.05, 0.5, 0.2, 0.2),
)
CO_CHANCES = (
    (0.1, 0.8, 0.1, 0.1, 0.2),
    (0.1, 0.1, 0.3, 0.3, 0.6),
    (0.05, 0.05, 0.05, 0.05, 0.9),
    (0.2, 0.2, 0.1, 0.1, 0.7),
)
CURVE = (CurvePoint(0.6, 1000, 990), CurvePoint(0.1, 2000, 1000))
"""Asks for a confidence of 0.6 where a precision of 0.95 is wanted."""


class TitleEncoder:
    """One column a known title."""

    spec = "titles"

    def encode(self, texts):
        return csr_array(np.array([[t == title for title in TITLES] for t in texts], np.float32))

    def feature(self, column):
        return TITLES[column]

    def write(self, folder: Path):
        raise NotImplementedError


def head(labels, logits) -> LinearHead:
    return LinearHead(tuple(labels), np.array(logits, np.float32), np.zeros(len(labels)))


@dataclass(frozen=True)
class Toy:
    """The router, its place and the five rows that most tests use."""

    router: Router
    directory: Directory
    rows: tuple[Row, ...]

    @property
    def topics_only(self) -> Router:
        return replace(self.router, units=None)

    @property
    def wary(self) -> Router:
        """A router that takes the last title for something else than a proposal."""
        chance = head(("known",), [[9.0], [9.0], [9.0], [-9.0]])
        return replace(self.router, detector=Detector(chance, 0.5, 0.5, frozenset("".join(TITLES))))


@pytest.fixture
def toy() -> Toy:
    functions = tuple(
        Function(key, key, fold="industry_it" if key == "telecom" else None) for key in FUNCTIONS
    )
    odds = np.array(CO_CHANCES) / (1 - np.array(CO_CHANCES))
    units = UnitModel(
        FUNCTIONS,
        lead=head(FUNCTIONS, np.log(LEAD_CHANCES)),
        co=head(FUNCTIONS, np.log(odds)),
        co_given_lead=np.zeros((5, 5)),
    )
    topics = TopicModel(TOPICS, TOPICS, head(TOPICS, np.log(TOPIC_CHANCES)), 1.0, (0.3, 0.3, 0.3))
    router = Router(
        "toy@0", TitleEncoder(), functions, topics, units, None, CURVE, DutyIndex(functions)
    )
    directory = Directory(
        "试县",
        "county",
        (
            Unit("县教育局", (), ("education",)),
            Unit("县卫体局", (), ("health", "sports")),
            Unit("县工信局", (), ("industry_it", "telecom")),
            Unit("县水务局", (), ("water",)),
        ),
    )
    rows = (
        Row("a", TITLES[0], topics=("livelihood",), lead="education", co=("health",)),
        Row(
            "b",
            TITLES[1],
            topics=("livelihood", "industry"),
            lead="telecom",
            co=(),
            ambiguous=True,
        ),
        Row(
            "c",
            TITLES[2],
            topics=("ecology",),
            lead="water",
            co=("industry_it", "telecom", "court"),
        ),
        Row("d", TITLES[3], topics=("governance", "industry"), lead="court"),
        Row("e", TITLES[0]),
    )
    return Toy(router, directory, rows)
