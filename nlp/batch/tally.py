"""Figures of a run, for the closing line and the 说明 sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Generic

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

    def state(self) -> dict[str, Any]:
        """Return the counts as JSON; "" stands for no label."""
        found: dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            found[one.name] = _plain(value) if isinstance(value, dict) else value
        return found

    def absorb(self, state: Mapping[str, Any]) -> None:
        """Add the counts of another part of the run, as `state` gave them."""
        for name, value in state.items():
            own = getattr(self, name)
            if isinstance(own, Counter):
                own.update({self.label(name, key): count for key, count in value.items()})
            elif isinstance(own, dict):
                own.update({key: said for key, said in value.items() if key not in own})
            else:
                setattr(self, name, own + value)

    def label(self, name: str, key: str) -> Any:  # noqa: ANN401 - whatever is counted there
        """Return the label that `key` stands for in the counts called `name`."""
        return key

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


def _plain(counts: Mapping[Any, Any]) -> dict[str, Any]:
    return {"" if key is None else str(key): value for key, value in counts.items()}


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

    def label(self, name: str, key: str) -> Decision | str:
        return Decision(key) if name == "decisions" else key

    def said(self) -> Iterator[str]:
        auto, review = self.decisions[Decision.AUTO], self.decisions[Decision.REVIEW]
        yield f"可自动分办 {auto} 件，请复核 {review} 件"
        if abstain := self.decisions[Decision.ABSTAIN]:
            yield f"不像提案 {abstain} 件"
