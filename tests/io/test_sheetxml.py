"""Facts that only the sheet's XML tells."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from nlp.errors import InputError
from nlp.io import extents
from nlp.io.sheetxml import scan_sheets

Make = Callable[..., Path]


def _sheet(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def test_pieces_do_not_cut_cells(make_xlsx: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_xlsx([("案由",), *[("=1+1",)] * 300])
    whole = scan_sheets(path, "a")["提案"].uncached
    monkeypatch.setattr(extents, "_STEP", 57)
    assert scan_sheets(path, "a")["提案"].uncached == whole
    assert len(whole) == 300


def test_cached_empty_text_is_a_result(make_xlsx: Make, repack: Make) -> None:
    path = make_xlsx([("案由",), ("=1+1",)])
    xml = _sheet(path).replace('<c r="A2">', '<c r="A2" t="str">')
    assert 't="str"' in xml
    path = repack(path, "b.xlsx", **{"xl__worksheets__sheet1.xml": xml.encode()})
    assert scan_sheets(path, "b")["提案"].uncached == ()


def test_a_cell_whose_row_lies_is_still_seen(make_xlsx: Make, repack: Make) -> None:
    path = make_xlsx([("案由", "内容"), ("甲", "乙")])
    xml = _sheet(path).replace('r="B2"', 'r="ZZ999999"')
    path = repack(path, "b.xlsx", **{"xl__worksheets__sheet1.xml": xml.encode()})
    with pytest.raises(InputError, match="999999 行"):
        scan_sheets(path, "b")


def test_missing_parts_give_no_facts(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/other.xml", "<x/>")
    assert scan_sheets(tmp_path / "a.xlsx", "a") == {}
