"""What is written as JSON comes back as it was: the journal keeps nothing else."""

from __future__ import annotations

import json

import batch_samples
import digest_samples
from hypothesis import given
from hypothesis import strategies as st

from nlp.batch.digests import from_digest_record, to_digest_record
from nlp.batch.records import from_record, to_record
from nlp.io.write import json_line
from nlp.summarize.digest import Basis, Digest, Flag, Measure, UnitMention
from nlp.text.figures import Figure
from nlp.text.spans import Span
from nlp.types import Decision, Evidence, Outcome, RowRef, Suggestion, TopicScore, UnitScore

PLACE, CELLS = RowRef("a.csv", "表", 7), {"编号": "1"}
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
CHANCE = st.floats(0, 1)


def some(*parts):
    return st.lists(st.builds(*parts), max_size=3).map(tuple)


SUGGESTION = st.builds(
    Suggestion,
    TEXT,
    TEXT,
    some(TopicScore, TEXT, TEXT, CHANCE),
    st.lists(TEXT, max_size=3).map(tuple),
    some(UnitScore, TEXT, TEXT, CHANCE),
    some(UnitScore, TEXT, TEXT, CHANCE),
    st.sampled_from(Decision),
    some(Evidence, st.sampled_from(["words", "duty", "precedent", "place"]), TEXT, CHANCE),
    TEXT,
    st.none() | TEXT,
)
SPAN = st.builds(Span, st.integers(0, 99), st.integers(0, 99))
NUMBER = st.none() | st.floats(allow_nan=False, allow_infinity=False)
FIGURE = (
    Figure,
    st.sampled_from(["count", "money", "date"]),
    TEXT,
    SPAN,
    NUMBER,
    NUMBER,
    TEXT,
    TEXT,
    st.booleans(),
)
DIGEST = st.builds(
    Digest,
    TEXT,
    TEXT,
    TEXT,
    st.lists(SPAN, max_size=3).map(tuple),
    st.none() | st.sampled_from(Outcome),
    CHANCE,
    st.none() | st.builds(Basis, st.sampled_from(["phrase", "letter", "model"]), TEXT),
    some(*FIGURE),
    some(UnitMention, st.sampled_from(["县住建局", "城关镇", "某某公司"]), SPAN),
    some(Measure, SPAN, st.sampled_from(["done", "next"])),
    some(Flag, TEXT, TEXT),
    st.sampled_from(["extractive", "abstractive"]),
    TEXT,
    TEXT,
    st.none() | TEXT,
)


def there_and_back(item, to, back):
    found = back(json.loads(json_line(to(item))), PLACE, CELLS)
    assert found == item
    assert (found.source, found.given) == (PLACE, CELLS)


@given(SUGGESTION)
def test_suggestions(item):
    there_and_back(item, to_record, from_record)


@given(DIGEST)
def test_digests(item):
    there_and_back(item, to_digest_record, from_digest_record)


def test_samples():
    for item in batch_samples.MIXED:
        there_and_back(item, to_record, from_record)
    for item in digest_samples.MIXED:
        there_and_back(item, to_digest_record, from_digest_record)


def test_what_the_shipped_models_say(demo_suggestions, demo_digests):
    assert (len(demo_suggestions), len(demo_digests)) == (60, 14)
    for item in demo_suggestions:
        there_and_back(item, to_record, from_record)
    for item in demo_digests:
        there_and_back(item, to_digest_record, from_digest_record)
    assert sum(len(item.figures) + len(item.flags) for item in demo_digests) > 20
