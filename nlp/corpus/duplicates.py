"""Groups of near-duplicate texts, so that a copied proposal never sits on both sides of a split.

MinHash-LSH over character 3-grams proposes pairs (Broder 1997; `datasketch`), `rapidfuzz`
verifies them: the hash alone joins short titles that share only a frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

FRAME = re.compile(
    r"^关于(?:进一步|加快|加强|尽快|切实)?|的?(?:建议|提案|议案|意见)[\s\W]*$|[\s\W]+"
)
SIMILARITY = 85.0
PERMUTATIONS = 128
_CHUNK = 500
"""Texts compared at once with all others of about their length: the table stays small."""


@dataclass(frozen=True, slots=True)
class Twin:
    """The most similar of other texts, by its number; `similarity` is at most 100."""

    number: int
    similarity: float


def duplicate_groups(texts: Sequence[str]) -> list[int]:
    """Return a group number per text: the index of the group's first text.

    Groups are transitive: if a is like b and b is like c, all three share a number.
    """
    parents = list(range(len(texts)))
    bare = [strip_frame(t) for t in texts]
    for first, second in candidates(bare):
        a, b = _root(parents, first), _root(parents, second)
        if a != b and alike(bare[first], bare[second]):
            parents[max(a, b)] = min(a, b)
    return [_root(parents, i) for i in range(len(texts))]


def strip_frame(text: str) -> str:
    """Drop what every title shares (关于…的建议), punctuation and spaces."""
    return FRAME.sub("", text.strip()) or text


def alike(first: str, second: str) -> bool:
    from rapidfuzz.fuzz import ratio

    return ratio(first, second, score_cutoff=SIMILARITY) > 0


def nearest_duplicates(texts: Sequence[str], others: Sequence[str]) -> list[Twin | None]:
    """Return for each text the most similar of the others that is `alike`, the earliest of equals.

    Every pair is compared, except those whose lengths alone keep them apart: one text against
    many is quicker that way than through hashes, and none is missed.
    """
    bare = [strip_frame(text) for text in others]
    asked = sorted((len(short := strip_frame(text)), short, i) for i, text in enumerate(texts))
    result: list[Twin | None] = [None] * len(texts)
    for length, same in groupby(asked, key=lambda each: each[0]):
        near = [i for i, other in enumerate(bare) if _lengths_allow(length, len(other))]
        items = list(same)
        for at in range(0, len(items) if near else 0, _CHUNK):
            part = items[at : at + _CHUNK]
            found = _most_similar([short for _, short, _ in part], [bare[i] for i in near])
            for (_, _, number), twin in zip(part, found, strict=True):
                result[number] = Twin(near[twin.number], twin.similarity) if twin else None
    return result


def _lengths_allow(first: int, second: int) -> bool:
    """Tell whether texts of these lengths can be alike: at best the shorter is in the longer."""
    return 200.0 * min(first, second) >= SIMILARITY * (first + second)


def _most_similar(texts: Sequence[str], others: Sequence[str]) -> Iterator[Twin | None]:
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import cdist

    table = cdist(texts, others, scorer=ratio, score_cutoff=SIMILARITY, workers=-1)
    for row, best in zip(table, table.argmax(axis=1).tolist(), strict=True):
        yield Twin(best, float(row[best])) if row[best] > 0 else None


def candidates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield pairs (earlier, later) whose 3-gram sets look alike."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.3, num_perm=PERMUTATIONS)
    for number, text in enumerate(texts):
        grams = {text[i : i + 3].encode(errors="replace") for i in range(max(1, len(text) - 2))}
        sketch = MinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update_batch(list(grams))
        for other in index.query(sketch):
            yield int(other), number
        index.insert(str(number), sketch)


def _root(parents: list[int], node: int) -> int:
    while parents[node] != node:
        parents[node] = parents[parents[node]]
        node = parents[node]
    return node
