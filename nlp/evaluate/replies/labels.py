"""How well a digester finds the units that act in a reply, and warns of poor answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass

import numpy as np

from nlp.corpus.replies import ReplyRow
from nlp.evaluate.metrics import Bools, LabelScore, Prf, multilabel
from nlp.evaluate.replies.faithful import plain
from nlp.summarize.digest import Digest


@dataclass(frozen=True, slots=True)
class MentionScores:
    """Units of the rows whose gold names them (an empty list says that none acts).

    `gold` and `said` count distinct names a row; a name is right if it contains, or stands
    in, a name of the other side (县水务局, 水务局).
    """

    rows: int
    skipped: int
    gold: int
    said: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class FlagScores:
    """Warnings of the rows whose gold has any list of them, an empty one included.

    `codes` are those that occur in gold; `unlabelled` counts warnings whose code never
    does: whether they are right, this gold cannot tell.
    """

    rows: int
    skipped: int
    micro: Prf
    macro: Prf
    codes: tuple[LabelScore, ...]
    unlabelled: dict[str, int]


def score_mentions(rows: Sequence[ReplyRow], digests: Sequence[Digest]) -> MentionScores | None:
    """Compare units with gold; None where no row names any unit or is labelled at all."""
    gold_right = gold_all = said_right = said_all = labelled = 0
    for row, digest in zip(rows, digests, strict=True):
        if row.units is None:
            continue
        labelled += 1
        gold = {plain(name) for name in row.units}
        said = {plain(unit.name) for unit in digest.units}
        gold_right += _matched(gold, said)
        said_right += _matched(said, gold)
        gold_all += len(gold)
        said_all += len(said)
    if not gold_all:
        return None
    precision = said_right / said_all if said_all else 0.0
    recall = gold_right / gold_all
    both = precision + recall
    return MentionScores(
        rows=labelled,
        skipped=len(rows) - labelled,
        gold=gold_all,
        said=said_all,
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / both if both else 0.0,
    )


def _matched(names: Collection[str], others: Collection[str]) -> int:
    """Count the names that contain, or stand in, one of the others."""
    return sum(any(name in other or other in name for other in others) for name in names)


def score_flags(rows: Sequence[ReplyRow], digests: Sequence[Digest]) -> FlagScores | None:
    """Compare warnings with gold, code by code; None where no row is labelled for them."""
    pairs = [
        (set(row.flags), {flag.code for flag in digest.flags})
        for row, digest in zip(rows, digests, strict=True)
        if row.flags is not None
    ]
    if not pairs:
        return None
    codes = sorted(set().union(*(gold for gold, _ in pairs)))
    gold, said = (_table([pair[side] for pair in pairs], codes) for side in (0, 1))
    scores = multilabel(gold, said, codes)
    other = Counter(code for _, own in pairs for code in own if code not in codes)
    return FlagScores(
        rows=len(pairs),
        skipped=len(rows) - len(pairs),
        micro=scores.micro,
        macro=scores.macro,
        codes=scores.labels,
        unlabelled=dict(other.most_common()),
    )


def _table(rows: Sequence[Set[str]], codes: Sequence[str]) -> Bools:
    """Return (rows, codes), also for no codes."""
    return np.array([code in found for found in rows for code in codes], bool).reshape(
        len(rows), len(codes)
    )
