"""Columns by name, by content, by the user's word."""

from __future__ import annotations

import pytest

from nlp.errors import UsageError
from nlp.io.columns import guess_columns
from nlp.io.names import matches, normalise

TITLES = [f"关于加强第{n}中学周边交通管理的建议" for n in range(10)]
BODIES = [
    f"第{n}中学门口上下学时段拥堵严重，家长车辆随意停放，学生过街危险。" * 3 for n in range(10)
]


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("*案 由（必填）", "案由"),
        ("案\n由", "案由"),
        ("１．提案标题", "提案标题"),
        ("二、主办单位：", "主办单位"),
        ("【正文】", "正文"),
        ("\u200b内容\ufeff", "内容"),
        ("Proposal_Title ★", "proposaltitle"),
        ("（1）类别", "类别"),
    ],
)
def test_normalise(raw: str, plain: str) -> None:
    assert normalise(raw) == plain


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("案由", "title"),
        ("*案 由（必填）", "title"),
        ("提案标题", "title"),
        ("Title", "title"),
        ("情况分析", "body"),
        ("detail", "body"),
        ("提案号", "id"),
        ("流水号", "id"),
        ("主办单位（牵头）", "lead"),
        ("协办单位", "co"),
        ("提案类别", "topics"),
        ("答复内容", "reply"),
        ("委员答复内容摘要", "reply"),
        ("第一提案人", "proposer"),
        ("年度", "year"),
        ("提案类型", "kind"),
    ],
)
def test_role_of_a_name(head: str, role: str) -> None:
    assert guess_columns([head], [["甲"]]).roles == {role: (0,)}


@pytest.mark.parametrize(
    "head",
    ["主办单位电话", "承办单位联系人", "答复时间", "单位名称", "标题字数", "备注", "办理满意度"],
)
def test_names_that_only_contain_a_role_are_nothing(head: str) -> None:
    assert all(match.role == "other" for match in matches(head))
    assert guess_columns([head], [["甲"]]).roles == {}


def test_rank_decides_between_synonyms() -> None:
    columns = guess_columns(["序号", "案号", "名称", "案由"], [])
    assert columns.roles == {"id": (1,), "title": (3,)}


def test_subject_is_topic_beside_a_title_and_title_alone() -> None:
    assert guess_columns(["标题", "主题"], []).roles == {"title": (0,), "topics": (1,)}
    assert guess_columns(["主题", "内容"], []).roles == {"title": (0,), "body": (1,)}


def test_subject_with_few_short_values_is_no_title() -> None:
    rows = [["教育", "甲"], ["交通", "乙"]] * 5
    assert guess_columns(["主题", "内容"], rows).roles == {"topics": (0,), "body": (1,)}


def test_bodies_in_column_order() -> None:
    columns = guess_columns(["具体建议", "案由", "情况分析"], [])
    assert columns.roles["body"] == (0, 2)


def test_by_content_when_names_say_nothing() -> None:
    rows = [
        [f"{n:03d}", body, title]
        for n, (title, body) in enumerate(zip(TITLES, BODIES, strict=True))
    ]
    columns = guess_columns(["列1", "列2", "列3"], rows)
    assert columns.roles == {"title": (2,), "body": (1,), "id": (0,)}
    assert columns.describe()[0] == "标题 ← “列3”（按内容判断）"


def test_named_remarks_are_never_guessed_as_body() -> None:
    rows = [[title, body] for title, body in zip(TITLES, BODIES, strict=True)]
    assert guess_columns(["案由", "备注"], rows).roles == {"title": (0,)}


def test_repeating_long_values_are_no_title() -> None:
    rows = [["县住房和城乡建设管理局"]] * 10
    assert not guess_columns(["甲方"], rows).usable


def test_repeated_numbers_are_no_id() -> None:
    rows = [["1", title] for title in TITLES]
    assert "id" not in guess_columns(["列1", "案由"], rows).roles


@pytest.mark.parametrize("wanted", ["说明文字", "B", "b", "2", " 说明文字 "])
def test_override_by_head_letter_or_number(wanted: str) -> None:
    columns = guess_columns(["案由", "说明文字"], [], {"title": wanted})
    assert columns.roles["title"] == (1,)
    assert "由你指定" in columns.describe()[0]


def test_override_head_beats_letter() -> None:
    assert guess_columns(["甲", "A"], [], {"title": "A"}).roles["title"] == (1,)


def test_override_of_several_bodies() -> None:
    assert guess_columns(["a", "b", "c"], [], {"body": "c+A"}).roles["body"] == (2, 0)


@pytest.mark.parametrize("wanted", ["没有", "Z", "9", "0", ""])
def test_unknown_override_lists_the_heads(wanted: str) -> None:
    with pytest.raises(UsageError, match="案由、内容") as caught:
        guess_columns(["案由", "内容"], [], {"title": wanted})
    assert "--title" in caught.value.message


def test_unknown_role() -> None:
    with pytest.raises(UsageError, match="colour"):
        guess_columns(["案由"], [], {"colour": "A"})


def test_describe_shows_heads_as_given() -> None:
    said = guess_columns(["案 由（必填）", "情况分析", "具体建议"], []).describe()
    assert said == ("标题 ← “案 由（必填）”（列名）", "正文 ← “情况分析”+“具体建议”（列名）")
