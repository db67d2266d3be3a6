"""Items counted twice, both ways."""

from __future__ import annotations

import pytest

CLASSES = (
    "已经解决{outcomes.solved 120件}；列入计划{outcomes.planned 20件}；"
    "受条件限制{outcomes.limited 3件}。"
)


def test_key_ones_counted_beside_the_classes_they_are_in(only):
    fault = only(
        "立案提案{filed 143件}。\n全年办理提案{handled 152件}，具体为：重点提案{key 9件}；"
        + CLASSES
    )
    assert fault.code == "key_counted_twice"
    assert fault.arithmetic == "120＋20＋3＝143，143＋9＝152"
    assert fault.sentence.startswith("全年办理提案152件")


def test_the_text_may_say_that_they_are_inside(found):
    text = "全年办理提案{handled 152件}，具体为：重点提案{key 9件}；" + CLASSES
    assert found(text) == []
    assert found(text + "\n重点提案9件同时计入已经解决的120件之中。") == ["key_counted_twice"]


def test_key_ones_may_be_a_class_of_their_own(found):
    assert found("共办理{handled 152件}。\n重点提案{key 9件}。\n其余的" + CLASSES) == []


def test_classes_that_hold_the_key_ones_once_more(only):
    fault = only("立案并办理{handled 134件}，重点提案{key 9件}。\n" + CLASSES)
    assert (fault.code, fault.arithmetic) == (
        "key_counted_twice",
        "120＋20＋3＝143，143－9＝134",
    )


def test_a_class_counted_within_another_and_beside_it(only):
    fault = only(
        "共办理{handled 143件}。\n已经解决{outcomes.solved 120件}，正在解决"
        "{other.outcome_solving 17件}，列入计划{outcomes.planned 20件}，"
        "受限{outcomes.limited 3件}。"
    )
    assert fault.code == "class_counted_twice"
    assert "17件正好是“正在解决”" in fault.message


@pytest.mark.parametrize(
    ("solved", "codes"), [("120件", ["key_beside"]), ("111件", []), ("102件", ["sum_rest"])]
)
def test_key_ones_listed_like_a_class(found, solved, codes):
    """Sound where the classes alone make the total, but easily read as a fourth class."""
    text = (
        "全年共办理提案{handled 143件}。\n"
        "（一）重点提案{key 9件}，均已办结。\n"
        f"（二）提案所提问题已经解决的{{outcomes.solved {solved}}}。\n"
        "（三）提案所提问题列入计划逐步解决的{outcomes.planned 20件}。\n"
        "（四）提案所提问题受条件限制暂时不能解决的{outcomes.limited 3件}。\n"
    )
    assert found(text) == codes
