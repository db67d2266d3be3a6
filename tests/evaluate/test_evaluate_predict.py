from __future__ import annotations

import numpy as np
import pytest

from nlp.classify.suggest import Options
from nlp.corpus.rows import Row
from nlp.evaluate import predict as module
from nlp.evaluate.predict import predict
from nlp.types import Proposal


def test_chunks_change_nothing(toy, monkeypatch):
    whole = predict(toy.router, toy.rows, toy.directory)
    monkeypatch.setattr(module, "CHUNK", 2)
    parts = predict(toy.router, toy.rows, toy.directory)
    assert (parts.rows, parts.accepted, parts.routed) == (whole.rows, whole.accepted, whole.routed)
    for name in ("topics", "leads", "cos"):
        np.testing.assert_array_equal(getattr(parts, name), getattr(whole, name))


def test_blank_rows_are_put_aside(toy, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 2)
    blanks = [Row("x", " "), Row("y", "\u3000")]
    found = predict(toy.router, [*blanks, toy.rows[0], Row("z", "\n")], toy.directory)
    assert found.empty == ("x", "y", "z")
    assert [row.id for row in found.rows] == ["a"]
    assert found.leads.shape == (1, 5)


def test_confidence_is_the_one_that_routing_shows(toy):
    found = predict(toy.router, toy.rows, toy.directory)
    shown = toy.router.classify(
        [Proposal(row.id, row.title) for row in toy.rows], Options(toy.directory)
    )
    expected = [suggestion.lead[0].probability for suggestion in shown]
    assert [one.confidence for one in found.routed] == pytest.approx(expected)
    assert [one.right for one in found.routed] == [True, True, False, False, None]


def test_a_model_without_units_has_no_leads(toy):
    found = predict(toy.topics_only, toy.rows, toy.directory)
    assert found.leads is None
    assert found.cos is None
    assert [one.right for one in found.routed] == [True, False, True, False, None]
