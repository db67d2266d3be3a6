"""Shares beyond 100 % and counts below zero are said, growth is not."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("满意率1000%", "“满意率1000%”不可能，率和占比应在0%到100%之间，没有读入。"),
        ("办复率-5%", "“办复率-5%”不可能，率和占比应在0%到100%之间，没有读入。"),
        ("已解决的占120.5%", "“已解决的占120.5%”不可能，率和占比应在0%到100%之间，没有读入。"),
        ("收到提案-12件", "“收到提案-12件”不可能，件数不能小于0，没有读入。"),
    ],
)
def test_an_impossible_number_is_said(only, said, message):
    fault = only(f"承办提案{{handled 120件}}，{said}。")
    assert (fault.code, fault.message) == ("impossible", message)


@pytest.mark.parametrize(
    "said",
    [
        "投资增长120%",
        "提案比上年增加-5件",
        "税收完成计划的105%",
        "满意率100%",
        "满意率98%-99%",
        "提案办复率较上年提高-5%",
        "第2023-12件",
    ],
)
def test_growth_and_ranges_are_possible(found, said):
    assert found(f"承办提案{{handled 120件}}，{said}。") == []
