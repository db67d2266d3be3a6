"""The most confident wrong answers, with the reasons that the model gives for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nlp.classify.explain import Features, word_evidence
from nlp.classify.features import clean_pair, encode_texts
from nlp.classify.suggest import Options
from nlp.evaluate.answers import Answers, AnswerTask
from nlp.types import Proposal

if TYPE_CHECKING:
    from nlp.classify.router import Router
    from nlp.corpus.rows import Row
    from nlp.evaluate.run import EvaluationOptions

SHOWN = 20
TITLE = 40
"""Characters of the body that stand for a missing title."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer; `gold` and `said` are Chinese names, `evidence` lines for a clerk.

    `ambiguous` rows are ones whose annotators found another topic defensible.
    """

    id: str
    title: str
    task: AnswerTask
    gold: str
    said: str
    confidence: float
    ambiguous: bool
    evidence: tuple[str, ...]


def mistakes(
    router: Router, answers: Answers, options: EvaluationOptions, most: int = SHOWN
) -> tuple[Mistake, ...]:
    """Return the wrong rows that the model is surest of, the surest first.

    Evidence on a lead is what `Router.classify` gives, which explains the unit it suggests; it
    gives none where it abstains. Evidence on a topic is the words that speak for that topic.
    """
    wrong = np.flatnonzero(answers.labelled & ~answers.right)
    chosen = wrong[np.argsort(-answers.confidence[wrong], kind="stable")][:most].tolist()
    rows = [answers.rows[i] for i in chosen]
    if answers.task is AnswerTask.TOPIC:
        reasons = _for_topics(router, rows, [answers.labels[answers.said[i]] for i in chosen])
    else:
        reasons = _for_units(router, rows, options)
    return tuple(
        Mistake(
            row.id,
            row.title or row.body[:TITLE],
            answers.task,
            answers.name(int(answers.gold[i])),
            answers.name(int(answers.said[i])),
            round(float(answers.confidence[i]), 4),
            row.ambiguous,
            said,
        )
        for i, row, said in zip(chosen, rows, reasons, strict=True)
    )


def _for_units(
    router: Router, rows: Sequence[Row], options: EvaluationOptions
) -> list[tuple[str, ...]]:
    asked = [Proposal(row.id, row.title, row.body) for row in rows]
    told = router.classify(asked, Options(options.directory, options.precision))
    return [tuple(each.text for each in suggestion.evidence) for suggestion in told]


def _for_topics(
    router: Router, rows: Sequence[Row], labels: Sequence[str]
) -> list[tuple[str, ...]]:
    model = router.topics
    if model is None or not rows:
        return [() for _ in rows]
    texts = [clean_pair(row.title, row.body) for row in rows]
    matrix = encode_texts(router.encoder, texts)
    result = []
    for i, (text, label) in enumerate(zip(texts, labels, strict=True)):
        span = slice(matrix.indptr[i], matrix.indptr[i + 1])
        features = Features(matrix.indices[span], matrix.data[span])
        column = model.labels.index(label)
        found = word_evidence(features, model.head, column, router.encoder, text)
        result.append(tuple(each.text for each in found))
    return result
