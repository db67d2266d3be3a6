"""The systems that are compared, in the order of the table; one file each."""

from __future__ import annotations

from benchmarks.encoders.system import Entry
from benchmarks.encoders.systems import (
    e5_lr,
    fasttext,
    fenban_fine_tuned,
    fenban_student,
    fenban_teacher,
    model2vec,
    setfit,
    tfidf_svm,
    tfidf_words,
)

ENTRIES: tuple[Entry, ...] = (
    tfidf_svm.ENTRY,
    tfidf_words.ENTRY,
    fasttext.ENTRY,
    model2vec.ENTRY,
    e5_lr.ENTRY,
    setfit.ENTRY,
    fenban_student.ENTRY,
    fenban_teacher.ENTRY,
    fenban_fine_tuned.ENTRY,
)
