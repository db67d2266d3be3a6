"""Counts of parts, taken through JSON, add up to the counts of the whole."""

from __future__ import annotations

import json

import batch_samples
import digest_samples
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.batch.digest_tally import DigestTally
from nlp.batch.tally import Counts, Tally


def counted(kind: type[Counts], items) -> Counts:
    tally = kind()
    assert list(tally.watch(items)) == list(items)
    return tally


@pytest.mark.parametrize(
    ("kind", "items"), [(Tally, batch_samples.MIXED), (DigestTally, digest_samples.MIXED)]
)
@given(cuts=st.lists(st.integers(0, 12), max_size=4).map(sorted))
def test_parts_add_up(kind, items, cuts):
    items, found = [*items, *items], kind()
    for start, end in zip([0, *cuts], [*cuts, None], strict=True):
        state = counted(kind, items[start:end]).state()
        found.absorb(json.loads(json.dumps(state, ensure_ascii=False)))
    whole = counted(kind, items)
    assert found == whole
    assert found.closing_line() == whole.closing_line()
    assert list(found.state()) == list(whole.state())


def test_no_label_and_enumerations_survive():
    found = DigestTally()
    found.absorb(json.loads(json.dumps(counted(DigestTally, digest_samples.MIXED).state())))
    assert found.outcomes[None] == 1
    assert dict(found.by_outcome())["已解决或基本解决"] == 2
    assert found.messages[digest_samples.LATE.code] == digest_samples.LATE.message


def test_what_is_listed_by_frequency_has_the_same_order_however_it_was_cut(demo_suggestions):
    whole, found = counted(Tally, demo_suggestions), Tally()
    for item in demo_suggestions:
        found.absorb(json.loads(json.dumps(counted(Tally, [item]).state())))
    assert found.units.most_common() == whole.units.most_common()
    assert found.topics.most_common() == whole.topics.most_common()
