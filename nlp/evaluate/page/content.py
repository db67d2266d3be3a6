"""Everything that the report is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.evaluate.compare import Comparison, Difference
from nlp.evaluate.report import Origin
from nlp.evaluate.run import Examined
from nlp.evaluate.words import BASELINE

if TYPE_CHECKING:
    from nlp.evaluate.errors.analysis import Analysis
    from nlp.evaluate.gate import GateResult


@dataclass(frozen=True, slots=True)
class PageContent:
    """Models and baselines on the same rows, the first of them the one that the page is about.

    Baselines are the ones whose names begin with "baseline:". `notes` are Chinese sentences on
    the gold file; `gate` is None where none was asked for.
    """

    examined: Sequence[Examined]
    comparisons: Sequence[Comparison]
    analyses: Sequence[Analysis]
    origin: Origin
    notes: Sequence[str] = ()
    gate: GateResult | None = None

    @property
    def models(self) -> tuple[Examined, ...]:
        return tuple(each for each in self.examined if not is_baseline(each.evaluation.model))

    @property
    def baselines(self) -> tuple[Examined, ...]:
        return tuple(each for each in self.examined if is_baseline(each.evaluation.model))

    @property
    def first(self) -> Examined:
        """Return the system that the others are compared with. IndexError without any."""
        return (*self.models, *self.baselines)[0]

    @property
    def names(self) -> Mapping[str, str]:
        """Return what label keys are called in Chinese; topics before functions."""
        functions = {f.key: f.name for each in self.examined for f in each.given.functions}
        topics = {key: name for each in self.examined for key, name in each.given.topics.items()}
        return functions | topics

    def difference(self, model: str, other: str, figure: str) -> Difference | None:
        """Return how a model compares with another by a figure, as far as it was asked."""
        for each in self.comparisons:
            if (each.first, each.second) == (model, other):
                return next((d for d in each.differences if d.figure == figure), None)
        return None


def is_baseline(name: str) -> bool:
    return name.startswith(BASELINE)
