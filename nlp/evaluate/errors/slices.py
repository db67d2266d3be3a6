"""How well a task is answered on parts of the rows: short texts, damaged ones, places, years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from nlp.evaluate.answers import Answers, AnswerTask
from nlp.evaluate.bootstrap import LEVEL, Drawn, Estimate, ratio, totals
from nlp.evaluate.errors.damage import damage
from nlp.evaluate.metrics import Bools, Floats, Ints

if TYPE_CHECKING:
    from nlp.corpus.rows import Row

FEWEST = 10
"""Labelled rows from which on a slice has a figure."""
UNKNOWN, REST = "未注明", "其他"
LENGTHS = {0: "只有标题", 300: "正文300字以内", 1000: "正文301～1000字"}
LONGEST = "正文1000字以上"
NO_DAMAGE, SOME_DAMAGE, MUCH_DAMAGE = "格式完好", "格式略有破损", "格式破损较多"
MUCH = 0.02
"""The share of mended characters from which on a text is much damaged: a line break in every
line of a PDF alone is about 3 %."""
KINDS = {"proposal": "提案", "suggestion": "建议"}


class SliceKind(StrEnum):
    """What rows are told apart by."""

    LENGTH = "length"
    DAMAGE = "damage"
    PLACE = "place"
    YEAR = "year"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Slice:
    """Accuracy on one part of the labelled rows.

    `pooled` is how many slices with too few rows are counted here, 0 for an ordinary one.
    `figure` (95 % interval) is None below FEWEST rows. `margin` is how much higher it is than
    that of all other rows, None unless both have FEWEST texts that are no near-duplicates. Its
    interval is the wider, the more slices of the kind there are; `worse` says that it is
    below 0.
    """

    task: AnswerTask
    kind: SliceKind
    name: str
    pooled: int
    rows: int
    right: int
    figure: Estimate | None
    margin: Estimate | None
    worse: bool


def slices(answers: Answers, groups: Sequence[int]) -> tuple[Slice, ...]:
    """Return the slices of every kind that parts the labelled rows at all.

    Whole groups of near-duplicates are drawn; a slice and the other rows are measured on the
    same draws. Many slices are looked at, and of twenty harmless ones one would look worse at
    95 %; so a margin's interval is 1 - 5 % / slices of the kind (Bonferroni). With RESAMPLES
    draws, more than about a hundred slices of one kind all get the widest interval there is.
    """
    own = np.flatnonzero(answers.labelled).tolist()
    rows, right = [answers.rows[i] for i in own], answers.right[own]
    drawn_by = [groups[i] for i in own]
    parts = [part for kind in SliceKind if (part := _part(kind, rows))]
    if not parts:
        return ()
    both = [np.hstack([part.own, part.own & right[:, None]]) for part in parts]
    sums = totals(np.hstack(both).astype(float), drawn_by)  # drawing costs most: once for all
    ends = np.cumsum([table.shape[1] for table in both])
    found = zip(parts, both, np.split(sums, ends[:-1], axis=1), strict=True)
    return tuple(
        each
        for part, table, draws in found
        for each in _measured(answers.task, part, table.sum(axis=0), draws, drawn_by)
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """The slices of one kind: `shown` are names and how many are pooled there, 0 mostly.

    `own` (rows, slices) tells which rows are whose; a row is in exactly one.
    """

    kind: SliceKind
    shown: tuple[tuple[str, int], ...]
    own: Bools


def _part(kind: SliceKind, rows: Sequence[Row]) -> _Part | None:
    """Part rows by a kind, the slices with too few rows as one; None if all are alike."""
    names = [_NAMED[kind](row) for row in rows]
    counts = Counter(names)
    few = {name for name, count in counts.items() if count < FEWEST}
    pooled = few if len(few) > 1 else set()
    order = sorted(counts.keys() - pooled, key=lambda name: _rank(kind, name, counts))
    columns = [{name} for name in order] + ([pooled] if pooled else [])
    if len(columns) < 2:
        return None
    shown = [(name, 0) for name in order] + ([(REST, len(pooled))] if pooled else [])
    own = np.array([[name in each for each in columns] for name in names])
    return _Part(kind, tuple(shown), own)


def _measured(
    task: AnswerTask, part: _Part, whole: Ints, draws: Floats, groups: Sequence[int]
) -> Iterator[Slice]:
    """Yield slices; `whole` and `draws` (resamples, …) are each slice's rows, then right ones."""
    size = len(part.shown)
    rows, right = whole[:size], whole[size:]
    in_rows, in_right = draws[:, :size], draws[:, size:]
    figure = _drawn(right, rows, in_right, in_rows)
    rest = _drawn(
        right.sum() - right,
        rows.sum() - rows,
        in_right.sum(axis=1, keepdims=True) - in_right,
        in_rows.sum(axis=1, keepdims=True) - in_rows,
    )
    judged = _texts(part.own, groups) & _texts(~part.own, groups)
    level = 1.0 - (1.0 - LEVEL) / max(1, int(judged.sum()))
    for i, (name, pooled) in enumerate(part.shown):
        margin = figure[i].above(rest[i], level) if judged[i] else None
        yield Slice(
            task,
            part.kind,
            name,
            pooled,
            int(rows[i]),
            int(right[i]),
            figure[i].estimate if rows[i] >= FEWEST else None,
            margin,
            margin is not None and margin.high < 0.0,
        )


def _texts(own: Bools, groups: Sequence[int]) -> Bools:
    """Tell which slices hold at least FEWEST texts that are no near-duplicates."""
    numbers = np.asarray(groups)
    return np.array([len(np.unique(numbers[column])) >= FEWEST for column in own.T], bool)


def _drawn(parts: Ints, wholes: Ints, part_draws: Floats, whole_draws: Floats) -> list[Drawn]:
    values = ratio(parts.astype(float), wholes.astype(float))
    draws = ratio(part_draws, whole_draws)
    return [Drawn(float(value), draws[:, i]) for i, value in enumerate(values)]


def _rank(kind: SliceKind, name: str, counts: Mapping[str, int]) -> tuple[bool, int, str]:
    """Order lengths, damage and years as they grow, others by rows; unknown ones come last."""
    if kind in _ORDERED:
        return False, _ORDERED[kind].index(name), name
    by_rows = 0 if kind is SliceKind.YEAR else -counts[name]
    return name == UNKNOWN, by_rows, name


def _length(row: Row) -> str:
    size = len(row.body.strip())
    return next((name for most, name in LENGTHS.items() if size <= most), LONGEST)


def _damage(row: Row) -> str:
    share = damage(row)
    if not share:
        return NO_DAMAGE
    return SOME_DAMAGE if share < MUCH else MUCH_DAMAGE


def _place_name(row: Row) -> str:
    """Return the place without remarks in brackets."""
    return row.place.replace("(", "（").partition("（")[0].strip() or UNKNOWN


_NAMED: Mapping[SliceKind, Callable[[Row], str]] = {
    SliceKind.LENGTH: _length,
    SliceKind.DAMAGE: _damage,
    SliceKind.PLACE: _place_name,
    SliceKind.YEAR: lambda row: f"{row.year}年" if row.year is not None else UNKNOWN,
    SliceKind.KIND: lambda row: KINDS.get(row.kind, row.kind) or UNKNOWN,
}
_ORDERED = {
    SliceKind.LENGTH: (*LENGTHS.values(), LONGEST),
    SliceKind.DAMAGE: (NO_DAMAGE, SOME_DAMAGE, MUCH_DAMAGE),
}
