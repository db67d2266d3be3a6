"""The figures of one system: `nlp.evaluate.replies` measures its digests."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.digests.system import Entry
from benchmarks.shared.figure import Figure, Result
from nlp.corpus.duplicates import duplicate_groups
from nlp.corpus.replies import ReplyRow
from nlp.evaluate.bootstrap import Drawn, Sample, resample
from nlp.evaluate.replies.faithful import ClaimReader, known_units
from nlp.evaluate.replies.rouge import Rouge
from nlp.evaluate.replies.run import OPENING
from nlp.evaluate.replies.texts import Grade, fact_sample, grade, score_texts

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Question:
    """Labelled replies, near-duplicates among them, and how long a digest may be."""

    rows: tuple[ReplyRow, ...]
    groups: tuple[int, ...]
    max_chars: int

    @classmethod
    def of(cls, rows: Sequence[ReplyRow], max_chars: int) -> Question:
        groups = duplicate_groups([row.reply[:OPENING] for row in rows])
        return cls(tuple(rows), tuple(groups), max_chars)


def measure(entry: Entry, question: Question) -> Result:
    """Digest all replies, grade the digests, and time the digesting."""
    digesting, rows = entry.open(), question.rows
    texts = digesting(rows, question.max_chars)
    if entry.written:
        rows = tuple(replace(row, summary=None) for row in rows)
    reader = ClaimReader(known_units())
    grades = [grade(row, text, reader) for row, text in zip(rows, texts, strict=True)]
    figures = text_figures(entry, grades, question)
    if not entry.written:
        seconds = statistics.median(
            _timed(lambda: digesting(question.rows, question.max_chars)) for _ in range(ROUNDS)
        )
        figures["speed"] = Figure(len(rows) / seconds)
    return Result(figures)


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return max(time.perf_counter() - start, 1e-9)


def text_figures(entry: Entry, grades: Sequence[Grade], question: Question) -> dict[str, Figure]:
    """Return shares, with standard errors over draws of near-duplicate groups, and lengths."""
    scores = score_texts(entry.name, entry.name, grades, question.max_chars, question.groups)
    measures = {"facts": fact_sample(grades), "claims": _claims(grades), **_likeness(grades)}
    figures = {
        name: Figure(drawn.value, round(sum(measures[name].wholes)), _spread(drawn))
        for name, drawn in resample(measures, question.groups).items()
    }
    # how many claims a digest makes is its own choice: no n to compare in the table
    if "claims" in figures:
        figures["claims"] = replace(figures["claims"], rows=None)
    lengths = {"chars": Figure(scores.chars), "over": Figure(scores.over_budget)}
    return figures | lengths


def _claims(grades: Sequence[Grade]) -> Sample:
    """Return the figures, dates and units that a digest names, as a share of the reply's own."""
    found = [sum(claim.found for claim in each.claims) for each in grades]
    return Sample(found, [len(each.claims) for each in grades])


def _likeness(grades: Sequence[Grade]) -> dict[str, Sample]:
    """Return the three kinds of ROUGE of the rows that have a reference."""
    known = [float(each.rouge is not None) for each in grades]
    found = [each.rouge or Rouge(0.0, 0.0, 0.0) for each in grades]
    return {
        "rouge1": Sample([rouge.one for rouge in found], known),
        "rouge2": Sample([rouge.two for rouge in found], known),
        "rougeL": Sample([rouge.lcs for rouge in found], known),
    }


def _spread(drawn: Drawn) -> float:
    return float(np.nanstd(drawn.resamples))
