"""The label audit: confident learning by hand, planted errors, contradicting twins."""

import numpy as np

from nlp.corpus.audit import audit, estimated_joint, likely_labels
from nlp.corpus.rows import Row

CLASSES = ("教育", "水利", "交通")


def rows(count):
    return [Row(str(i), f"第{i}件") for i in range(count)]


def apart(count):
    return np.arange(count)


def test_the_joint_by_hand():
    chances = np.array(
        [
            [0.9, 0.1, 0.0],  # 教育 has 0.57 on average
            [0.7, 0.3, 0.0],
            [0.1, 0.9, 0.0],  # 水利 has 0.55 on average: here it is surer than that
            [0.3, 0.7, 0.0],
            [0.4, 0.6, 0.0],
            [0.55, 0.35, 0.1],  # 教育 wins, but less surely than usual: not counted
            [0.6, 0.0, 0.4],  # a label with one row is nobody's, not even this row's
        ]
    )
    given = np.array([0, 0, 0, 1, 1, 1, 2])
    assert estimated_joint(chances, given).tolist() == [[2, 1, 0], [0, 3, 0], [1, 0, 0]]
    assert likely_labels(chances, given).tolist() == [0, 0, 1, 1, 1, 1, 0]


def test_where_all_agree_nobody_is_doubted():
    given = np.array([0, 0, 1, 1, 2, 2])
    assert likely_labels(np.eye(3)[given], given).tolist() == given.tolist()


def test_planted_errors_are_found_and_little_else():
    random = np.random.default_rng(1)
    true = random.integers(0, 3, 300)
    logits = random.normal(size=(300, 3))
    logits[np.arange(300), true] += 4.0
    chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    planted = random.permutation(300)[:20]
    given = true.copy()
    given[planted] = (true[planted] + 1) % 3
    found = audit(chances, given, CLASSES, rows(300), apart(300))
    hits = {int(doubt.id) for doubt in found.doubts} & set(planted.tolist())
    assert len(hits) >= 17
    assert len(found.doubts) <= 40
    assert {int(d.id) for d in found.doubts[:10]} <= set(planted.tolist())
    first = found.doubts[0]
    assert first.given == CLASSES[given[int(first.id)]]
    assert first.suggested == CLASSES[true[int(first.id)]]
    assert found.share == len(found.doubts) / 300


def test_twins_with_different_labels_are_a_contradiction():
    given = np.array([0, 1, 1, 1, 2, 2])
    groups = np.array([0, 0, 2, 2, 4, 5])
    found = audit(np.full((6, 3), 1 / 3), given, CLASSES, rows(6), groups)
    assert [group.rows for group in found.contradictions] == [
        (("0", "第0件", "教育"), ("1", "第1件", "水利"))
    ]


def test_no_rows_no_doubts():
    found = audit(np.zeros((0, 3)), np.zeros(0, np.int64), CLASSES, [], np.zeros(0, np.int64))
    assert (found.rows, found.doubts, found.contradictions, found.share) == (0, (), (), 0.0)
