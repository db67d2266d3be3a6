"""Scores on all cores: the same as those of the model itself, in the same order."""

import threading

import numpy as np
import pytest

from nlp.classify.bulk import chunked, score_chunks
from nlp.classify.features import Text

TEXTS = [
    Text("给村里小学配老师"),
    Text("水库大坝和河道岸线要管", "去年汛期渗漏两次。"),
    Text(""),
    Text("", "公交和客车班次太少，路上等一个小时。"),
    Text("lorem ipsum"),
    Text("合作社种蔬菜缺农机补贴", "土地流转以后没有农机。"),
    Text("危桥改造"),
]
PARTS = ("topics", "leads", "cos")


def joined(chunks, name):
    return np.concatenate([getattr(chunk, name) for chunk in chunks])


@pytest.mark.parametrize("threads", [0, 1, 2, 5])
@pytest.mark.parametrize("size", [1, 3, 100])
def test_scores_equal_the_models_own(small_router, threads, size):
    whole = small_router.score(TEXTS)
    chunks = list(score_chunks(small_router, chunked(TEXTS, size), threads=threads))
    for name in PARTS:
        assert joined(chunks, name) == pytest.approx(getattr(whole, name), abs=1e-12)
    assert joined(chunks, "known").tolist() == whole.known.tolist()
    assert sum(chunk.matrix.nnz for chunk in chunks) == whole.matrix.nnz


def test_each_chunk_spells_its_own_duties(small_router):
    chunks = list(score_chunks(small_router, chunked(TEXTS, 2)))
    found = [chunk.duties.hits(row) for chunk in chunks for row in range(len(chunk.known))]
    whole = small_router.score(TEXTS).duties
    assert found == [whole.hits(row) for row in range(len(TEXTS))]
    assert any(found)


class Late:
    """A model whose first chunk is ready only when the last has begun."""

    def __init__(self):
        self.last = threading.Event()

    def score(self, texts):
        if texts[0].title == "0":
            assert self.last.wait(30)
        if texts[0].title == "3":
            self.last.set()
        return texts[0].title


def test_a_slow_chunk_keeps_its_place():
    texts = [Text(str(i)) for i in range(4)]
    found = list(score_chunks(Late(), chunked(texts, 1), threads=2))
    assert found == ["0", "1", "2", "3"]


class Echo:
    def score(self, texts):
        return texts[0].title


def test_few_chunks_are_taken_before_their_turn():
    taken = []

    def endless():
        while True:
            taken.append(len(taken))
            yield [Text(str(taken[-1]))]

    scores = score_chunks(Echo(), endless(), threads=2)
    assert [next(scores) for _ in range(3)] == ["0", "1", "2"]
    assert len(taken) < 10
    scores.close()


def test_no_chunks(small_router):
    assert list(score_chunks(small_router, [])) == []


def test_an_error_in_a_thread_is_raised_here():
    class Broken:
        def score(self, texts):
            raise MemoryError("no room")

    with pytest.raises(MemoryError, match="no room"):
        list(score_chunks(Broken(), chunked(TEXTS)))


@pytest.mark.parametrize(("size", "sizes"), [(1, [1] * 7), (3, [3, 3, 1]), (7, [7]), (500, [7])])
def test_chunks_hold_all_texts_in_order(size, sizes):
    chunks = list(chunked(TEXTS, size))
    assert [len(chunk) for chunk in chunks] == sizes
    assert [text for chunk in chunks for text in chunk] == TEXTS
