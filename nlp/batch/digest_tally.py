"""Figures of a run over replies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from nlp.batch.digests import UNKNOWN, needs_check
from nlp.batch.tally import Counts
from nlp.summarize.digest import OUTCOME_NAMES, Digest
from nlp.types import Outcome


@dataclass(slots=True)
class DigestTally(Counts[Digest]):
    """Counts of digests; `messages` keeps what each code of a flag says."""

    outcomes: Counter[Outcome | None] = field(default_factory=Counter)
    flagged: int = 0
    to_check: int = 0
    flags: Counter[str] = field(default_factory=Counter)
    messages: dict[str, str] = field(default_factory=dict)

    def count(self, item: Digest) -> None:
        self.outcomes[item.outcome] += 1
        self.flagged += bool(item.flags)
        self.to_check += needs_check(item)
        # no set: its order would differ from run to run, and that of equal counts with it
        self.flags.update(list(dict.fromkeys(flag.code for flag in item.flags)))
        for flag in item.flags:
            self.messages.setdefault(flag.code, flag.message)

    def label(self, name: str, key: str) -> Outcome | str | None:
        if name == "outcomes":
            return Outcome(key) if key else None
        return key

    def by_outcome(self) -> Iterator[tuple[str, int]]:
        """Yield the outcomes that occur, by name, best first and unknown last."""
        for outcome in (*Outcome, None):
            if count := self.outcomes[outcome]:
                yield OUTCOME_NAMES[outcome] if outcome else UNKNOWN, count

    def said(self) -> Iterator[str]:
        yield from (f"{name} {count} 件" for name, count in self.by_outcome())
        yield f"有提示 {self.flagged} 件"
