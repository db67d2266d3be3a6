"""Character n-grams and a linear support vector machine."""

from __future__ import annotations

from benchmarks.encoders.system import Cores, Entry, System, Target
from benchmarks.encoders.systems.tfidf import TfidfSvm
from benchmarks.encoders.workplace import Workplace


def build(place: Workplace, target: Target) -> System:
    from sklearn.feature_extraction.text import TfidfVectorizer

    counts = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
    return TfidfSvm(counts)


ENTRY = Entry(
    name="tfidf_svm",
    about="TF-IDF of one to three characters (in at least two texts, sublinear), `LinearSVC`",
    cores=Cores.PROCESSES,
    build=build,
    packages=("scikit-learn",),
)
