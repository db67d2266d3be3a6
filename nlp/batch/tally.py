"""Figures of a run, for the closing line and the 说明 sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nlp.batch.records import topic_names
from nlp.errors import EXIT_OK, EXIT_PARTIAL
from nlp.types import Decision, Suggestion


@dataclass(slots=True)
class Tally:
    """Counts that grow while suggestions pass through."""

    rows: int = 0
    failed: int = 0
    decisions: Counter[Decision] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)

    def watch(self, items: Iterable[Suggestion]) -> Iterator[Suggestion]:
        """Pass suggestions on and count them."""
        for item in items:
            self.rows += 1
            if item.error:
                self.failed += 1
            else:
                self.decisions[item.decision] += 1
                self.topics.update(topic_names(item)[:1])
                self.units.update(u.unit for u in item.lead[:1])
            yield item

    @property
    def exit_code(self) -> int:
        return EXIT_PARTIAL if self.failed else EXIT_OK

    def closing_line(self) -> str:
        done = self.rows - self.failed
        parts = [f"共 {self.rows} 件，完成 {done} 件"]
        if self.failed:
            parts.append(f"出错 {self.failed} 件")
        auto, review = self.decisions[Decision.AUTO], self.decisions[Decision.REVIEW]
        parts.append(f"可自动分办 {auto} 件，请复核 {review} 件")
        if abstain := self.decisions[Decision.ABSTAIN]:
            parts.append(f"不像提案 {abstain} 件")
        return "，".join(parts) + "。"
