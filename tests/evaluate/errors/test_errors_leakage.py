"""Leakage: copies of training rows are named, and can be dropped, by place and not by id."""

from __future__ import annotations

from nlp.corpus.rows import Row
from nlp.evaluate.errors.leakage import Leak, find_leaks, without_leaks
from nlp.evaluate.errors.training import CorpusState, TrainingRows

LEARNED = (
    Row("t1", "关于修复东塬河堤坝裂缝的建议"),
    Row("t2", "关于增设南关小学放学时段公交的提案"),
    Row("t3", "", body="西塬村口的路灯坏了半年，夜里看不见路，请尽快派人来修。"),
)
GOLD = (
    Row("a", "修复东塬河堤坝裂缝"),
    Row("a", "关于扩建北关养老院的建议"),
    Row("b", "关于增设南关小学放学时段的公交的建议"),
    Row("c", "", body="西塬村口的路灯坏了半年，夜里看不见路，请尽快派人来修！"),
)


def training(*rows: Row) -> TrainingRows:
    return TrainingRows(("corpora/own",), (), CorpusState.SAME, rows)


def test_copies_are_found_with_their_originals():
    found = find_leaks(GOLD, training(*LEARNED))
    assert (found.corpus, found.training_rows, found.checked_rows) == ("corpora/own", 3, 4)
    assert found.pairs[0] == Leak(
        0, "a", "修复东塬河堤坝裂缝", "t1", "关于修复东塬河堤坝裂缝的建议", 100.0
    )
    assert [(leak.position, leak.training_id) for leak in found.pairs] == [
        (0, "t1"),
        (2, "t2"),
        (3, "t3"),
    ]
    # 12 characters against 13 without the frame: 2 · 12 / 25
    assert found.pairs[1].similarity == 96.0


def test_only_the_leaked_row_of_an_id_is_dropped():
    kept = without_leaks(GOLD, find_leaks(GOLD, training(*LEARNED)))
    assert kept == [GOLD[1]]


def test_without_training_rows_nothing_leaks():
    found = find_leaks(GOLD, training())
    assert found.pairs == ()
    assert without_leaks(GOLD, found) == list(GOLD)
    assert find_leaks((), training(*LEARNED)).pairs == ()
