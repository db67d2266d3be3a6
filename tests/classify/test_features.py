"""Title and body as one vector: the title leads, rows have unit length."""

import numpy as np
import pytest

from nlp.classify.features import BODY_WEIGHT, Text, clean_pair, encode_texts
from nlp.encode import ngrams

TITLE, BODY = "修建公路桥梁", "河道水库堤防"


@pytest.fixture(scope="module")
def encoder():
    return ngrams.fit("ngrams:1-2", [TITLE, BODY] * 2)


def test_body_is_added_with_less_weight(encoder):
    both = encode_texts(encoder, [Text(TITLE, BODY)]).toarray()[0]
    title, body = encoder.encode([TITLE, BODY]).toarray()
    expected = title + BODY_WEIGHT * body
    assert both == pytest.approx(expected / np.linalg.norm(expected), abs=1e-6)
    assert both @ title > both @ body > 0


def test_every_row_has_unit_length_or_none(encoder):
    texts = [Text(TITLE), Text("", BODY), Text(TITLE, "无关"), Text(""), Text("!", "?")]
    matrix = encode_texts(encoder, texts)
    assert matrix.shape[0] == 5
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    assert lengths == pytest.approx([1, 1, 1, 0, 0], abs=1e-6)
    assert encode_texts(encoder, []).shape[0] == 0


def test_a_title_weighs_the_same_beside_bodies_and_alone(encoder):
    alone = encode_texts(encoder, [Text(TITLE)]).toarray()[0]
    beside = encode_texts(encoder, [Text(TITLE, BODY), Text(TITLE)]).toarray()[1]
    assert beside == pytest.approx(alone, abs=1e-6)


def test_both_parts_are_cleaned():
    text = clean_pair("修建\u00a0公路\ufeff", "第一行被\n硬换行断开了。")
    assert "\ufeff" not in text.whole
    assert text.whole == f"{text.title}\n{text.body}"
    assert Text("题").whole == "题"
