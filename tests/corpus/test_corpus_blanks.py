from __future__ import annotations

import pytest

from nlp.corpus.blanks import is_blank


@pytest.mark.parametrize(
    "value",
    [None, float("nan"), "", " \u3000", "nan", "NaN", "无", "（无）", "-", "——", "/", "／", "N/A"],
)
def test_nothing_is_said(value):
    assert is_blank(value)


@pytest.mark.parametrize("value", ["无锡市水务局", "water", "0", 0, 0.0, False, [], "关于…的建议"])
def test_something_is_said(value):
    assert not is_blank(value)
