"""Examples as rows of token numbers, and rows as batches."""

import numpy as np
import pytest
from tuning_samples import TASKS, TRAIN, example

from nlp.hf.encoder import load_encoder
from nlp.hf.training.batches import LENGTH, collator, to_dataset
from nlp.hf.training.tasks import Example, Segment


@pytest.fixture
def tokens(tiny_encoder):
    return load_encoder(tiny_encoder).tokens.with_window(20)


def rows(tokens, *examples):
    found = to_dataset(tokens, examples)
    return [found[i] for i in range(len(found))]


def test_a_short_segment_is_one_piece(tokens):
    (row,) = rows(tokens, example("修建村小学", 0, True, False))
    (piece,) = tokens.pieces(["修建村小学"])[0]
    assert row["segments"] == [list(piece.ids)]
    assert row["shares"] == [1.0]
    assert (row["weight"], row[LENGTH]) == (1.0, len(piece.ids))
    assert (row["matter"], row["marks"]) == ([1, 0], [1, 0])


def test_a_long_segment_is_cut_and_its_share_divided(tokens):
    text = "整治河道，增建幼儿园。" * 4
    segments = (Segment("断头路"), Segment(text, 0.6))
    (row,) = rows(tokens, Example(segments, TRAIN[0].targets, 3.0))
    pieces = tokens.pieces([text])[0]
    assert len(pieces) > 1
    assert [len(ids) for ids in row["segments"][1:]] == [len(piece.ids) for piece in pieces]
    assert max(map(len, row["segments"])) <= 20
    assert row["shares"][0] == 1.0
    assert sum(row["shares"][1:]) == pytest.approx(0.6)
    assert row["shares"][1] == pytest.approx(0.6 * pieces[0].size / len(text))
    assert row["weight"] == 3.0


def test_rows_stand_in_the_order_of_the_examples(tokens):
    found = rows(tokens, *TRAIN)
    assert [row["matter"] for row in found] == [x.targets["matter"].tolist() for x in TRAIN]
    asked = tokens.pieces([x.segments[0].text for x in TRAIN])
    assert [row["segments"][0] for row in found] == [list(some[0].ids) for some in asked]


def test_a_batch_is_padded_and_every_segment_knows_its_text(tokens):
    segments = (Segment("断头路"), Segment("修建幼儿园", 0.6))
    two = Example(segments, TRAIN[0].targets), example("村", 1, False, True)
    batch = collator(tokens.pad)(rows(tokens, *two))
    assert batch["input_ids"].shape == batch["attention_mask"].shape == (3, 7)
    assert batch["attention_mask"].sum(1).tolist() == [5, 7, 3]
    assert (batch["input_ids"][batch["attention_mask"] == 0] == tokens.pad).all()
    assert batch["owner"].tolist() == [0, 0, 1]
    assert batch["share"].tolist() == pytest.approx([1.0, 0.6, 1.0])
    assert batch["matter"].tolist() == [[1, 0], [0, 1]]
    assert batch.keys() == {"input_ids", "attention_mask", "owner", "share", "weight"} | {
        task.name for task in TASKS
    }


@pytest.mark.parametrize("segments", [(), (Segment("  "),), (Segment(""), Segment("\n"))])
def test_a_text_without_a_token_has_no_piece(tokens, segments):
    blank = Example(segments, TRAIN[0].targets)
    found = rows(tokens, blank, TRAIN[1])
    assert (found[0]["segments"], found[0]["shares"], found[0][LENGTH]) == ([], [], 0)
    assert collator(tokens.pad)(found)["owner"].tolist() == [1]


def test_a_batch_of_nothing_but_blanks_can_be_read(tokens):
    blank = Example((), TRAIN[0].targets)
    batch = collator(tokens.pad)(rows(tokens, blank, blank))
    assert batch["input_ids"].tolist() == [[tokens.pad]]
    assert batch["attention_mask"].tolist() == [[1]]
    assert batch["share"].tolist() == [0]
    assert batch["weight"].tolist() == [1, 1]


def test_targets_keep_what_is_not_labelled(tokens):
    targets = {"matter": np.full(2, -1, np.float32), "marks": np.array([0, 1], np.float32)}
    (row,) = rows(tokens, Example((Segment("村"),), targets))
    assert (row["matter"], row["marks"]) == ([-1, -1], [0, 1])
