"""Which labels are taken for which."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from nlp.evaluate.answers import Answers, AnswerTask

OTHER, OTHER_NAME = "*", "其他"
"""What the labels outside a table are counted under; no label of a model is written so."""
SHOWN = {AnswerTask.TOPIC: 30, AnswerTask.LEAD: 12}
"""How many labels a table has, so that it can be read: a scheme of topics is there whole."""
PAIRS = 20


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each gold label (first index of `counts`) was answered by each (second).

    `labels` occur in gold or as answers, in the model's order; where they are too many, the
    ones with the fewest confusions are counted under OTHER, which is last. Of the rows that are
    there by gold and by answer, `other_right` are answered rightly.
    """

    task: AnswerTask
    labels: tuple[str, ...]
    names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    other_right: int


@dataclass(frozen=True, slots=True)
class Confused:
    """How many rows of one label were given another; names are Chinese."""

    gold: str
    said: str
    gold_name: str
    said_name: str
    count: int


def confusion(answers: Answers, shown: int) -> Confusion:
    """Count the labelled rows, with a row and a column for `shown` labels at most."""
    gold, said = answers.gold[answers.labelled], answers.said[answers.labelled]
    missed = np.bincount(
        np.concatenate([gold[gold != said], said[gold != said]]), minlength=len(answers.labels)
    )
    found = np.union1d(gold, said)
    kept = np.sort(found[np.argsort(-missed[found], kind="stable")][:shown])
    rest = len(kept) < len(found)
    place = np.full(len(answers.labels), len(kept))
    place[kept] = np.arange(len(kept))
    counts = np.zeros((len(kept) + rest, len(kept) + rest), np.int64)
    np.add.at(counts, (place[gold], place[said]), 1)
    both_out = (place[gold] == len(kept)) & (gold == said)
    return Confusion(
        answers.task,
        (*(answers.labels[i] for i in kept), *([OTHER] if rest else ())),
        (*(answers.name(i) for i in kept), *([OTHER_NAME] if rest else ())),
        tuple(map(tuple, counts.tolist())),
        int(both_out.sum()),
    )


def top_confusions(answers: Answers, most: int = PAIRS) -> tuple[Confused, ...]:
    """Return the pairs that are confused most often, of equals those of the earlier labels."""
    wrong = answers.labelled & ~answers.right
    pairs = Counter(zip(answers.gold[wrong].tolist(), answers.said[wrong].tolist(), strict=True))
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:most]
    return tuple(
        Confused(
            answers.labels[gold],
            answers.labels[said],
            answers.name(gold),
            answers.name(said),
            count,
        )
        for (gold, said), count in ranked
    )
