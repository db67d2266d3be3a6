"""An office's rows as the base model sees them, in parts for cross-validation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from nlp.classify.features import Text, encode_texts
from nlp.corpus.duplicates import duplicate_groups
from nlp.corpus.rows import Row
from nlp.train.material import whole
from nlp.train.office.own import ENOUGH, OwnWords, beside, own_encoder, own_words, reading
from nlp.train.office.words import Words, span

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nlp.classify.router import Router

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
FOLDS = 5


@dataclass(frozen=True)
class Seen:
    """Rows, encoded once; arrays and tuples are parallel.

    `base` is the base model, which reads the office's words (`own`), too, if rows are many;
    None if they are not. `group` is common to near-duplicates, which are in one `fold`: a
    copied proposal in another part would make any model look good.
    """

    base: Router
    rows: tuple[Row, ...]
    texts: tuple[Text, ...]
    matrix: csr_array
    duties: Floats
    words: Words
    projected: Floats
    own: OwnWords | None
    group: Ints
    fold: Ints
    weights: Floats


def see(base: Router, rows: Sequence[Row], seed: int) -> Seen:
    """Encode an office's rows and deal them to folds."""
    material = whole(rows)
    texts = material.texts
    joined = beside(base.encoder, own_encoder(texts)) if len(rows) >= ENOUGH else None
    if joined:
        base = reading(base, joined)
    matrix = encode_texts(base.encoder, texts)
    words = span(matrix, seed)
    group = duplicate_groups([text.title or text.body[:60] for text in texts])
    return Seen(
        base=base,
        rows=material.rows,
        texts=texts,
        matrix=matrix,
        duties=base.duties.scan(texts).scores,
        words=words,
        projected=words.project(matrix),
        own=own_words(joined, texts, matrix) if joined else None,
        group=np.array(group, np.int64),
        fold=deal(group, [row.primary or row.lead or "" for row in rows], seed),
        weights=material.weights,
    )


def deal(groups: Sequence[int], labels: Sequence[str], seed: int) -> Ints:
    """Deal whole groups to FOLDS folds at random, the groups of each label evenly."""
    names = sorted(set(groups))
    draws = np.random.default_rng(seed).random(len(names)).tolist()
    dealt = sorted(zip((labels[name] for name in names), draws, names, strict=True))
    fold = {name: place % FOLDS for place, (_, _, name) in enumerate(dealt)}
    return np.array([fold[group] for group in groups], np.int64)
