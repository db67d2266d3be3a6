"""Evaluation of digests: digesters and labelled replies in, every headline number out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from nlp.corpus.duplicates import duplicate_groups
from nlp.corpus.replies import ReplyRow
from nlp.errors import InputError, UsageError
from nlp.evaluate.bootstrap import Estimate, compare
from nlp.evaluate.replies.baselines import baselines
from nlp.evaluate.replies.faithful import ClaimReader, known_units
from nlp.evaluate.replies.labels import FlagScores, MentionScores, score_flags, score_mentions
from nlp.evaluate.replies.outcomes import OutcomeScores, score_outcomes
from nlp.evaluate.replies.texts import (
    Grade,
    TextScores,
    fact_sample,
    grade,
    rouge_sample,
    score_texts,
)
from nlp.summarize.digest import Digest
from nlp.types import Reply

OPENING = 300
"""Characters by which replies are told to be near-duplicates."""
Digesting = Callable[[Iterable[Reply]], Iterator[Digest]]
"""A digester's `summarize` with its options given."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A digester to be measured; `path` is how it was given, `name` its name@hash."""

    path: str
    name: str
    digest: Digesting


@dataclass(frozen=True, slots=True)
class Judged:
    """One system's figures, and the row by row grades they come from."""

    scores: TextScores
    grades: tuple[Grade, ...]


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a model is above the best baseline, with paired intervals; None if unlabelled."""

    baseline: str
    title: str
    fact_recall: Estimate | None
    rouge_l: Estimate | None


@dataclass(frozen=True, slots=True)
class ModelResult:
    """All numbers of one digester. A part is None where no row is labelled for it.

    `failed` are ids of rows that it could not digest: an empty digest everywhere.
    """

    path: str
    text: Judged
    digests: tuple[Digest, ...]
    failed: tuple[str, ...]
    margin: Margin
    outcome: OutcomeScores | None
    units: MentionScores | None
    flags: FlagScores | None
    replies_per_second: float


@dataclass(frozen=True, slots=True)
class ReplyEvaluation:
    """Digesters and baselines on the same rows.

    `reference` grades the hand-written digests themselves: what a good one can reach.
    """

    rows: tuple[ReplyRow, ...]
    max_chars: int
    reference: Judged | None
    baselines: tuple[Judged, ...]
    models: tuple[ModelResult, ...]


def evaluate_replies(
    contenders: Sequence[Contender],
    rows: Sequence[ReplyRow],
    max_chars: int,
    on_step: Callable[[int], None] = lambda _: None,
) -> ReplyEvaluation:
    """Measure digesters and the baselines on labelled replies.

    :param max_chars: how long a digest may be, in characters; digesters have been told.
    :param on_step: hears how many replies the digester at work has done.
    :raises InputError: no row has a label to compare with.
    :raises UsageError: `max_chars` is less than 1.
    """
    _check(rows, max_chars)
    groups = tuple(duplicate_groups([row.reply[:OPENING] for row in rows]))
    judge = _Judge(tuple(rows), groups, ClaimReader(known_units()), max_chars)
    replies = [row.reply for row in rows]
    simple = tuple(
        judge.judged(system.name, system.title, system.summarize(replies, max_chars))
        for system in baselines()
    )
    models = tuple(judge.model(contender, simple, on_step) for contender in contenders)
    return ReplyEvaluation(judge.rows, max_chars, judge.reference(), simple, models)


def _check(rows: Sequence[ReplyRow], max_chars: int) -> None:
    if max_chars < 1:
        raise UsageError(f"--max-chars 是 {max_chars}，应至少为 1。", "一般用 120。")
    labels = ("facts", "summary", "outcome", "units", "flags")
    if not any(getattr(row, label) is not None for row in rows for label in labels):
        raise InputError(
            f"{len(rows)} 件答复里没有一件有标注，无法评测。",
            "每行至少要有 facts、summary、outcome、units、flags 之一，见 docs/data-files.md。",
        )


@dataclass(frozen=True, slots=True)
class _Judge:
    """The rows and the rules that all systems are held to."""

    rows: tuple[ReplyRow, ...]
    groups: tuple[int, ...]
    reader: ClaimReader
    max_chars: int

    def judged(self, name: str, title: str, texts: Iterable[str]) -> Judged:
        pairs = zip(self.rows, texts, strict=True)
        grades = tuple(grade(row, text, self.reader) for row, text in pairs)
        return Judged(score_texts(name, title, grades, self.max_chars, self.groups), grades)

    def reference(self) -> Judged | None:
        """Judge the hand-written digests by everything but likeness to themselves."""
        written = tuple(row for row in self.rows if row.summary)
        if not written:
            return None
        groups = [g for g, row in zip(self.groups, self.rows, strict=True) if row.summary]
        grades = tuple(
            grade(replace(row, summary=None), row.summary or "", self.reader) for row in written
        )
        scores = score_texts("reference", "人写的参考摘要", grades, self.max_chars, groups)
        return Judged(scores, grades)

    def model(
        self, contender: Contender, simple: Sequence[Judged], on_step: Callable[[int], None]
    ) -> ModelResult:
        begun = perf_counter()
        digests = tuple(self._digests(contender, on_step))
        seconds = perf_counter() - begun
        text = self.judged(contender.name, "本模型", (d.summary for d in digests))
        return ModelResult(
            path=contender.path,
            text=text,
            digests=digests,
            failed=tuple(d.id for d in digests if d.error is not None),
            margin=_margin(text, simple, self.groups),
            outcome=score_outcomes(self.rows, digests),
            units=score_mentions(self.rows, digests),
            flags=score_flags(self.rows, digests),
            replies_per_second=len(self.rows) / max(seconds, 1e-9),
        )

    def _digests(self, contender: Contender, on_step: Callable[[int], None]) -> Iterator[Digest]:
        replies = (Reply(id=row.id, text=row.reply, title=row.title) for row in self.rows)
        for done, digest in enumerate(contender.digest(replies), 1):
            on_step(done)
            yield digest


def _margin(text: Judged, simple: Sequence[Judged], groups: Sequence[int]) -> Margin:
    """Compare with the baseline that keeps most facts, or is closest where no facts are."""
    best = max(simple, key=_merit)
    return Margin(
        baseline=best.scores.name,
        title=best.scores.title,
        fact_recall=compare(fact_sample(text.grades), fact_sample(best.grades), groups),
        rouge_l=compare(rouge_sample(text.grades), rouge_sample(best.grades), groups),
    )


def _merit(judged: Judged) -> tuple[float, float]:
    recall, likeness = judged.scores.fact_recall, judged.scores.rouge_l
    return (recall.value if recall else 0.0, likeness.value if likeness else 0.0)
