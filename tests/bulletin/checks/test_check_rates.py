"""Rates of 100 % beside what is left, both ways."""

from __future__ import annotations

import pytest

CLOSED = "全年办理{handled 274件}，办结率{rates.closed 100%}，面商率{rates.consulted 100%}。\n"


@pytest.mark.parametrize(
    "left",
    [
        "另有6件涉及体制调整，目前仍在办理。",
        "还有6件正在办理。",
        "6件提案尚未办结。",
        "六件建议因资料不全未能按期答复。",
        "截至目前，尚未答复的提案6件。",
        "除6件正在抓紧办理外，其余按期答复。",
    ],
)
def test_all_closed_beside_unfinished_ones(only, left):
    fault = only(CLOSED + left)
    assert fault.code == "rate_unfinished"
    assert fault.arithmetic == "（274－6）÷274＝97.8%，文中为100%"
    assert fault.message == "办结率写为100%，但另有6件没有办结或答复。"
    assert fault.sentence == left


@pytest.mark.parametrize(
    "left",
    [
        "正在解决的6件。",
        "列入计划逐步解决的6件。",
        "受条件限制暂时不能解决的6件。",
        "6月底还有6件正在办理，经督办，现已全部办结。",
        "去年尚未办结的6件今年办结。",
        "对6件提案，正在办理落实方案。",
        "6家单位正在办理移交。",
        "6件提案写得好。",
    ],
)
def test_planned_and_settled_ones_are_normal(found, left):
    assert found(CLOSED + left) == []


def test_plans_and_earlier_reports_do_not_count(found):
    assert found(CLOSED + "二、下一步打算\n对尚未办结的6件，逐件督办。") == []


def test_not_all_closed_may_leave_some(found):
    assert found(CLOSED.replace("closed 100%", "closed 97.8%") + "另有6件仍在办理。") == []


def test_all_replied_beside_items_without_a_reply(found):
    replied = "办理{handled 274件}，办复率{rates.replied 100%}。\n"
    assert found(replied + "另有6件尚未答复。") == ["rate_unfinished"]
    assert found(replied + "另有6件仍在办理。") == []


def test_all_content_beside_some_that_are_not(found):
    content = "办理{handled 274件}，满意率{rates.satisfied 100%}。\n"
    assert found(content + "有3件提案者表示不满意。") == ["rate_unsatisfied"]
    assert found(content + "对委员不满意的3件，经二次办理后均表示满意。") == []
    assert found(content.replace("100%", "98.9%") + "有3件提案者表示不满意。") == []


def test_content_and_not_content_are_no_more_than_all(found):
    text = "满意率{rates.satisfied 98.5%}，不满意率{rates.unsatisfied 2.5%}。"
    assert found(text) == ["rate_total"]
    assert found(text.replace("2.5%", "1.5%")) == []
    assert found(text.replace("rates.un", "other.rate_un")) == ["rate_total"]
