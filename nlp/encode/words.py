"""Words cut by jieba, with TF-IDF weights: the usual baseline for Chinese.

Kept to compare with: on short government texts character n-grams do better and need no
segmenter (`--encoder ngrams:1-2`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nlp.errors import ModelError
from nlp.hf.locate import OFFLINE, Sources

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from nlp.text.segment import Segmenter


class WordEncoder:
    """TF-IDF over a fixed list of words: sublinear counts times idf, rows of unit length."""

    def __init__(self, spec: str, words: Sequence[str], idf: Sequence[float]) -> None:
        self.spec = spec
        self.words = tuple(words)
        self.idf = np.asarray(idf, np.float32)
        self._columns = {word: i for i, word in enumerate(self.words)}

    @cached_property
    def _segmenter(self) -> Segmenter:
        from nlp.text.segment import Segmenter

        return Segmenter()

    @property
    def columns(self) -> int:
        return len(self.words)

    def encode(self, texts: Sequence[str]) -> csr_array:
        from scipy.sparse import csr_array

        columns: list[int] = []
        values: list[float] = []
        starts = [0]
        for text in texts:
            found = Counter(
                self._columns[w] for w in self._segmenter.words(text) if w in self._columns
            )
            row = sorted(found)
            counts = np.array([found[c] for c in row], np.float32)
            weights = (1.0 + np.log(counts)) * self.idf[row] if row else counts
            norm = float(np.sqrt(np.sum(weights * weights))) or 1.0
            columns += row
            values += (weights / norm).tolist()
            starts.append(len(columns))
        content = (
            np.array(values, np.float32),
            np.array(columns, np.int32),
            np.array(starts, np.int32),
        )
        return csr_array(content, shape=(len(texts), len(self.words)))

    def feature(self, column: int) -> str:
        return self.words[column]

    def write(self, folder: Path) -> None:
        content = {"words": self.words, "idf": [round(float(x), 5) for x in self.idf]}
        text = json.dumps(content, ensure_ascii=False, indent=0)
        (folder / "words.json").write_text(text + "\n", encoding="utf-8")


def fit(
    spec: str, texts: Sequence[str], sources: Sources = OFFLINE, *, min_texts: int = 2
) -> WordEncoder:
    """Learn the words that occur in at least `min_texts` texts.

    :param sources: of pretrained encoders; not looked at.
    """
    from nlp.text.segment import Segmenter

    segmenter = Segmenter()
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({w for w in segmenter.words(text) if w.strip() and any(map(str.isalnum, w))})
    words = sorted(w for w, n in counts.items() if n >= min_texts)
    idf = [round(float(np.log((1 + len(texts)) / (1 + counts[w])) + 1), 5) for w in words]
    return WordEncoder(spec, words, idf)


def read(spec: str, folder: Path) -> WordEncoder:
    """Read what `write` wrote. Raises ModelError where the parts don't fit together."""
    content = json.loads((folder / "words.json").read_text(encoding="utf-8"))
    if len(content["words"]) != len(content["idf"]):
        raise ModelError(f"{folder} 里的词表与权重对不上。", "请重新训练或重新复制该模型。")
    return WordEncoder(spec, content["words"], content["idf"])
