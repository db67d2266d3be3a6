"""What is taken of a cluster."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.engines.share import Share, share_of


def test_a_cluster_of_our_own_is_taken_whole():
    assert share_of(8, 0, 0, own=True, neural=False) == Share(8, 8, 0.9, 0.0, 1)


def test_another_cluster_may_grow():
    assert share_of(32, 0, 0, own=False, neural=False) == Share(1, None, 0.9, 0.0, 4)


def test_the_users_number_is_kept():
    assert share_of(32, 0, 6, own=False, neural=False) == Share(6, 6, 0.9, 0.0, 4)
    assert share_of(4, 0, 6, own=False, neural=False).least == 4


@pytest.mark.parametrize(
    ("gpus", "neural", "taken"), [(2, True, 1.0), (2, False, 0.0), (0, True, 0.0), (0.5, True, 0.0)]
)
def test_a_card_is_for_a_transformer(gpus, neural, taken):
    assert share_of(16, gpus, 0, own=True, neural=neural).gpus == taken


def test_there_is_an_actor_for_every_card():
    assert share_of(16, 2, 0, own=True, neural=True).most == 2
    assert share_of(16, 2, 0, own=False, neural=True).most is None


@given(st.integers(1, 5000), st.integers(0, 64), st.integers(0, 9000), st.booleans(), st.booleans())
def test_there_is_always_room_for_a_reader(cpus, gpus, workers, own, neural):
    share = share_of(cpus, gpus, workers, own=own, neural=neural)
    assert 1 <= share.least <= (share.most or share.least)
    assert share.least * share.cpus + share.reader_cpus <= cpus + 1e-9
    assert share.cpus + share.reader_cpus <= 1  # also on a machine of one core
    assert share.readers >= 1
