"""Classes of results that fall short by what is still in hand are no fault."""

from __future__ import annotations

import pytest

CLASSES = (
    "承办提案{handled 120件}，其中已解决{outcomes.solved 80件}，"
    "列入计划{outcomes.planned 20件}，暂不能解决{outcomes.limited 3件}。\n"
)


@pytest.mark.parametrize(
    "left",
    [
        "尚在办理的17件。",
        "目前，正在办理17件。",
        "还有17件提案尚未办结。",
        "另有17件正在办理之中。",
        "结转下年办理的17件。",
        "二、存在问题\n17件提案仍在办理。",
    ],
)
def test_what_is_in_hand_explains_the_rest(found, left):
    assert found(CLASSES + left) == []


@pytest.mark.parametrize("left", ["", "尚在办理的15件。", "培训17人次。", "查办案件17件。"])
def test_nothing_else_does(found, left):
    assert "sum_short" in found(CLASSES + left)
