"""Figures of a run, for the closing line and the 说明 sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic

from nlp.batch.records import percent, topic_names
from nlp.batch.result import R
from nlp.errors import EXIT_OK, EXIT_PARTIAL
from nlp.types import Decision, Suggestion


@dataclass(slots=True)
class Counts(Generic[R]):
    """Counts that grow while results pass through; `count` and `said` tell what of."""

    rows: int = 0
    failed: int = 0

    def watch(self, items: Iterable[R]) -> Iterator[R]:
        """Pass results on and count them."""
        for item in items:
            self.rows += 1
            if item.error:
                self.failed += 1
            else:
                self.count(item)
            yield item

    def count(self, item: R) -> None:
        """Count a result without an error."""
        raise NotImplementedError

    def said(self) -> Iterator[str]:
        """Yield what the closing line tells beside rows and failures."""
        raise NotImplementedError

    @property
    def done(self) -> int:
        return self.rows - self.failed

    @property
    def exit_code(self) -> int:
        return EXIT_PARTIAL if self.failed else EXIT_OK

    def share(self, count: int) -> str:
        """Say a count with its share of what is done: 3（50%）."""
        return f"{count}（{percent(count / self.done) if self.done else '0%'}）"

    def closing_line(self) -> str:
        parts = [f"共 {self.rows} 件，完成 {self.done} 件"]
        if self.failed:
            parts.append(f"出错 {self.failed} 件")
        return "，".join([*parts, *self.said()]) + "。"


@dataclass(slots=True)
class Tally(Counts[Suggestion]):
    """Counts of suggestions."""

    decisions: Counter[Decision] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)

    def count(self, item: Suggestion) -> None:
        self.decisions[item.decision] += 1
        self.topics.update(topic_names(item)[:1])
        self.units.update(u.unit for u in item.lead[:1])

    def said(self) -> Iterator[str]:
        auto, review = self.decisions[Decision.AUTO], self.decisions[Decision.REVIEW]
        yield f"可自动分办 {auto} 件，请复核 {review} 件"
        if abstain := self.decisions[Decision.ABSTAIN]:
            yield f"不像提案 {abstain} 件"
