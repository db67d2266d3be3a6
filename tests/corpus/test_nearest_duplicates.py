"""The most similar of other texts: as comparing every pair, and none where nothing is alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.fuzz import ratio

from nlp.corpus.duplicates import SIMILARITY, Twin, nearest_duplicates, strip_frame

TEXTS = st.lists(st.text("修路桥灯水", min_size=1, max_size=14), max_size=12)


def test_the_nearest_is_found_and_the_earliest_of_equals():
    others = ["关于修复东塬河堤坝的建议", "修复东塬河堤坝裂缝", "修复东塬河堤坝裂缝！", "增设公交"]
    asked = ["关于修复东塬河堤坝裂缝的提案", "关于增设公交的建议", "扩建养老院"]
    assert nearest_duplicates(asked, others) == [Twin(1, 100.0), Twin(3, 100.0), None]


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_it_finds_what_comparing_every_pair_finds(texts, others):
    for text, twin in zip(texts, nearest_duplicates(texts, others), strict=True):
        scores = [ratio(strip_frame(text), strip_frame(other)) for other in others]
        best = max(scores, default=0.0)
        if best < SIMILARITY:
            assert twin is None
        else:
            assert twin is not None
            assert twin.similarity == pytest.approx(best, abs=1e-4)
            near = [i for i, score in enumerate(scores) if score == pytest.approx(best, abs=1e-4)]
            assert twin.number == near[0]


def test_more_texts_than_are_compared_at_once():
    texts = [f"第{i:04d}号提案要求整修村道" for i in range(1200)]
    found = nearest_duplicates(texts, texts)
    assert [twin.number for twin in found if twin] == list(range(1200))
