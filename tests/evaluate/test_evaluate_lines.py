from __future__ import annotations

from nlp.evaluate.lines import number, percent, rounded


def test_numbers_for_people():
    assert (percent(0.9314), percent(None), number(0.05), number(None)) == (
        "93.1%",
        "—",
        "0.050",
        "—",
    )


def test_numbers_for_programs():
    assert rounded({"a": (1, 0.123456, None), "b": {"c": ["x", True]}}) == {
        "a": [1, 0.1235, None],
        "b": {"c": ["x", True]},
    }
