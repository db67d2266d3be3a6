"""Shares of a report against its counts, both ways."""

from __future__ import annotations

from math import floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

CLASSES = ("已经解决或基本解决的", "列入计划逐步解决的", "因条件限制暂时不能解决的")
KEYS = ("solved", "planned", "limited")


def results(base, counts, printed, of="办结总数的"):
    """Write the three classes of a report, each in a sentence with its share."""
    lines = [f"全年共办理提案{{handled {base}件}}。"]
    for words, key, count, share in zip(CLASSES, KEYS, counts, printed, strict=True):
        lines.append(
            f"所提问题{words}{{outcomes.{key} {count}件}}，占{of}{{shares.{key} {share}}}。"
        )
    return "\n".join(lines)


def test_wrong_shares_are_named_with_their_arithmetic(only):
    fault = only(results(163, (110, 43, 10), ("67.5%", "26.2%", "6.1%")))
    assert fault.code == "share_wrong"
    assert fault.arithmetic == "43÷163＝26.4%，文中为26.2%"
    assert "26.4%" in fault.message
    assert fault.sentence.startswith("所提问题列入计划")


@pytest.mark.parametrize(
    "printed",
    [
        ("67.5%", "26.4%", "6.1%"),
        ("67.4%", "26.3%", "6.1%"),
        ("67%", "26%", "6%"),
        ("68%", "26%", "6%"),
        ("67.48%", "26.38%", "6.13%"),
        ("67.49%", "26.38%", "6.13%"),
        ("百分之六十七点五", "百分之二十六点四", "百分之六点一"),
    ],
)
def test_rounded_truncated_and_forced_shares_pass(found, printed):
    assert found(results(163, (110, 43, 10), printed)) == []


def test_a_forced_share_is_wrong_where_the_others_are(found):
    """Nothing was forced if rounding gives 100 by itself."""
    codes = found(results(163, (110, 43, 10), ("67.3%", "26.4%", "6.3%")))
    assert codes == ["share_wrong", "share_wrong"]


@given(st.lists(st.integers(1, 400), min_size=3, max_size=3), st.integers(0, 2), st.booleans())
def test_consistent_shares_never_fire(found, counts, decimals, cut):
    base, scale = sum(counts), 10**decimals
    units = [
        (100 * scale * c // base if cut else floor(100 * scale * c / base + 0.5)) for c in counts
    ]
    printed = [f"{u / scale:.{decimals}f}%" for u in units]
    assert found(results(base, counts, printed)) == []


@given(
    st.lists(st.integers(5, 400), min_size=3, max_size=3),
    st.integers(0, 2),
    st.integers(2, 60),
    st.booleans(),
)
def test_a_share_that_is_off_always_fires(found, counts, at, off, up):
    base = sum(counts)
    units = [floor(1000 * c / base + 0.5) for c in counts]
    units[at] += off if up else -off
    assume(0 < units[at] <= 1000)
    codes = found(results(base, counts, [f"{u / 10}%" for u in units]))
    assert codes == ["share_wrong"]


def test_filed_against_received(found, only):
    sound = "共收到提案{submitted 298件}，立案{filed 251件}，立案率{shares.filed 84.2%}。"
    assert found(sound) == []
    fault = only(sound.replace("84.2%", "86.2%"))
    assert (fault.code, fault.arithmetic) == ("share_wrong", "251÷298＝84.2%，文中为86.2%")


def test_the_base_may_be_a_number_that_no_figure_names(found):
    """The government's own 131 of the 152 filed."""
    text = (
        "立案提案{filed 152件}，其中131件由政府办理。\n"
        "已解决{outcomes.solved 88件}，占{shares.solved 67.2%}；"
        "列入计划{outcomes.planned 37件}，占{shares.planned 28.2%}；"
        "留作参考{outcomes.explained 6件}，占{shares.explained 4.6%}。"
    )
    assert found(text) == []


def test_shares_of_the_received_said_to_be_of_the_filed(only):
    text = (
        "共收到提案{submitted 240件}，立案{filed 200件}。\n"
        "按类别：城建类{topics.城建 120件}，占立案总数的{shares.城建 50%}；"
        "文教类{topics.文教 90件}，占立案总数的{shares.文教 37.5%}；"
        "其他类{topics.其他 30件}，占立案总数的{shares.其他 12.5%}。"
    )
    fault = only(text)
    assert fault.code == "share_other_base"
    assert fault.arithmetic == "120÷200＝60%，120÷240＝50%，文中为50%"


def test_shares_of_parts_that_no_total_names(found):
    """588 of the 591 are classed, and the shares are of the 588: a rest, no wrong share."""
    text = (
        "共办理建议{handled 591件}。"
        "已解决{outcomes.solved 148件}（{shares.solved 25.2%}），"
        "列入规划{outcomes.planned 364件}（{shares.planned 61.9%}），"
        "留作参考{outcomes.explained 76件}（{shares.explained 12.9%}）。"
    )
    assert "share_wrong" not in found(text)


def test_key_shares_have_the_key_ones_as_base(found):
    sound = (
        "重点提案{key 12件}，已解决{key_outcomes.solved 8件}，占{other.key_share_solved 66.7%}；"
        "列入计划{key_outcomes.planned 4件}，占{other.key_share_planned 33.3%}。"
    )
    assert found(sound) == []
    assert found(sound.replace("66.7%", "76.7%")) == ["share_wrong"]


def test_classes_outside_the_contract_are_checked_too(found):
    text = (
        "承办{handled 200件}。已解决{outcomes.solved 150件}，占{shares.solved 75%}；"
        "部分采纳{other.outcome_partly 30件}，占{other.share_partly 15%}；"
        "列入计划{outcomes.planned 20件}，占{shares.planned 10%}。"
    )
    assert found(text) == []
    assert found(text.replace("15%", "17%")) == ["share_wrong"]


def test_rough_words_give_leeway(found):
    text = "收到{submitted 300件}，立案{filed 262件}，约占{shares.filed 88%}。"
    assert found(text) == []
    assert found(text.replace("约占", "占")) == ["share_wrong"]


def test_totals_of_shares_without_counts(found, only):
    text = (
        "已解决的占{shares.solved 61.3%}，列入计划的占{shares.planned 34.5%}，"
        "受限的占{shares.limited 5.9%}。"
    )
    fault = only(text)
    assert (fault.code, fault.arithmetic) == ("share_total", "61.3%＋34.5%＋5.9%＝101.7%")
    assert found(text.replace("61.3%", "59.7%")) == []
    assert found(text.replace("61.3%", "55.7%")) == ["share_total"]


def test_a_share_not_read_may_make_up_the_total(found):
    text = (
        "已解决的占{shares.solved 69%}，列入计划的占{shares.planned 23.4%}，"
        "受限的占{shares.limited 5.5%}，其余占2.1%。"
    )
    assert found(text) == []


def test_shares_of_a_table(found):
    sound = (
        "共办理{handled 142件}，结果如下：\n类别｜件数｜占比\n"
        "A类｜{outcomes.solved 96}｜{shares.solved 67.6%}\n"
        "B类｜{outcomes.planned 35}｜{shares.planned 24.6%}\n"
        "C类｜{outcomes.limited 11}｜{shares.limited 7.8%}\n"
    )
    assert found(sound) == []
    assert found(sound.replace("24.6%", "26.4%").replace("7.8%", "7.7%")) == ["share_wrong"]
