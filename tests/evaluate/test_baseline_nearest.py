"""The nearest titles vote, by similarity."""

import numpy as np
import pytest

from nlp.corpus.rows import Row
from nlp.evaluate.baselines import nearest as module
from nlp.evaluate.baselines.labels import UNKNOWN
from nlp.evaluate.baselines.lessons import lessons_from
from nlp.evaluate.baselines.majority import majority
from nlp.evaluate.baselines.nearest import NEIGHBOURS, nearest
from nlp.evaluate.readable import readable

TRAINING = ("路灯不亮", "路灯太暗", "路灯坏了", "河道清淤", "河道垃圾", "学校食堂", "学校操场")
CODES = np.array([0, 0, 0, 1, 1, 2, 2])


def taught(titles, training=TRAINING):
    examples = None if training is None else [Row(t, t) for t in training]
    return lessons_from(readable([Row(t, t) for t in titles]), examples)


def answers(titles, codes=CODES, size=3, training=TRAINING):
    lessons = taught(titles, training)
    return nearest(lessons)(lessons, codes, size)


def test_the_alike_decide_and_the_frame_does_not():
    chances = answers(["关于修好路灯的建议", "修好路灯", "河道太脏", "学校门口"])
    assert chances.argmax(axis=1).tolist() == [0, 0, 1, 2]
    assert chances.sum(axis=1) == pytest.approx(np.ones(4))
    assert chances[0].tolist() == chances[1].tolist()


def test_votes_weigh_by_cosine():
    lessons = taught(["路灯河道垃圾"])
    model = nearest(lessons)
    cosines = (model.asked @ model.examples.T).toarray()[0]
    order = np.argsort(-cosines, kind="stable")[:NEIGHBOURS]
    expected = module._PRIOR * majority(lessons, CODES, 3)[0]
    np.add.at(expected, CODES[order], cosines[order])
    assert model(lessons, CODES, 3)[0] == pytest.approx(expected / expected.sum(), rel=1e-5)


def test_only_so_many_neighbours_vote():
    codes = np.array([0] * NEIGHBOURS + [1] * 3)
    titles = [f"路灯{chr(0x5000 + 7 * i)}" for i in range(len(codes))]
    chances = answers(["路灯"], codes, 2, titles)
    votes = len(codes) * module._PRIOR  # what the frequencies can add at most
    assert chances[0, 1] < votes


def test_a_title_like_no_other_gets_the_commonest_label():
    assert answers(["abc"])[0] == pytest.approx(np.array([3, 2, 2]) / 7)


def test_unlabelled_examples_have_no_vote():
    codes = np.array([UNKNOWN] * 3 + [1, 1, 2, 2])
    assert answers(["路灯不亮"], codes)[0] == pytest.approx([0, 0.5, 0.5])
    nothing = np.full(7, UNKNOWN)
    assert answers(["路灯不亮"], nothing)[0] == pytest.approx([1 / 3] * 3)


def test_no_row_sees_itself_or_its_copy():
    rows = ["路灯不亮影响出行", "路灯不亮影响出行！", "河道垃圾"]
    chances = answers(rows, np.array([0, 0, 1]), 2, None)
    assert chances[:, 0].tolist() == pytest.approx([0, 0, 1])


def test_chunks_change_nothing(monkeypatch):
    titles = ["路灯不亮", "河道清淤", "食堂", "操场积水", "垃圾"]
    whole = answers(titles)
    monkeypatch.setattr(module, "CHUNK", 2)
    assert answers(titles) == pytest.approx(whole)


def test_titles_without_a_letter_are_answered_too():
    lessons = taught(["！！！", "……"], ("？？？",))
    assert nearest(lessons)(lessons, np.array([1]), 2).tolist() == [[0.0, 1.0]] * 2
