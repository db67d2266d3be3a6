"""Totals stated twice, and steps of the work that keep more than they were given."""

from __future__ import annotations

import pytest

HANDLED = "区政府系统共办理提案{handled 156件}。\n"


@pytest.mark.parametrize(
    "again",
    [
        "上述165件提案的办理虽已结束，落实仍需用力。",
        "165件提案全部办结。",
        "区政府承办的165件提案全部办结。",
        "所有165件提案均已答复。",
        "区政府系统共办理提案{handled 165件}。",
    ],
)
def test_a_total_stated_otherwise(only, again):
    fault = only(HANDLED + again)
    assert (fault.code, fault.arithmetic) == ("stated_twice", "156件≠165件，相差9")
    assert fault.message == "办理数前后不一：前面是156件，后面是165件。"


@pytest.mark.parametrize(
    "other",
    [
        "上述156件提案均已办结。",
        "市住建局承办的143件提案全部办结。",
        "其中143件提案已办结。",
        "全年共收到提案{submitted 165件}。165件提案全部分办。",
        "征求意见{handled 165件}。",
        "区政府系统共办理建议{handled 165件}。",
        "去年共办理提案{handled 165件}。",
        "由两个以上单位共同办理的提案{handled 140件}。",
        "上述12件提案得到批示。",
        "重点办理的143件提案均已答复。",
    ],
)
def test_other_scopes_are_no_contradiction(found, other):
    assert "stated_twice" not in found(HANDLED + other)


def test_two_kinds_side_by_side(found):
    text = "今年共收到人大建议{submitted 73件}、政协提案{submitted 74件}。"
    assert found(text) == []


def test_another_body_counts_otherwise(found):
    text = (
        "今年共立案{filed 152件}。\n县政府系统共办理{handled 131件}。\n全年共办理{handled 152件}。"
    )
    assert found(text) == []


def test_a_rest_that_the_sentence_names_is_accounted_for(found):
    text = "今年共办理{handled 152件}。\n全年共办理{handled 131件}，另21件由党群部门办理。"
    assert found(text) == []


def test_a_class_stated_otherwise(found):
    text = "办理{handled 156件}。\n已经解决的{outcomes.solved 109件}。\n%s{outcomes.solved 119件}。"
    assert found(text % "已经解决的") == ["stated_twice"]
    assert found(text % "重点督办后已解决的") == []


def test_a_rate_stated_otherwise(found):
    first, again = "满意率{rates.satisfied 98.5%}。\n", "满意率{rates.satisfied 99.5%}。"
    assert found(first + again) == ["stated_twice"]
    assert found(first + "初次" + again) == []
    assert found(first + "去年" + again) == []


def test_more_filed_than_received(only):
    fault = only("共收到提案{submitted 236件}。\n审查立案{filed 263件}。")
    assert (fault.code, fault.arithmetic) == ("filed_exceeds", "263＞236")


@pytest.mark.parametrize(
    ("rest", "codes"),
    [
        ("不予立案{refused 16件}，转社情民意{transferred 28件}", []),
        ("不予立案{refused 44件}，其中转为意见{transferred 28件}", []),
        ("转为意见{transferred 28件}", []),
        ("不予立案{refused 16件}，转社情民意{transferred 24件}", ["flow_rest"]),
        ("不予立案{refused 48件}", ["flow_exceeds"]),
        ("并案{merged 60件}，不予立案{refused 44件}", []),
        ("并案{merged 20件}，不予立案{refused 14件}，转为意见{transferred 10件}", []),
    ],
)
def test_steps_of_the_examination(found, rest, codes):
    text = f"共收到提案{{submitted 356件}}，立案{{filed 312件}}，{rest}。"
    assert found(text) == codes
