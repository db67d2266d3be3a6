"""People's numbers are hidden, other numbers and all offsets stay."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nlp.text.mask import masked, masked_record

RELAXED = settings(deadline=None, max_examples=300)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def card(first: str) -> str:
    """Add the check digit to 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True))
    return first + "10X98765432"[total % 11]


WHOLE = card("11010519491231002")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13812345678。", "电话138****5678。"),
        ("138-1234-5678", "138-****-5678"),
        ("138 1234 5678", "138 **** 5678"),
        ("1381-234-5678", "138*-***-5678"),
        ("+8613812345678", "+86138****5678"),
        ("+86 138 1234 5678", "+86 138 **** 5678"),
        ("0086-13812345678", "0086-138****5678"),
        ("8613812345678", "86138****5678"),
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("13812345678,13912345679、19900001111", "138****5678,139****5679、199****1111"),
        ("1.13812345678 2.13912345678", "1.138****5678 2.139****5678"),
        ("0351-2021234", "0351-****234"),
        ("（0351）2021234", "（0351）****234"),
        ("(010) 62345678转801", "(010) *****678转801"),
        ("02162345678", "021*****678"),
        ("０３５１－２０２１２３４", "０３５１－****２３４"),
        (f"身份证{WHOLE}，", "身份证1****************X，"),
        (WHOLE.lower(), "1****************x"),
        ("110105 19491231 002X", "1***** ******** ***X"),
        ("身份证号：110105491231002", "身份证号：1*************2"),
    ],
)
def test_what_is_hidden(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "400-810-8888，4008108888，800-810-8888",
        "12345热线、110、12315",
        "2024年3月12日，20240312，2024-03-12",
        "政协函〔2024〕13812345678号，第13812345678号",
        "投资13812345678元、13812345678.50元，0.13812345678亿元",
        "覆盖13812345678人",
        "订单213812345678，1381234567890",
        "提案第2024031号，案号20240138",
        "12812345678，10812345678",
        "00351-2021234，0351-1021234，2024-0351-2021234",
        WHOLE[:-1] + "0",
        "000105194912310021，110105194913310021，990105194912310021",
        f"A{WHOLE}1",
        "",
        "关于加装路灯的建议",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert masked(text) == text


def test_a_card_in_a_longer_run_is_none() -> None:
    assert masked(f"9{WHOLE}") == f"9{WHOLE}"


def test_numbers_that_share_digits_are_all_hidden() -> None:
    assert masked("138 1234 0351-2021234") == "138 **** 0351-****234"
    assert masked("13812340351-2021234") == "138****0351-2021234"


def test_records_keep_keys_and_other_values() -> None:
    record = {"13812345678": ["13812345678", {"a": ("0351-2021234", 13812345678, None, True)}]}
    assert masked_record(record) == {
        "13812345678": ["138****5678", {"a": ("0351-****234", 13812345678, None, True)}]
    }
    assert record["13812345678"][0] == "13812345678"


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["138", "0351", "1234", "5678", "+86", "86", "-", " ", "*", "（", "）", "X"]
        ),
        st.text("0123456789０１９ -*.，年", max_size=12),
        st.sampled_from([WHOLE, "13812345678", "0351-2021234"]),
    ),
    max_size=12,
).map("".join)


@RELAXED
@given(st.one_of(PIECES, st.text()))
@example("138 1234 0351-2021234")
@example("13812340351-2021234")
def test_length_and_second_masking(text: str) -> None:
    once = masked(text)
    assert len(once) == len(text)
    assert masked(once) == once
    assert all(new in (old, "*") for old, new in zip(text, once, strict=True))


@RELAXED
@given(st.text().filter(lambda text: not re.search("[0-9０-９]{3}", text)))
def test_text_without_long_numbers_is_unchanged(text: str) -> None:
    assert masked(text) == text


@RELAXED
@given(st.dates(date(1900, 1, 1), date(2099, 1, 1)), st.integers(0, 999), st.integers(0, 9999))
def test_every_valid_card_is_hidden(day, order: int, region: int) -> None:
    number = card(f"14{region:04d}{day:%Y%m%d}{order:03d}")
    assert masked(f"证号{number}。") == f"证号{number[0]}{'*' * 16}{number[-1]}。"


@RELAXED
@given(st.integers(13_000_000_000, 19_999_999_999))
def test_every_mobile_number_is_hidden(number: int) -> None:
    text = str(number)
    assert masked(f"电话{text}，") == f"电话{text[:3]}****{text[-4:]}，"
