"""The rule: mark, UTF-8, GB18030; and what fits none."""

from __future__ import annotations

import pytest

from nlp.errors import InputError, UsageError
from nlp.io.encoding import decode

TEXT = "编号,案由\n1,关于增建公办幼儿园的建议——“㙍”\n"


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
    ],
)
def test_each_encoding_is_recognised(codec: str, found: str) -> None:
    decoded = decode(TEXT.encode(codec), name="a.csv")
    assert decoded.text == TEXT
    assert decoded.encoding == found


def test_big_endian_utf16_loses_its_mark() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be"), name="a").text == TEXT


def test_short_gbk_is_not_taken_for_korean() -> None:
    assert decode("标题,内容".encode("gbk"), name="a").text == "标题,内容"


def test_override_wins_over_the_rule() -> None:
    data = "關於教育的建議".encode("big5")
    assert decode(data, name="a", encoding="big5").text == "關於教育的建議"


def test_override_drops_the_mark() -> None:
    assert decode(b"\xef\xbb\xbfid", name="a", encoding="utf-8").text == "id"


def test_override_that_does_not_fit_names_the_offset() -> None:
    with pytest.raises(InputError, match="第 2 字节") as caught:
        decode(b"ab\xff\xfe", name="a.csv", encoding="utf-8")
    assert "--encoding" in caught.value.hint


def test_unknown_override_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="klingon"):
        decode(b"a", name="a", encoding="klingon")


def test_bytes_that_fit_none_name_offset_and_line() -> None:
    data = b"title\nok,\xff\xff\n"
    with pytest.raises(InputError, match="第 9 字节（约第 2 行）") as caught:
        decode(data, name="坏.csv")
    assert "坏.csv" in caught.value.message
    assert "--encoding" in caught.value.hint


def test_binary_is_refused_before_guessing() -> None:
    with pytest.raises(InputError, match="不是文本文件"):
        decode(bytes(range(256)) * 20 + b"\0" * 4000, name="a.bin")


def test_stray_nul_is_not_binary() -> None:
    assert decode("标题\x00,内容很长很长很长".encode(), name="a").text.count("\x00") == 1


def test_damaged_utf8_is_not_read_as_gbk_nonsense() -> None:
    data = "关于增建公办幼儿园的建议".encode()
    with pytest.raises(InputError, match=r"UTF-8 文本，但第 33 字节"):
        decode(data[:-1], name="断.txt")
