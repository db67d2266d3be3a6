"""Sentence graphs that rank by centrality: TextRank and LexRank, as their papers give them.

Sentences come as lists of words, so neither method depends on a tokenizer of its own.
Both return one score a sentence, adding up to at most 1; the higher, the more central.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Words = Sequence[str]

DAMPING = 0.85
THRESHOLD = 0.1
"""Cosine above which LexRank joins two sentences (Erkan & Radev 2004, section 4)."""
_SMALL = 1e-12
_ROUNDS = 1000


def textrank(sentences: Sequence[Words]) -> Floats:
    """Rank by shared words (Mihalcea & Tarau 2004, section 4.1): PageRank over the weights
    |common words| / (log |a| + log |b|).

    sumy 0.13 also joins each sentence with itself, which favours those that repeat words;
    the paper does not.
    """
    size = len(sentences)
    weights = np.zeros((size, size))
    sets = [frozenset(words) for words in sentences]
    for a, b in combinations(range(size), 2):
        common = len(sets[a] & sets[b])
        norm = float(np.log(len(sentences[a])) + np.log(len(sentences[b]))) if common else 0.0
        # two sentences of one word each have a norm of 0
        weights[a, b] = weights[b, a] = common / norm if norm > _SMALL else common
    return _central(weights, DAMPING)


def lexrank(
    sentences: Sequence[Words], *, threshold: float = THRESHOLD, damping: float = DAMPING
) -> Floats:
    """Rank by cosine (Erkan & Radev 2004, section 3.2): PageRank over the unweighted graph
    of sentences whose TF-IDF cosine is above `threshold`; each is its own neighbour.

    The inverse frequencies are the letter's own, log(1 + sentences / sentences with the
    word): with the usual logarithm a word of every sentence, here the letter's very
    subject, would count for nothing.
    """
    vectors = _tfidf(sentences)
    joined = (vectors @ vectors.T > threshold).astype(np.float64)
    return _central(joined, damping)


def _tfidf(sentences: Sequence[Words]) -> Floats:
    """Return unit vectors, (sentences, distinct words); zeros for a sentence without words."""
    counts = [Counter(words) for words in sentences]
    spread = Counter(word for count in counts for word in count)
    columns = {word: at for at, word in enumerate(spread)}
    table = np.zeros((len(counts), len(columns)))
    for row, count in enumerate(counts):
        for word, times in count.items():
            table[row, columns[word]] = times * np.log1p(len(counts) / spread[word])
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    result: Floats = table / np.maximum(lengths, _SMALL)
    return result


def _central(weights: Floats, damping: float) -> Floats:
    """Return where a random walker is found; a sentence without neighbours passes nothing on."""
    size = len(weights)
    step = weights / np.maximum(weights.sum(axis=1, keepdims=True), _SMALL)
    found = np.full(size, 1.0 / size) if size else np.zeros(0)
    for _ in range(_ROUNDS):
        before, found = found, (1 - damping) / max(size, 1) + damping * (found @ step)
        if np.abs(found - before).sum() < _SMALL:
            break
    return found
