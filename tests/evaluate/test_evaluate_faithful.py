from __future__ import annotations

import pytest

from nlp.evaluate.replies.faithful import Claim, ClaimReader, known_units, plain, stands


@pytest.fixture(scope="module")
def reader():
    return ClaimReader(known_units())


def test_what_the_reply_says(reader):
    reply = "县住建局于２０２４年９月投入 1200 万元，建成3处，占60%。"
    found = reader.claims("住建局2024年9月投入1200万元，建成3处，占60%", reply)
    assert found == [
        Claim("figure", "1200万元", True),
        Claim("figure", "3处", True),
        Claim("figure", "60%", True),
        Claim("date", "2024年9月", True),
        Claim("unit", "住建局", True),
    ]


def test_what_it_does_not_say(reader):
    found = reader.claims("教育局2025年投入200万元", "住建局2024年投入1200万元。")
    assert [(c.kind, c.text) for c in found if not c.found] == [
        ("figure", "200万元"),
        ("date", "2025年"),
        ("unit", "教育局"),
    ]


@pytest.mark.parametrize(
    ("figure", "source", "there"),
    [
        ("3个", "共3个", True),
        ("3个", "共13个", False),
        ("3个", "共1.3个", False),
        ("11月", "1. 11月", True),
        ("120个", "共1 2 0个", True),
        ("三个", "十三个", False),
        ("三个", "一是三个", True),
        ("10:30", "10:301", False),
        ("1.5万元", "15万元", False),
    ],
)
def test_not_within_longer_numbers(figure, source, there):
    assert stands(figure, source) is there


def test_a_points_marker_before_a_date_is_no_decimal():
    assert stands("3月15日", "1.3月15日起停止征订", dated=True)
    assert not stands("3月15日", "13月15日", dated=True)


def test_units_have_the_level_before_them(reader):
    assert reader.claims("由县教育局负责", "市教育局负责") == [Claim("unit", "县教育局", False)]
    assert reader.claims("由教育局负责", "市教育局负责") == [Claim("unit", "教育局", True)]


def test_ordinary_words_are_no_units(reader):
    assert reader.claims("顾全大局，优化布局，走进剧院，政协常委参加。", "无") == []


def test_nothing(reader):
    assert reader.claims("", "无") == reader.claims("一些工作正在开展", "无") == []


def test_plain():
    assert plain("１２ ％Ａ\n") == "12%A"
    assert plain("①，㎡") == "①，㎡"
