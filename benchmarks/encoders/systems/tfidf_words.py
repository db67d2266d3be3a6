"""Words cut by jieba and a linear support vector machine: why characters won."""

from __future__ import annotations

from benchmarks.encoders.system import Cores, Entry, System, Target
from benchmarks.encoders.systems.tfidf import TfidfSvm
from benchmarks.encoders.systems.words import Words
from benchmarks.encoders.workplace import Workplace


def build(place: Workplace, target: Target) -> System:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfSvm(TfidfVectorizer(analyzer=Words(), sublinear_tf=True, min_df=2))


ENTRY = Entry(
    name="tfidf_words",
    about="TF-IDF of jieba's words (in at least two texts, sublinear), `LinearSVC`",
    cores=Cores.PROCESSES,
    build=build,
    packages=("scikit-learn", "jieba"),
)
