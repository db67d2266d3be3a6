"""Tables: what is cut, what a column sorts by."""

from __future__ import annotations

import pytest

from nlp.evaluate.bootstrap import Estimate
from nlp.evaluate.page.sheets import (
    LONGEST,
    SHOWN,
    Column,
    count,
    estimated,
    measure,
    share,
    sheet,
    shortened,
    words,
)


def test_long_tables_say_how_much_is_left_out():
    rows = [(count(n),) for n in range(SHOWN + 7)]
    found = sheet("长表", [Column("件数")], rows)
    assert (len(found.rows), found.left) == (SHOWN, 7)
    assert found.rows[-1][0].by == SHOWN - 1
    assert sheet("短表", [Column("件数")], rows[:SHOWN]).left == 0


def test_a_row_has_a_cell_for_each_column():
    with pytest.raises(ValueError):
        sheet("表", [Column("一"), Column("二")], [(count(1),)])


def test_what_is_unknown_sorts_below_nothing():
    assert share(None).by < share(0.0).by < share(0.31).by
    assert (share(None).text, share(0.31).text, measure(0.31).text) == ("—", "31.0%", "0.310")
    assert (share(0.31).width, share(0.31, bar=True).width) == (None, 31.0)
    assert share(None, bar=True).width is None
    assert estimated("lead.top1", None).by == share(None).by


def test_figures_have_their_interval_below_and_the_verdict_last():
    cell = estimated("lead.top1", Estimate(0.5, 0.4, 0.6), "更差", "bad")
    assert (cell.text, cell.below, cell.verdict, cell.mark) == (
        "50.0%",
        ("40.0–60.0",),
        "更差",
        "bad",
    )


def test_texts_are_one_line_and_not_endless():
    assert words("甲\n 乙").text == "甲 乙"
    assert words("").text == "—"
    assert len(shortened("长" * 500)) == LONGEST
    assert shortened("长" * LONGEST) == "长" * LONGEST
