from __future__ import annotations

import pytest

from nlp.evaluate.gold.cells import handling, pieces


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("县教育局、县财政局", ["县教育局", "县财政局"]),
        ("县教育局 县财政局", ["县教育局", "县财政局"]),
        ("县教育局\n县财政局；县水务局", ["县教育局", "县财政局", "县水务局"]),
        ("县教育局和县财政局", ["县教育局", "县财政局"]),
        ("县发展和改革局", ["县发展和改革局"]),
        ("县 教育局", ["县 教育局"]),
        ("县水务局（河长办、防汛办）", ["县水务局（河长办、防汛办）"]),
        ("['education', \"water\"]", ["education", "water"]),
        ("无、县教育局、-", ["县教育局"]),
        ("／", []),
        ("", []),
    ],
)
def test_a_cell_of_several_names(cell, units):
    assert pieces(cell) == units


@pytest.mark.parametrize(
    ("cell", "leads", "helpers"),
    [
        ("主办：县住建局；会办：县公安局、县城管局", ["县住建局"], ["县公安局", "县城管局"]),
        ("牵头单位:县住建局 配合单位:县公安局", ["县住建局"], ["县公安局"]),
        ("县住建局（主办）、县公安局（协办）", ["县住建局"], ["县公安局"]),
        ("会办：县公安局", [], ["县公安局"]),
    ],
)
def test_a_cell_may_tell_who_leads_and_who_helps(cell, leads, helpers):
    found = handling(cell)
    assert (list(found.leads), list(found.helpers), found.told) == (leads, helpers, True)


def test_a_cell_that_does_not_tell():
    found = handling("县住建局、县公安局")
    assert (found.leads, found.helpers, found.told) == (("县住建局", "县公安局"), (), False)
