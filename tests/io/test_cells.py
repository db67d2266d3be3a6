"""Typed values become the text a reader would write."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from nlp.io.cells import MAX_CELL, cell_text, clean_text, make_row


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("007", "007"),
        (123.0, "123"),
        (1.5, "1.5"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (1234567890123.0, "1234567890123"),
        (3.412261990010113e17, "341226199001011300"),
        (float("nan"), ""),
        (True, "TRUE"),
        (date(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1, 8, 30), "2024-03-01 08:30:00"),
        (time(8, 30), "08:30:00"),
        (timedelta(hours=30), "30:00:00"),
        (["a", 1.0], "a；1"),
        ([{"k": "值"}], '[{"k": "值"}]'),
        ({"k": "值"}, '{"k": "值"}'),
        (b"\xe5\x80\xbc", "值"),
    ],
)
def test_cell_text(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_control_characters_go_and_are_counted() -> None:
    clean = clean_text("甲\x00乙\x07丙\ud800丁\uffff")
    assert clean.text == "甲乙丙丁"
    assert clean.removed == 4


def test_line_breaks_are_unified_and_not_counted() -> None:
    clean = clean_text("一\r\n二\r三\x0b四\u2028五\t六")
    assert clean.text == "一\n二\n三\n四\n五\t六"
    assert clean.removed == 0


def test_rare_characters_survive() -> None:
    assert clean_text("𠮷㙍①é").text == "𠮷㙍①é"


def test_over_long_cell_is_the_rows_fault_and_is_not_kept_whole() -> None:
    row = make_row(7, ["1", "长" * (MAX_CELL + 1)])
    assert "第2列" in row.fault
    assert str(MAX_CELL + 1) in row.fault
    assert len(row.cells[1]) < 1000


def test_cell_at_the_limit_is_kept() -> None:
    row = make_row(1, ["长" * MAX_CELL])
    assert row.fault == ""
    assert len(row.cells[0]) == MAX_CELL
