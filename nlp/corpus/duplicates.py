"""Groups of near-duplicate texts, so that a copied proposal never sits on both sides of a split.

MinHash-LSH over character 3-grams proposes pairs (Broder 1997; `datasketch`), `rapidfuzz`
verifies them: the hash alone joins short titles that share only a frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

FRAME = re.compile(
    r"^关于(?:进一步|加快|加强|尽快|切实)?|的?(?:建议|提案|议案|意见)[\s\W]*$|[\s\W]+"
)
SIMILARITY = 85.0
PERMUTATIONS = 128


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
