"""What a student hears its teacher talk about: far more texts than anybody labelled.

A student knows only the n-grams it saw. So the teacher is asked about rewordings, sentences of
bodies, duty words in the frames of titles, titles with a second subject, common words of the
language, and whatever text the user has.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from nlp.classify.features import Text
from nlp.corpus.rows import Row
from nlp.taxonomy import Function
from nlp.train.augment import ENDS, altered
from nlp.train.material import Material, duty_rows, views

FRAMES = (
    "关于加强{}的建议",
    "关于解决{}问题的建议",
    "关于进一步规范{}的提案",
    "关于加快推进{}建设的建议",
    "{}的问题",
    "请求解决{}",
    "关于完善{}机制的提案",
    "关于加大对{}扶持力度的建议",
    "关于做好{}工作的建议",
    "建议重视{}",
    "关于{}的建议",
    "关于推动我市{}高质量发展的提案",
    "关于给予{}资金支持的建议",
    "关于将{}纳入规划的建议",
    "关于提升{}水平、完善{}的建议",
)
SENTENCE = re.compile(r"[^。；！？\n]{8,120}")
COMMON = re.compile(r"[\u4e00-\u9fff]{2,4}")
WORDS = 12_000
"""How many words of the segmenter's dictionary are asked about, the commonest first."""
ALTERED, SPOKEN, FRAMED, DOUBLE, WORD, FOREIGN = 0.5, 0.4, 0.5, 0.5, 0.15, 0.5
"""What each kind of text counts beside a labelled title."""
NOBODY = Row("", "")
"""The labels of a text that has none but the teacher's."""


def lessons(
    rows: Sequence[Row], functions: Sequence[Function], unlabelled: Sequence[Text], seed: int
) -> Material:
    """Return texts for a teacher; the labelled rows' own views stand first, with their rows."""
    random = np.random.default_rng(seed)
    duties = duty_rows(functions)
    labelled = views(rows).joined(views(duties))
    words = list(dict.fromkeys(row.title for row in duties))
    made = itertools.chain(
        _reworded(labelled, random),
        _framed_words(labelled, words, random),
        ((Text(word), WORD) for word in common_words()),
        ((text, FOREIGN) for text in unlabelled),
    )
    return labelled.joined(_new(made, set(labelled.texts)))


def lessons_of_rows(rows: Sequence[Row], seed: int) -> Material:
    """Return what `lessons` makes of the rows themselves, for rows that come later."""
    labelled = views(rows)
    made = _reworded(labelled, np.random.default_rng(seed))
    return labelled.joined(_new(made, set(labelled.texts)))


def _new(made: Iterable[tuple[Text, float]], seen: set[Text]) -> Material:
    """Keep texts that were not seen before, each once."""
    texts, weights = [], []
    for text, weight in made:
        if text not in seen and text.whole.strip():
            seen.add(text)
            texts.append(text)
            weights.append(weight)
    return Material(tuple(texts), (NOBODY,) * len(texts), np.array(weights))


def _titles(labelled: Material) -> list[tuple[str, float]]:
    return [
        (text.title, float(weight))
        for text, row, weight in zip(labelled.texts, labelled.rows, labelled.weights, strict=True)
        if row.topics and text.title and not text.body
    ]


def _reworded(labelled: Material, random: np.random.Generator) -> Iterator[tuple[Text, float]]:
    """Yield rewordings of titles, and the sentences of bodies."""
    for title, weight in _titles(labelled):
        yield Text(altered(title, random)), weight * ALTERED
    for text in labelled.texts:
        if text.body and not text.title:
            for sentence in SENTENCE.findall(text.body):
                yield Text(sentence), SPOKEN


def _framed_words(
    labelled: Material, words: Sequence[str], random: np.random.Generator
) -> Iterator[tuple[Text, float]]:
    """Yield duty words as titles, and titles with a duty word as second subject."""
    for word in words:
        yield Text(_framed(word, words, random)), FRAMED
    titles = _titles(labelled)
    for title, weight in titles[:: max(1, len(titles) // 6000)]:
        other = words[int(random.integers(len(words)))] if words else "服务"
        yield Text(f"{ENDS.sub('', title)}、加强{other}的建议"), weight * DOUBLE


def _framed(word: str, words: Sequence[str], random: np.random.Generator) -> str:
    """Put a duty's word into a title's frame; a second place in it gets any other word."""
    frame = str(random.choice(FRAMES)).replace("{}", word, 1)
    return frame.replace("{}", words[int(random.integers(len(words)))])


def common_words() -> Iterator[str]:
    """Yield the commonest Chinese words of two to four characters in jieba's dictionary."""
    from nlp.text.segment import dictionary

    counts = ((word, n) for word, n in dictionary().items() if COMMON.fullmatch(word))
    ordered = sorted(counts, key=lambda item: (-item[1], item[0]))
    yield from (word for word, _ in ordered[:WORDS])
