"""An office's own words: an encoder of its rows' n-grams beside the base's, if rows are many.

A base that learned from proposals counts and weighs the n-grams of proposals. Some thousand
citizens' messages have others, and enough of them that a support vector machine on their own
n-grams is right as often as the corrected base; both together are right more often. From
ENOUGH rows on, its scores are added to the corrected logits, as much as fits held-out rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.encode.joined import MARK, JoinedEncoder
from nlp.encode.ngrams import NgramEncoder, fit
from nlp.heads.linear import LinearHead, fit_machine

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nlp.classify.features import Text
    from nlp.classify.router import Router
    from nlp.encode import Encoder

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
ENOUGH = 1000
"""Rows from which on own words are learned. On 600 messages they brought half a point of macro
F1, which such a history can't measure; on 1,200 one point, and also on 4,900."""
SPEC, LIMIT = "ngrams:1-2", 40_000
"""Longer n-grams or more of them brought nothing."""
PENALTY = 1.0
"""Inverse penalty of the machine; half or twice as much is as good."""
WRONG = -1.0
"""The score of a wrong label at the machine's margin."""


@dataclass(frozen=True)
class OwnWords:
    """An office's rows by their own n-grams, of about unit length.

    `matrix` (rows, own) are rows as they come, the last columns of a joined encoder's, freed of
    what joining multiplied them by (`share`). `parts` (parts, own) are titles and bodies alone,
    part i of row `owner[i]`: the machine learns from all three views, as any model does.
    """

    matrix: csr_array
    parts: csr_array
    owner: Ints
    share: float

    def at(self, rows: Ints) -> OwnWords:
        number = np.full(self.matrix.shape[0], -1, np.int64)
        number[rows] = np.arange(len(rows))
        owner = number[self.owner]
        return OwnWords(self.matrix[rows], self.parts[owner >= 0], owner[owner >= 0], self.share)

    def held_out(self, labels: Sequence[str], gold: Ints, weights: Floats, fold: Ints) -> Floats:
        """Return scores (rows, labels) by machines that learned from the other folds.

        They are zero where the other folds have one label only.
        """
        scores = np.zeros((len(gold), len(labels)))
        for held in np.unique(fold):
            out, rest = np.flatnonzero(fold == held), np.flatnonzero(fold != held)
            if len(np.unique(gold[rest])) > 1:
                head = self.at(rest).machine(labels, gold[rest], weights[rest])
                scores[out] = head.decision(self.matrix[out])
        return scores

    def machine(self, labels: Sequence[str], gold: Ints, weights: Floats) -> LinearHead:
        """Fit a machine on the own columns; of labels without a row it thinks as of wrong ones."""
        from scipy.sparse import csr_array, vstack

        owner = np.concatenate([np.arange(len(gold)), self.owner])
        shares = np.bincount(owner)[owner] ** -0.5
        shown = csr_array(vstack([self.matrix, self.parts], format="csr"))
        names = [labels[number] for number in gold[owner]]
        head = fit_machine(shown, names, labels, weights[owner] * shares, inverse_penalty=PENALTY)
        bias = np.where(np.isin(labels, names), head.bias, np.float32(WRONG))
        return LinearHead(head.classes_, head.weights, bias)

    def added(self, head: LinearHead, machine: LinearHead, times: float) -> LinearHead:
        """Return a head over all columns with a machine's scores added to its own."""
        weights = head.weights.copy()
        weights[-len(machine.weights) :] += np.float32(times / self.share) * machine.weights
        bias = (head.bias + times * machine.bias).astype(np.float32)
        return LinearHead(head.classes_, weights, bias)


def own_encoder(texts: Sequence[Text]) -> NgramEncoder:
    """Learn the vocabulary of an office's texts."""
    return fit(SPEC, [part for t in texts for part in (t.title, t.body) if part], limit=LIMIT)


def own_words(encoder: Encoder, texts: Sequence[Text], matrix: csr_array) -> OwnWords:
    """Return texts by an encoder alone, or by the last part of a joined one.

    `matrix` is what the whole encoder made of them.
    """
    last = encoder.parts[-1] if isinstance(encoder, JoinedEncoder) else encoder
    share, first = _share(encoder), encoder.columns - last.columns
    both = [i for i, text in enumerate(texts) if text.title and text.body]
    parts = [texts[i].title for i in both] + [texts[i].body for i in both]
    return OwnWords(
        matrix=matrix[:, first:] * np.float32(1 / share),
        parts=last.encode(parts),
        owner=np.array(both * 2, np.int64),
        share=share,
    )


def reading(base: Router, encoder: JoinedEncoder) -> Router:
    """Return a base that reads by `encoder`, its own with another behind it.

    It makes nothing of the columns that are new. Title and body are joined in all parts at
    once, so that its scores of texts with a body move by a hundredth or two.
    """
    more = encoder.columns - base.encoder.columns
    grown = _share(base.encoder) / encoder.share

    def wide(head: LinearHead) -> LinearHead:
        weights = np.pad(head.weights * np.float32(grown), ((0, more), (0, 0)))
        return LinearHead(head.classes_, weights, head.bias)

    topics, units, detector = base.topics, base.units, base.detector
    return replace(
        base,
        encoder=encoder,
        topics=replace(topics, head=wide(topics.head)) if topics else None,
        units=replace(units, lead=wide(units.lead), co=wide(units.co)) if units else None,
        detector=replace(detector, head=wide(detector.head)) if detector else None,
    )


def beside(first: Encoder, second: Encoder) -> JoinedEncoder:
    """Return both encoders, side by side; one that is joined already gets another part."""
    parts = first.parts if isinstance(first, JoinedEncoder) else (first,)
    return JoinedEncoder(f"{first.spec}{MARK}{second.spec}", (*parts, second))


def _share(encoder: Encoder) -> float:
    return encoder.share if isinstance(encoder, JoinedEncoder) else 1.0
