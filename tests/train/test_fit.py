"""What a row's lead, its other defensible leads and its co-handlers count."""

import pytest

from nlp.corpus.rows import Row
from nlp.train.fit import ALSO_VOTE, CO_VOTE, lead_shares, lead_votes
from nlp.train.material import whole


def row(lead="water", also=(), co=None, weight=1.0):
    return Row("1", "修井", lead=lead, also=also, co=co, weight=weight)


def test_the_lead_alone():
    assert lead_shares(row()) == {"water": 1.0}


def test_other_defensible_leads_count_less_than_the_lead_and_more_than_co_handlers():
    shares = lead_shares(row(also=("health",), co=("finance", "police")))
    assert list(shares) == ["water", "health", "finance", "police"]
    assert list(shares.values()) == sorted(shares.values(), reverse=True)
    assert shares["health"] == ALSO_VOTE
    assert shares["finance"] == CO_VOTE


def test_two_of_each_are_enough():
    shares = lead_shares(row(also=("a", "b", "c"), co=("d", "e", "f")))
    assert shares.keys() == {"water", "a", "b", "d", "e"}


def test_a_label_counts_once_as_the_most_that_it_is():
    shares = lead_shares(row(also=("water", "health"), co=("health", "water")))
    assert shares == {"water": 1.0, "health": ALSO_VOTE}


@pytest.mark.parametrize("lead", [None, ""])
def test_without_a_lead_nothing_counts(lead):
    assert lead_shares(row(lead=lead, also=("health",), co=("police",))) == {}


def test_votes_are_shares_times_the_rows_weight_for_known_functions():
    rows = [row(weight=2.0, also=("health",), co=("unknown",)), row(lead=None)]
    votes = lead_votes(whole(rows), ("water", "health"))
    assert (votes.index, votes.labels) == ([0, 0], ["water", "health"])
    assert votes.weights == pytest.approx([2.0, 2.0 * ALSO_VOTE])
