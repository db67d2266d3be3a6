"""Old containers are proven sound before calamine gets them."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
import xlwt
from office_samples import ole_container

from nlp.errors import InputError
from nlp.io.ole import CircularError, chain, open_container, too_wide
from nlp.io.tables import read_tables


def _xls(path: Path) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("提案")
    for row in range(300):
        sheet.write(row, 0, row)
        sheet.write(row, 1, f"关于第{row}条路的建议")
    book.save(str(path))
    return path.read_bytes()


def test_names_are_those_below_the_root() -> None:
    assert open_container(ole_container("WordDocument", "Data")).names == {"WordDocument", "Data"}


def test_a_real_workbook(tmp_path: Path) -> None:
    container = open_container(_xls(tmp_path / "a.xls"))
    assert container.names == {"Workbook"}
    assert not too_wide(container.book)


def test_circles_are_found() -> None:
    with pytest.raises(CircularError):
        open_container(ole_container("Workbook", next_sector=1))
    with pytest.raises(CircularError):
        chain([1, 2, 0], 0)
    assert chain([1, 2, 0xFFFFFFFE], 0) == [0, 1, 2]


def test_circular_workbook_is_a_sentence_not_a_hang(tmp_path: Path) -> None:
    (tmp_path / "环.xls").write_bytes(ole_container("Workbook", next_sector=1))
    with pytest.raises(InputError, match="已损坏"):
        read_tables(tmp_path / "环.xls")


def test_cell_beyond_the_last_column_is_a_sentence_not_an_abort(tmp_path: Path) -> None:
    data = bytearray(_xls(tmp_path / "a.xls"))
    needle = struct.pack("<HHHH", 0xFD, 10, 299, 1)
    assert data.count(needle) == 1
    struct.pack_into("<H", data, data.find(needle) + 6, 60_000)
    (tmp_path / "a.xls").write_bytes(data)
    with pytest.raises(InputError, match="已损坏"):
        read_tables(tmp_path / "a.xls")


@pytest.mark.parametrize("size", [8, 511, 700])
def test_torn_containers_have_no_names(size: int) -> None:
    assert open_container(ole_container("Workbook")[:size]).names == frozenset()
