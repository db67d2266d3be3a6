"""Reasons: words that stand in the text, duties, precedents and units it names."""

import numpy as np
import pytest

from nlp.classify.duties import DutyIndex
from nlp.classify.explain import (
    WORDS,
    Features,
    duty_evidence,
    join_grams,
    place_evidence,
    precedent_evidence,
    word_evidence,
)
from nlp.classify.features import Text
from nlp.encode import ngrams
from nlp.heads.linear import LinearHead
from nlp.places import Directory, Unit
from nlp.taxonomy import Duty, Function
from nlp.types import Evidence

TEXT = "给山区群众通自来水"


def test_overlapping_grams_become_the_phrase_of_the_text():
    grams = [("自来", 0.5), ("来水", 0.25), ("山区", 1.0), ("不在", 9.0)]
    assert join_grams(grams, TEXT) == [("山区", 1.0), ("自来水", 0.75)]
    assert join_grams([], TEXT) == []


def test_a_gram_inside_another_adds_its_weight():
    assert join_grams([("自来水", 1.0), ("来水", 0.5)], TEXT) == [("自来水", 1.5)]


@pytest.fixture(scope="module")
def encoder():
    return ngrams.fit("ngrams:1-2", [TEXT, TEXT, "学校食堂", "学校食堂"])


def evidence(encoder, text, weight_of):
    matrix = encoder.encode([text.title])
    weights = np.zeros((matrix.shape[1], 2), np.float32)
    for column in range(matrix.shape[1]):
        weights[column, 0] = weight_of.get(encoder.feature(column), 0.0)
    head = LinearHead(("a", "b"), weights, np.zeros(2, np.float32))
    return word_evidence(Features(matrix.indices, matrix.data), head, 0, encoder, text)


def test_words_that_speak_for_the_label_are_shown(encoder):
    found = evidence(encoder, Text(TEXT), {"自来": 2, "来水": 2, "山区": 3, "群众": -3, "给": 5})
    assert [(e.kind, e.text) for e in found] == [
        ("words", "用词：“自来水”"),
        ("words", "用词：“山区”"),
    ]
    assert found[0].weight > found[1].weight > 0


class Partly:
    """An encoder whose first columns, as those of a pretrained one, stand for no text."""

    def __init__(self, encoder, unnamed):
        self.encoder, self.unnamed = encoder, unnamed

    def encode(self, texts):
        from scipy.sparse import csr_array, hstack

        dense = np.ones((len(texts), self.unnamed), np.float32)
        return csr_array(hstack([csr_array(dense), self.encoder.encode(texts)], format="csr"))

    def feature(self, column):
        return "" if column < self.unnamed else self.encoder.feature(column - self.unnamed)


def test_features_that_stand_for_no_text_are_passed_over(encoder):
    weights = {"": 9, "自来": 2, "来水": 2, "山区": 3}
    found = evidence(Partly(encoder, 40), Text(TEXT), weights)
    assert [e.text for e in found] == ["用词：“自来水”", "用词：“山区”"]
    assert evidence(Partly(encoder, 40), Text(TEXT), {"": 9}) == []


def test_a_phrase_far_weaker_than_the_first_is_left_out(encoder):
    found = evidence(encoder, Text(TEXT), {"山区": 9, "群众": 1})
    assert [e.text for e in found] == ["用词：“山区”"]


def test_at_most_a_few_phrases_are_shown(encoder):
    every = dict.fromkeys(("给山", "区群", "众通", "自来", "学校", "食堂"), 1.0)
    found = evidence(encoder, Text(TEXT + "，学校食堂"), every)
    assert len(found) == WORDS
    assert evidence(encoder, Text(TEXT), {}) == []


def test_shipped_reasons_stand_in_the_text(small_router):
    titles = ["关于修复灌区干渠的建议", "5G基站影响小学上课", "公交末班车太早"]
    for title, result in zip(titles, small_router.classify(titles), strict=True):
        words = [e.text for e in result.evidence if e.kind == "words"]
        assert words
        for text in words:
            assert text.removeprefix("用词：“").removesuffix("”") in title.lower()


def test_duty_line_names_the_duty_and_the_word_found():
    index = DutyIndex(
        (
            Function("water", "水利", duties=(Duty("农村供水", ("自来水", "吃水")),)),
            Function("roads", "交通", duties=(Duty("公路", ("修路",)),)),
        )
    )
    hits = index.find("先修路，再通自来水，解决吃水。")
    assert duty_evidence(hits, [0]) == [Evidence("duty", "职责：农村供水 ← 文中“自来水”", 0.667)]
    assert [e.text for e in duty_evidence(hits, [1, 0])] == [
        "职责：公路 ← 文中“修路”",
        "职责：农村供水 ← 文中“自来水”",
    ]
    assert duty_evidence(hits, []) == []
    assert duty_evidence([], [0]) == []


def test_a_unit_named_in_the_text_is_a_reason():
    place = Directory("试县", "county", (Unit("县水务局", (), ("water",)),))
    text = Text("请县水务局修井")
    assert place_evidence(place, "县水务局", text) == [Evidence("place", "文中点名“县水务局”", 1.0)]
    assert place_evidence(place, "县水务局", Text("请修井")) == []
    assert place_evidence(place, "县教育局", text) == []


def test_precedent_line():
    assert precedent_evidence("修井", "县水务局", 0.6789) == Evidence(
        "precedent", "先例：《修井》由县水务局办理（相似度 0.68）", 0.679
    )
