from __future__ import annotations

import numpy as np
import pytest

from nlp.evaluate.folding import folding

FOLD = {"telecom": "industry_it", "sme_service": "industry_it", "energy": "telecom"}
KEYS = ("water", "telecom", "industry_it", "energy")


def test_chains_are_followed_to_their_end():
    columns = folding(KEYS, FOLD)
    assert columns.labels == ("water", "industry_it")
    assert columns.columns == (0, 1, 1, 1)
    assert columns.label("energy") == "industry_it"
    assert columns.label("court") == "court"


def test_a_target_that_the_model_lacks_becomes_a_label():
    assert folding(("energy",), {"energy": "development_reform"}).labels == ("development_reform",)


def test_a_circle_ends():
    columns = folding(("a", "b"), {"a": "b", "b": "a"})
    assert sorted(columns.labels) == ["a", "b"]


def test_exclusive_chances_add_up_and_independent_ones_join():
    columns = folding(KEYS, FOLD)
    chances = np.array([[0.4, 0.3, 0.2, 0.1]])
    assert columns.summed(chances) == pytest.approx(np.array([[0.4, 0.6]]))
    joined = 1 - 0.7 * 0.8 * 0.9
    assert columns.joined(chances) == pytest.approx(np.array([[0.4, joined]]))


def test_unknown_labels_get_codes_of_their_own():
    coded = folding(KEYS, FOLD).coded(["court", "sme_service", "tax", "court", "water"])
    assert coded.codes.tolist() == [-1, 1, -2, -1, 0]
    assert coded.unknown == {"court": 2, "tax": 1}


def test_a_table_has_columns_for_labels_beyond():
    columns = folding(KEYS, FOLD)
    table = columns.table([("energy", "court"), (), ("tax",)], ("court",))
    assert table.tolist() == [[False, True, True], [False, False, False], [False, False, False]]
