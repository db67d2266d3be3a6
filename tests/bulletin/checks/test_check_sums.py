"""Sums of parts against the totals of a report, both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

RECEIVED = "共收到提案{submitted 298件}，经审查立案{filed 251件}。"
TOPICS = (
    "经济方面{topics.industry %d件}，文化方面{topics.culture_tourism 49件}，"
    "民生方面{topics.livelihood 101件}，生态方面{topics.ecology 44件}。"
)


@pytest.mark.parametrize(
    "text",
    [
        RECEIVED + "其中，委员提案{by_members 204件}，集体提案{by_groups 47件}。",
        RECEIVED + "立案提案中，委员提案{by_members 204件}，集体提案{by_groups 47件}。",
        "共收到提案{submitted 298件}，其中委员提案{by_members 240件}、"
        "集体提案{by_groups 58件}，立案{filed 251件}。",
        RECEIVED + "\n立案提案按内容分：" + TOPICS % 57,
        RECEIVED + "\n从内容看，" + TOPICS % 104,
        "县政府承办{handled 163件}，其中委员提案{by_members 132件}、集体提案{by_groups 31件}。",
        "立案{filed 251件}，并案后交办{other.after_merging 238件}。\n按类别：" + TOPICS % 44,
        "立案{filed 251件}，将{merged 22件}并为{other.after_merging 9件}。\n按类别：" + TOPICS % 44,
        "承办议案3件、建议{handled 121件}。\n已解决{outcomes.solved 80件}，"
        "列入计划{outcomes.planned 40件}，受限{outcomes.limited 4件}。",
    ],
)
def test_parts_may_add_up_to_any_total_that_fits(found, text):
    assert found(text) == []


def test_the_base_that_fits_is_named_when_another_was_claimed(only):
    fault = only(RECEIVED + "\n立案提案按照内容划分，" + TOPICS % 104)
    assert fault.code == "sum_other_base"
    assert "合计298件，等于收到数，不等于文中所说的立案数251件" in fault.message
    assert fault.arithmetic == "104＋49＋101＋44＝298，收到数298件，立案数251件"


def test_a_claim_by_number(found):
    assert found(RECEIVED + "\n251件提案中，" + TOPICS % 57) == []
    assert found(RECEIVED + "\n251件提案中，" + TOPICS % 104) == ["sum_other_base"]


def test_a_claim_by_order_alone_is_a_hint(found):
    """Of two totals before 其中, either may be meant."""
    text = RECEIVED + "其中，委员提案{by_members 240件}，集体提案{by_groups 58件}。"
    assert found(text) == ["sum_base_unclear"]


def test_a_claim_by_the_only_total_before(found):
    text = (
        "共收到提案{submitted 298件}。\n立案{filed 251件}，其中委员提案{by_members 240件}，"
        "集体提案{by_groups 58件}。"
    )
    assert found(text) == ["sum_other_base"]


@pytest.mark.parametrize(("groups", "code"), [(57, "sum_exceeds"), (37, "sum_short")])
def test_members_and_groups_are_all(only, groups, code):
    fault = only(
        f"立案{{filed 251件}}，其中委员提案{{by_members 204件}}，集体提案{{by_groups {groups}件}}。"
    )
    assert fault.code == code
    assert fault.arithmetic == f"204＋{groups}＝{204 + groups}，立案数251件"


def test_members_and_groups_that_fit_neither_of_two_totals(found):
    text = RECEIVED + "其中，委员提案{by_members 204件}，集体提案{by_groups 37件}。"
    assert found(text) == ["sum_short"]


@pytest.mark.parametrize(("after", "codes"), [("16件", []), ("19件", ["halves_off"])])
def test_halves_make_a_total(found, after, codes):
    text = (
        "今年承办建议{handled 124件}。\n会议期间提出{other.in_session 108件}，"
        f"闭会期间提出{{other.out_of_session {after}}}。"
    )
    assert found(text) == codes


def test_a_third_kind_beside_the_halves(found):
    text = "承办{handled 144件}（主办{other.led 39件}，承办13件，会办{other.co_handled 92件}）。"
    assert found(text) == []
    assert found(text.replace("承办13件", "承办16件")) == ["halves_off"]


def test_other_proposers_beside_them(found):
    text = (
        "立案{filed 251件}，其中委员提案{by_members 204件}，党派提案{other.by_parties 20件}，"
        "界别提案{other.by_sectors 27件}。"
    )
    assert found(text) == []
    inside = (
        "立案{filed 251件}，其中委员提案{by_members 204件}，集体提案{by_groups 47件}"
        "（党派{other.by_parties 20件}，界别{other.by_sectors 27件}）。"
    )
    assert found(inside) == []
    assert found(inside.replace("204件", "214件")) == ["sum_exceeds"]


def test_a_rest_is_a_hint(only):
    text = RECEIVED + "\n从内容看，" + TOPICS % 50
    fault = only(text)
    assert fault.code == "sum_rest"
    assert fault.message == "各主题合计244件，立案数251件，其余7件没有说明。"


@pytest.mark.parametrize(
    "text",
    [
        "立案{filed 100件}，按类别：经济类{topics.industry 60件}，其他类{topics.其他 33件}。",
        "立案{filed 100件}。\n经济、城建类分别为{topics.industry 60件}和{topics.城建 33件}。",
        "办理{handled 100件}，其中已解决{outcomes.solved 60件}，列入计划{outcomes.planned 30件}，"
        "受限{outcomes.limited 3件}。",
        "办理{handled 100件}。\n已解决{outcomes.solved 60件}，占{shares.solved 65%}；"
        "列入计划{outcomes.planned 33件}，占{shares.planned 35%}。",
    ],
)
def test_a_rest_is_an_error_where_the_classes_are_all(found, text):
    assert found(text) == ["sum_short"]


def test_classes_that_are_said_of_no_total_may_leave_a_rest(found):
    text = (
        "办理{handled 100件}。\n已解决{outcomes.solved 60件}，列入计划{outcomes.planned 30件}，"
        "受限{outcomes.limited 3件}。"
    )
    assert found(text) == ["sum_rest"]


@pytest.mark.parametrize(
    "rest",
    ["，另有7件尚未认定", "，涉密提案7件", "，社会事业类4件、党群类3件", "。其余7件转交下年"],
)
def test_numbers_beside_make_up_the_rest(found, rest):
    text = (
        "办理{handled 100件}。\n已解决{outcomes.solved 60件}，列入计划{outcomes.planned 30件}，"
        f"受限{{outcomes.limited 3件}}{rest}。"
    )
    assert found(text) == []


def test_a_row_not_read_makes_up_the_rest(found):
    text = (
        "立案{filed 100件}，分类如下：\n序号｜类别｜件数\n1｜经济｜{topics.industry 60}\n"
        "2｜水利林业｜7\n3｜其他｜{topics.其他 33}\n"
    )
    assert found(text) == []
    assert found(text.replace("｜7\n", "｜9\n")) == ["sum_rest"]


def test_more_than_all(found):
    text = RECEIVED + "\n从内容看，" + TOPICS % 66
    assert found(text) == ["sum_exceeds"]


def test_a_class_within_another_is_not_added(found):
    text = (
        "办理{handled 100件}。\n已解决{outcomes.solved 70件}"
        "（其中正在解决{other.outcome_solving 20件}），"
        "列入计划{outcomes.planned 25件}，受限{outcomes.limited 5件}。"
    )
    assert found(text) == []


def test_classes_summed_up_again_are_not_added(found):
    text = (
        "办理{handled 131件}。\n采纳{outcomes.solved 88件}，部分采纳{other.outcome_partly 23件}，"
        "列入计划{other.outcome_in_plan 14件}，留作参考{outcomes.explained 6件}。"
        "其中部分采纳和列入计划的合计{outcomes.planned 37件}。"
    )
    assert found(text) == []


def test_a_few_classes_told_as_examples(found):
    text = "立案{filed 300件}。\n其中民生类{topics.livelihood 35件}、交通类{topics.交通 22件}较多。"
    assert found(text) == []


def test_a_total_far_off_is_a_hint(found):
    """The sum hardly means that total; the report may count by more than one class an item."""
    text = RECEIVED + "\n从内容看，" + TOPICS % 240
    assert found(text) == ["sum_far_off"]


def test_key_ones_have_their_own_total(found):
    text = (
        "重点提案{key 12件}，其中已解决{key_outcomes.solved 8件}，"
        "正在解决{key_outcomes.planned 4件}。"
    )
    assert found(text) == []
    assert found(text.replace("8件", "9件")) == ["sum_exceeds"]
    assert found(text.replace("8件", "7件")) == []


def test_a_total_that_is_no_figure(only):
    text = (
        "共有591件提案交80家单位办理。\n已解决{outcomes.solved 148件}，列入规划"
        "{outcomes.planned 364件}，不能解决{outcomes.limited 66件}，参考{outcomes.explained 10件}。"
    )
    fault = only(text)
    assert (fault.code, fault.arithmetic) == ("sum_rest", "148＋364＋66＋10＝588，总数591件")


def test_items_in_hand_are_no_class(found):
    text = (
        "办理{handled 100件}。已解决{outcomes.solved 70件}，列入计划{outcomes.planned 30件}。"
        "目前还有{other.outcome_solving 6件}正在办理。"
    )
    assert found(text) == []


def test_no_total_nothing_to_compare(found):
    assert found("已解决{outcomes.solved 8件}，列入计划{outcomes.planned 4件}。") == []


@given(st.lists(st.integers(1, 300), min_size=4, max_size=4), st.integers(0, 200))
def test_sound_sums_never_fire(found, counts, refused):
    names = ("industry", "culture_tourism", "livelihood", "其他")
    listed = "，".join(
        f"第{at}类{{topics.{name} {count}件}}"
        for at, (name, count) in enumerate(zip(names, counts, strict=True), 1)
    )
    text = (
        f"收到{{submitted {sum(counts) + refused}件}}，立案{{filed {sum(counts)}件}}。\n{listed}。"
    )
    assert found(text) == []


@given(
    st.lists(st.integers(20, 300), min_size=3, max_size=3),
    st.integers(1, 15),
    st.sampled_from([1, -1]),
)
def test_sums_that_are_off_always_fire(found, counts, off, sign):
    text = (
        f"办理的提案{{handled {sum(counts)}件}}，其中已解决{{outcomes.solved {counts[0]}件}}，"
        f"列入计划{{outcomes.planned {counts[1]}件}}，"
        f"受限{{outcomes.limited {counts[2] + sign * off}件}}。"
    )
    assert found(text) == ["sum_exceeds" if sign > 0 else "sum_short"]
