"""Words as features: the baseline keeps the encoders' contract."""

import json
from math import log, sqrt

import pytest

from nlp.encode import words
from nlp.errors import ModelError

TEXTS = ["农村 公路 建设", "农村 学校 建设", "农村 学校"]


@pytest.fixture(scope="module")
def encoder():
    """One for all tests: the segmenter takes a second to load."""
    return words.fit("words", [*TEXTS, "！！ 。。", "！！ 。。"])


def test_words_of_two_texts_and_more_become_columns(encoder):
    assert encoder.words == ("农村", "学校", "建设")


def test_weights_by_hand(encoder):
    idf = {"农村": log(6 / 4) + 1, "学校": log(6 / 3) + 1}
    row = encoder.encode(["学校 学校 农村 别的"]).toarray()[0]
    values = [idf["农村"], (1 + log(2)) * idf["学校"], 0.0]
    length = sqrt(sum(v * v for v in values))
    assert row.tolist() == pytest.approx([v / length for v in values], abs=1e-4)


def test_empty_lists_and_texts(encoder):
    assert encoder.encode([]).shape == (0, 3)
    assert encoder.encode(["", "。"]).nnz == 0


def test_features_name_their_columns(encoder):
    for column in range(3):
        assert encoder.encode([encoder.feature(column)]).indices.tolist() == [column]


def test_write_and_read_give_the_same_bytes(encoder, tmp_path):
    encoder.write(tmp_path)
    written = (tmp_path / "words.json").read_bytes()
    words.read("words", tmp_path).write(tmp_path)
    assert (tmp_path / "words.json").read_bytes() == written


def test_damaged_parts_are_refused(tmp_path):
    content = json.dumps({"words": ["学校"], "idf": []})
    (tmp_path / "words.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="词表与权重对不上"):
        words.read("words", tmp_path)
