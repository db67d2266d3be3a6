"""A row of plain texts takes a short way; it must lead to the same place."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.io.cells import aligned_text, cell_text, clean_text, make_row

PIECES = ["甲", "a", " ", "\n", "\t", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\u3000", "\x00"]
PIECES += ["\x7f", "\x9f", "\ud800", "\uffff", "\ufeff", "😀", "é"]
TEXT = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)
CELL = TEXT | st.none() | st.integers(0, 9) | st.floats(0, 9)


@given(st.lists(CELL, max_size=5))
def test_a_row_is_its_cells_cleaned(values):
    row = make_row(7, iter(values))
    texts = [cell_text(value) for value in values]
    assert row.number == 7 and not row.fault
    assert row.cells == tuple(clean_text(text).text for text in texts)
    assert row.cleaned == sum(clean_text(text).removed for text in texts)
    changed = {n for n, text in enumerate(texts) if len(clean_text(text).text) < len(text)}
    assert row.aligned == {n: aligned_text(texts[n]) for n in changed}


@given(TEXT)
def test_cleaning_again_changes_nothing(text):
    once = clean_text(text).text
    assert clean_text(once).text == once and not clean_text(once).removed
    assert "\r" not in once and "\x00" not in once
