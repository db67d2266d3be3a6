"""Numbers read back to the value that they were written from."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.text.numerals import read_fraction, read_number, read_range

RELAXED = settings(deadline=None, max_examples=250)
ONES = "零一二三四五六七八九"
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def in_han(number: int) -> str:
    """Write a number below 10**12 as it is said: 20050 is 二万零五十."""
    for name, place in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)):
        high, low = divmod(number, place)
        if high:
            head = "" if (name, high) == ("十", 1) else in_han(high)
            zero = "零" if 0 < low < place // 10 else ""
            tail = in_han(low) if low else ""
            tail = "一" + tail if tail.startswith("十") else tail
            return head + name + zero + tail
    return ONES[number]


numbers = st.one_of(
    st.integers(0, 200), st.integers(0, 10**6), st.integers(0, 10**8).map(lambda n: n * 1000)
)


@RELAXED
@given(numbers)
def test_chinese_numbers(number):
    assert read_number(in_han(number)) == number
    assert read_number(in_han(number).translate(FORMAL)) == number


@RELAXED
@given(st.integers(0, 10**9), st.integers(0, 3), st.sampled_from(["", "万", "亿", "千", "百万"]))
def test_digits(number, decimals, place):
    written = Decimal(number).scaleb(-decimals)
    times = {"": 1, "千": 1000, "万": 10**4, "百万": 10**6, "亿": 10**8}[place]
    assert read_number(f"{written}{place}") == float(written * times)
    assert read_number(f"{written:,}{place}") == float(written * times)


@RELAXED
@given(st.text(max_size=50))
def test_any_text_is_read_without_a_crash(text):
    read_number(text)
    read_range(text)
    read_fraction(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,620", 1620),
        ("１２．５", 12.5),
        ("4.5万", 45_000),
        ("2.3万", 23_000),
        ("1.1万亿", 1.1e12),
        ("1亿2000万", 120_000_000),
        ("12万3千4百", 123_400),
        ("3万5", 35_000),
        ("300多亿", 3e10),
        ("300 多 亿", 3e10),
        ("十余", 10),
        ("十几万", 100_000),
        ("二百零四", 204),
        ("廿五", 25),
        ("一百卅二", 132),
        ("卅", 30),
        ("二〇二五", 2025),
        ("两万五", 25_000),
        ("三百五", 350),
        ("一亿二千万", 120_000_000),
        ("一万亿", 1e12),
        ("十二点五", 12.5),
        ("一点二亿", 120_000_000),
        ("叁仟", 3000),
        ("贰拾万", 200_000),
        ("百", 100),
    ],
)
def test_ways_of_writing(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text", ["", "万", "亿", "百千", "一三百", "三亿万", "点五", "五点", "个", "x", "9" * 99]
)
def test_no_numbers(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5", 5, None),
        ("半", 0.5, None),
        ("3-5", 3, 5),
        ("3-5万", 30_000, 50_000),
        ("3万-5万", 30_000, 50_000),
        ("8千~1万", 8000, 10_000),
        ("3000至5万", 3000, 50_000),
        ("1.5～2.0", 1.5, 2),
        ("三到五", 3, 5),
        ("两三", 2, 3),
        ("十七八", 17, 18),
        ("三四十", 30, 40),
        ("一百二三十", 120, 130),
        ("六七百", 600, 700),
        ("65±3", 62, 68),
        ("±0.3", -0.3, 0.3),
        ("零下5", -5, None),
        ("-0.52", -0.52, None),
        ("50至30", 50, 30),
        ("5-3", None, None),
        ("一一", None, None),
        ("二五", None, None),
    ],
)
def test_ranges(text, low, high):
    assert read_range(text) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("三分之二", 0.66666667, None),
        ("百分之十二点五", 0.125, None),
        ("百分之三至五", 0.03, 0.05),
        ("万分之五", 0.0005, None),
        ("1/4", 0.25, None),
        ("3:1", 3, None),
        ("1：8", 0.125, None),
        ("一半", 0.5, None),
        ("8/3", None, None),
        ("3:0", None, None),
    ],
)
def test_fractions(text, low, high):
    assert read_fraction(text) == (low, high)
