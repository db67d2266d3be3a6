"""Words as jieba cuts them, for systems that count words."""

from __future__ import annotations

from nlp.text.segment import Segmenter


class Words:
    """Cuts a text into words; what is only punctuation or blank is left out.

    A class, not a function, since scikit-learn's pipelines must be able to pickle it.
    """

    def __init__(self) -> None:
        self._segmenter = Segmenter()

    def __call__(self, text: str) -> list[str]:
        return [word for word in self._segmenter.words(text) if any(map(str.isalnum, word))]
