"""Topics of cases that no section of a report gives: the routing model's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.bulletin.types import Case

if TYPE_CHECKING:
    from nlp.classify.router import Router
    from nlp.types import Suggestion


class ModelTopics:
    """Asks a model, loaded when the first case needs it, for the topics that it accepts."""

    def __init__(self, model: Path | None) -> None:
        self._model = model

    @cached_property
    def _router(self) -> Router:
        from nlp.classify.files import load_router
        from nlp.shipped import shipped

        return load_router(self._model or shipped("models") / "default")

    @property
    def name(self) -> str:
        """The model's name and hash. Raises ModelError."""
        return self._router.name

    def __call__(self, cases: Sequence[Case]) -> list[tuple[str, ...]]:
        """Return each case's topics, the primary first. Raises ModelError.

        By titles alone: what a unit did (bought, built, published) misleads more than it tells.
        """
        return [_topics(each) for each in self._router.classify(case.title for case in cases)]


def _topics(suggestion: Suggestion) -> tuple[str, ...]:
    best = tuple(each.label for each in suggestion.topics[:1])
    return suggestion.accepted_topics or best


def model_topics(model: str | Path | None = None) -> ModelTopics:
    """Return a topic giver for a model directory, the shipped one by default."""
    return ModelTopics(Path(model) if model else None)
