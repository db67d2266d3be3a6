"""The label of the most alike titles: what a clerk does who looks for last year's case.

Weighted k nearest neighbours (Dudani 1976) by cosine over character n-grams.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nlp.corpus.duplicates import strip_frame
from nlp.evaluate.baselines.labels import shares
from nlp.evaluate.baselines.lessons import Lessons
from nlp.evaluate.baselines.majority import majority
from nlp.evaluate.metrics import Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_array

NEIGHBOURS = 5
ENCODER = "ngrams:1-2"
CHUNK = 250
"""Rows compared at once with all examples, so that the table of cosines stays small."""
_PRIOR = 1e-3
"""Weight of the labels' frequencies: they rank the labels that no neighbour has, and decide
where a title has no neighbour at all; beside any neighbour they count nothing."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """Titles as n-grams: `asked` (rows, features) and `examples` (examples, features)."""

    asked: csr_array
    examples: csr_array

    def __call__(self, lessons: Lessons, codes: Ints, size: int) -> Floats:
        """Return the similarity-weighted votes of the NEIGHBOURS most alike labelled examples.

        Parameters and shape are those of `majority`. Of equally alike examples the first ones
        vote.
        """
        votes = _PRIOR * majority(lessons, codes, size)
        labelled = np.flatnonzero(codes >= 0)
        if len(labelled):
            known, fold = codes[labelled], lessons.example_fold[labelled]
            for start, cosines in self._cosines(labelled):
                cosines[lessons.fold[start : start + len(cosines), None] == fold] = 0.0
                _vote(votes[start : start + len(cosines)], cosines, known)
        return shares(votes)

    def _cosines(self, labelled: Ints) -> Iterator[tuple[int, Floats]]:
        columns = self.examples[labelled].T.tocsr()
        for start in range(0, self.asked.shape[0], CHUNK):
            yield start, (self.asked[start : start + CHUNK] @ columns).toarray()


def _vote(votes: Floats, cosines: Floats, known: Ints) -> None:
    """Add the votes of each row's most alike examples; uses up the cosines."""
    rows = np.arange(len(votes))
    for _ in range(min(NEIGHBOURS, len(known))):
        best = cosines.argmax(axis=1)
        votes[rows, known[best]] += cosines[rows, best]
        cosines[rows, best] = 0.0


def nearest(lessons: Lessons) -> Nearest:
    """Encode titles without their frame (关于…的建议); n-grams are weighed by how rare they are.

    Weights come from the titles alone, asked and example; labels have no part in them.
    """
    from nlp.encode.ngrams import fit, is_word

    asked, examples = (
        [strip_frame(title) for title in titles]
        for titles in (lessons.titles, lessons.example_titles)
    )
    every = asked if lessons.titles is lessons.example_titles else [*examples, *asked]
    if not any(is_word(character) for text in every for character in text):
        return Nearest(_blank(asked), _blank(examples))
    encoder = fit(ENCODER, every, min_texts=1)
    return Nearest(encoder.encode(asked), encoder.encode(examples))


def _blank(texts: Sequence[str]) -> csr_array:
    from scipy.sparse import csr_array

    return csr_array(np.zeros((len(texts), 1), np.float32))
