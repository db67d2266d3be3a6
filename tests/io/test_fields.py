"""Fields in forms and header lines; which line is the title."""

from __future__ import annotations

import pytest

from nlp.io.fields import form_lines, is_form, parse_fields

LONG = (
    "城东新区五年间交付了十一个小区，入住近两万人，三到六岁的娃娃有一千三百多个，公办园只有一所。"
)


def test_header_lines_are_fields() -> None:
    fields = parse_fields(
        f"提案编号：0123\n案　由：关于幼儿园的建议\n提案人：张三\n联系电话：138\n内容：\n{LONG}",
        "x",
    )
    assert (fields.id, fields.title, fields.body) == ("0123", "关于幼儿园的建议", LONG)
    assert fields.given == {"提案编号": "0123", "提案人": "张三", "联系电话": "138"}


def test_title_on_the_line_below_its_label() -> None:
    assert parse_fields(f"案由：\n幼儿园太少\n{LONG}", "x").title == "幼儿园太少"


def test_labels_inside_prose_stay_in_the_body() -> None:
    text = f"关于路灯的建议\n{LONG}\n建议：一是修好路灯。\n时间：今年年底前。\n存在问题：路灯坏了。"
    body = parse_fields(text, "x").body
    assert body == text.partition("\n")[2]


def test_proposer_at_the_end_is_a_field() -> None:
    fields = parse_fields(f"关于路灯的建议\n{LONG}\n提案人：李四", "x")
    assert fields.given == {"提案人": "李四"}
    assert fields.body == LONG


@pytest.mark.parametrize(
    ("text", "stem", "title"),
    [
        (f"政协某县委员会\n关于路灯的建议\n{LONG}", "a", "关于路灯的建议"),
        (
            f"关于进一步加强城区老旧小区\n路灯改造的建议\n{LONG}",
            "a",
            "关于进一步加强城区老旧小区路灯改造的建议",
        ),
        (f"加快路灯改造的提案\n{LONG}", "a", "加快路灯改造的提案"),
        (f"请修路灯\n{LONG}", "关于路灯的建议", "关于路灯的建议"),
        (f"提案登记表\n请修路灯\n{LONG}", "a", "请修路灯"),
        (LONG * 3, "文件名", "文件名"),
    ],
)
def test_title(text: str, stem: str, title: str) -> None:
    assert parse_fields(text, stem).title == title


def test_nothing_is_lost_between_title_and_body() -> None:
    text = f"某县政协\n关于路灯的建议\n第一段。\n\n{LONG}"
    assert parse_fields(text, "x").body == f"某县政协\n第一段。\n\n{LONG}"


def test_form_is_told_from_list() -> None:
    form = [["案由", "关于路灯的建议"], ["提案人", "张三", "界别", "教育"], ["内容", LONG]]
    assert is_form(form)
    assert form_lines(form) == [
        "案由：关于路灯的建议",
        "提案人：张三",
        "界别：教育",
        f"内容：{LONG}",
    ]
    assert not is_form([["编号", "案由", "内容"], ["1", "关于路灯的建议", LONG]])
    assert not is_form([["1", "关于路灯的建议", "提案", "张三委员"]])
    assert not is_form([["1", "2"]])
