"""Roles and values of clauses: one row a clause, nothing leaks from one reply to another."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from nlp.summarize.features import NAMES
from nlp.summarize.reading import all_words, read_reply
from nlp.summarize.roles import NEIGHBOUR, PLAIN, ROLES, role_matrix
from nlp.summarize.scorer import COLUMNS, CONTEXT, describe_all
from nlp.train.replies.material import UNKNOWN
from nlp.types import Reply

TEXTS = (
    "经查，北渠淤积属实，已于4月清淤2公里。下一步将加固渠岸。",
    "",
    "贵村不在本批补助范围内，暂不能安排资金。",
    "同意。",
)


@pytest.fixture(scope="module")
def readings():
    return [read_reply(Reply(str(at), text)) for at, text in enumerate(TEXTS)]


@pytest.fixture(scope="module")
def words(small_digester, readings):
    return small_digester.encoder.encode(all_words(readings))


@pytest.fixture(scope="module")
def roles(small_digester, words, readings):
    return small_digester.roles.read(words, readings)


def test_a_chance_for_every_role_of_every_clause(roles, readings):
    assert [each.shape for each in roles] == [(len(r.clauses), len(ROLES)) for r in readings]
    assert roles[1].shape == (0, len(ROLES))
    for each in roles:
        assert each.dtype == np.float32
        assert each.sum(axis=1) == pytest.approx(np.ones(len(each)), abs=1e-5)
        assert np.all(each >= 0)


def test_a_value_for_every_clause(small_digester, words, readings, roles):
    values = small_digester.scorer.score(words, readings, roles)
    assert [len(each) for each in values] == [len(reading.clauses) for reading in readings]
    assert all(np.isfinite(each).all() for each in values)


def test_a_reply_reads_the_same_alone_and_among_others(small_digester, readings):
    together = small_digester.read(readings)
    for reading, one in zip(readings, together, strict=True):
        (alone,) = small_digester.read([reading])
        assert alone.roles == pytest.approx(one.roles, abs=1e-6)
        assert alone.values == pytest.approx(one.values, abs=1e-6)
        assert alone.profile == pytest.approx(one.profile, abs=1e-5)
        assert alone.weightiest == one.weightiest


def test_nothing_of_nothing(small_digester):
    empty = [read_reply(Reply("1", "")), read_reply(Reply("2", " \n"))]
    words = small_digester.encoder.encode(all_words(empty))
    roles = small_digester.roles.read(words, empty)
    assert [each.shape for each in roles] == [(0, len(ROLES))] * 2
    assert [len(v) for v in small_digester.scorer.score(words, empty, roles)] == [0, 0]
    assert [one.values.shape for one in small_digester.read(empty)] == [(0,), (0,)]
    assert small_digester.read([]) == []


def test_the_head_sees_neighbours_of_the_same_reply_only():
    readings = [read_reply(Reply("1", "路已修，灯已亮。")), read_reply(Reply("2", "桥已架。"))]
    mean = np.full(len(NAMES), 2, np.float32)
    scale = np.full(len(NAMES), 4, np.float32)
    eye = csr_array(np.eye(3, dtype=np.float32))
    found = role_matrix(eye, readings, mean, scale).toarray()
    own, before, behind, plain = np.split(found, [3, 6, 9], axis=1)
    assert own.tolist() == np.eye(3).tolist()
    assert before / NEIGHBOUR == pytest.approx(np.array([[0, 0, 0], [1, 0, 0], [0, 0, 0]]))
    assert behind / NEIGHBOUR == pytest.approx(np.array([[0, 1, 0], [0, 0, 0], [0, 0, 0]]))
    rows = np.concatenate([reading.rows for reading in readings])
    assert plain == pytest.approx((rows - 2) / 4 * PLAIN, abs=1e-6)


def test_what_the_trees_see():
    readings = [
        read_reply(Reply("1", "路已修，灯已亮。桥已架。")),
        read_reply(Reply("2", "")),
        read_reply(Reply("3", "树已种。")),
    ]
    roles = [np.full((n, len(ROLES)), 0.1, np.float32) for n in (3, 0, 1)]
    found = describe_all(readings, roles, np.array([0.2, 0.6, 0.1, 0.5], np.float32))
    assert found.shape == (4, COLUMNS)
    assert found[:, : len(NAMES)] == pytest.approx(
        np.concatenate([reading.rows for reading in readings])
    )
    assert found[:, len(NAMES) : -CONTEXT] == pytest.approx(np.full((4, len(ROLES)), 0.1))
    # the reading, before, behind, rank, contrast with the reply, mean of the sentence
    assert found[:, -CONTEXT:] == pytest.approx(
        np.array(
            [
                [0.2, 0.0, 0.6, 1 / 3, -0.1, 0.4],
                [0.6, 0.2, 0.1, 0.0, 0.3, 0.4],
                [0.1, 0.6, 0.0, 2 / 3, -0.2, 0.1],
                [0.5, 0.0, 0.0, 0.0, 0.0, 0.5],
            ]
        ),
        abs=1e-6,
    )


def test_roles_and_values_were_learned(small_digester, small_material):
    read = small_digester.read([sample.reading for sample in small_material.samples])
    known = np.concatenate([sample.roles for sample in small_material.samples])
    found = np.concatenate([one.roles.argmax(axis=1) for one in read])
    labelled = known != UNKNOWN
    most_frequent = np.bincount(known[labelled]).max() / labelled.sum()
    assert (found == known)[labelled].mean() > most_frequent + 0.2
    targets = np.concatenate([sample.targets for sample in small_material.samples])
    values = np.concatenate([one.values for one in read])
    assert values[targets >= 0.7].mean() > values[targets < 0.1].mean() + 0.2
