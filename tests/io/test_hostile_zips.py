"""Zip containers made to exhaust or to deceive, and sheets that reach further than they say."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from nlp.errors import InputError
from nlp.io.guard import MAX_MEMBERS, check_zip
from nlp.io.tables import read_tables

Make = Callable[..., Path]
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def flags(data: bytes, *, local: int, central: int, value: int) -> bytes:
    """Put a number into every header of a zip file, at its place in either kind."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        at = changed.find(mark)
        while at >= 0:
            struct.pack_into("<H", changed, at + offset, value)
            at = changed.find(mark, at + 4)
    return bytes(changed)


def sheet(body: str, *, tail: str = "") -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{tail}</worksheet>'.encode()


def cell(place: str, text: str = "甲") -> str:
    """Write a cell; without a place, a reader has to count."""
    told = f'r="{place}" ' if place else ""
    return f'<c {told}t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *cells: str) -> str:
    told = f' r="{number}"' if number else ""
    return f"<row{told}>{''.join(cells)}</row>"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_expand_without_limit_are_refused(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", method) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 5_000_000)
    with pytest.raises(InputError, match="压缩方法"):
        read_tables(tmp_path / "a.xlsx")


def test_deflate64_is_refused(make_xlsx: Make, tmp_path: Path) -> None:
    data = flags(make_xlsx().read_bytes(), local=8, central=10, value=9)
    (tmp_path / "b.xlsx").write_bytes(data)
    with pytest.raises(InputError, match="压缩方法"):
        read_tables(tmp_path / "b.xlsx")


def test_an_encrypted_archive_is_told_as_one(make_xlsx: Make, tmp_path: Path) -> None:
    data = flags(make_xlsx().read_bytes(), local=6, central=8, value=1)
    (tmp_path / "b.xlsx").write_bytes(data)
    with pytest.raises(InputError, match="打开密码"):
        read_tables(tmp_path / "b.xlsx")


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"x" * 100_000)
    data = packed.getvalue()
    start = data.index(b"PK\x01\x02")
    entry, end = data[start : data.index(b"PK\x05\x06")], data.index(b"PK\x05\x06")
    twin = entry.replace(b"a", b"b")
    tail = bytearray(data[end:])
    struct.pack_into("<HHI", tail, 8, 2, 2, len(entry) * 2)
    (tmp_path / "a.xlsx").write_bytes(data[:start] + entry + twin + bytes(tail))
    with pytest.raises(InputError, match="重叠"):
        check_zip(tmp_path / "a.xlsx", "a.xlsx")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused(make_xlsx: Make) -> None:
    path = make_xlsx()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(SHEET.upper(), sheet(""))
    with pytest.raises(InputError, match="同名"):
        read_tables(path)


def test_ten_thousand_and_one_members(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for number in range(MAX_MEMBERS + 1):
            archive.writestr(f"xl/{number}", b"")
    with pytest.raises(InputError, match="10001 个部件"):
        read_tables(tmp_path / "a.xlsx")


def test_a_zip_inside_is_never_unpacked(make_xlsx: Make, tmp_path: Path) -> None:
    path = make_xlsx()
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("b", b"\0" * 50_000_000)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/embeddings/a.zip", inner.getvalue())
    assert read_tables(path)[0].header == ("编号", "案由", "内容")


FAR = row(1, cell("A1")) + row(1_048_576, cell("XFD1048576"))


@pytest.mark.parametrize(
    "body",
    [
        FAR,
        FAR.replace("r=", "r = "),
        FAR.replace("XFD1048576", "xfd1048576"),
        FAR.replace("<c r=", '<c s=">" r='),
        FAR.replace("XFD1048576", "AAAAAAAAAAAA1"),
        FAR.replace("XFD1048576", "ZZ00000000000001048576"),
        row(0, cell("") * 4000) + row(0, cell("")) * 8000,
    ],
)
def test_a_cell_in_the_last_corner_is_a_sentence(make_xlsx: Make, repack: Make, body: str) -> None:
    path = repack(make_xlsx(), "b.xlsx", **{SHEET.replace("/", "__"): sheet(body)})
    with pytest.raises(InputError, match="超过能读的范围"):
        read_tables(path)


@pytest.mark.parametrize(
    ("target", "part"),
    [("/xl/worksheets/SHEET9.xml", "xl/worksheets/sheet9.XML"), ("/xl/odd.dat", "xl/odd.dat")],
)
def test_it_is_found_under_any_name(make_xlsx: Make, repack: Make, target: str, part: str) -> None:
    path = make_xlsx()
    with zipfile.ZipFile(path) as archive:
        links = archive.read("xl/_rels/workbook.xml.rels")
    changed = links.replace(b"/xl/worksheets/sheet1.xml", target.encode())
    assert changed != links
    members = {"xl___rels__workbook.xml.rels": changed, part.replace("/", "__"): sheet(FAR)}
    path = repack(path, "b.xlsx", **members)
    with pytest.raises(InputError, match="超过能读的范围"):
        read_tables(path)


def test_cells_without_places_are_counted(make_xlsx: Make, repack: Make) -> None:
    rows = row(0, cell("", "案由"), cell("", "内容")) + row(0, cell(""), cell("")) * 3
    path = repack(make_xlsx(), "b.xlsx", **{SHEET.replace("/", "__"): sheet(rows)})
    (table,) = read_tables(path)
    assert [row.cells for row in table.rows] == [("甲", "甲")] * 3


def test_what_a_sheet_claims_of_itself_is_not_believed(make_xlsx: Make, repack: Make) -> None:
    path = make_xlsx()
    with zipfile.ZipFile(path) as archive:
        plain = archive.read(SHEET)
    claim = plain.replace(b'<dimension ref="A1:C4"', b'<dimension ref="A1:XFD1048576"')
    assert claim != plain
    (table,) = read_tables(repack(path, "b.xlsx", **{SHEET.replace("/", "__"): claim}))
    assert len(list(table.rows)) == 3


def test_sheets_that_share_a_part_are_refused(make_xlsx: Make, repack: Make) -> None:
    path = make_xlsx()
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml").decode()
    start, end = book.index("<sheet "), book.index("</sheets>")
    more = "".join(book[start:end].replace("提案", f"表{n}") for n in range(500))
    changed = (book[:start] + more + book[end:]).encode()
    path = repack(path, "c.xlsx", **{"xl__workbook.xml": changed})
    with pytest.raises(InputError, match="共用"):
        read_tables(path)


def test_merges_over_all_rows_cost_nothing(make_xlsx: Make, repack: Make) -> None:
    merges = "".join(f'<mergeCell ref="{chr(65 + n % 26)}1:B1048576"/>' for n in range(2000))
    body = row(1, cell("A1", "案由")) + row(2, cell("A2"))
    xml = sheet(body, tail=f"<mergeCells>{merges}</mergeCells>")
    (table,) = read_tables(repack(make_xlsx(), "b.xlsx", **{SHEET.replace("/", "__"): xml}))
    assert table.header == ("案由",)


def record(kind: int, data: bytes) -> bytes:
    head = [kind] if kind < 128 else [kind & 0x7F | 0x80, kind >> 7]
    return bytes([*head, len(data)]) + data


def xlsb(path: Path, last_row: int, column: int) -> Path:
    """Write a workbook in Excel's binary form with two cells, one at the place."""

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    def one(row: int, column: int) -> bytes:
        head = record(0, struct.pack("<I", row) + bytes(13))
        return head + record(6, struct.pack("<II", column, 0) + text("案由"))

    name = record(156, struct.pack("<II", 0, 1) + text("rId1") + text("a"))
    book = b"".join((record(131, b""), record(143, b""), name, record(144, b""), record(132, b"")))
    cells = record(145, b"") + one(0, 0) + one(last_row, column) + record(146, b"")
    ends = record(129, b""), record(148, struct.pack("<4I", 0, 1, 0, 1)), record(130, b"")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/worksheets/sheet1.bin", ends[0] + ends[1] + cells + ends[2])
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Target="worksheets/sheet1.bin" Type="http://schemas.'
            'openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>',
        )
    return path


def test_a_binary_workbook_is_measured_too(tmp_path: Path) -> None:
    assert read_tables(xlsb(tmp_path / "a.xlsb", 1, 0))[0].header == ("案由",)
    with pytest.raises(InputError, match="1048576 行 × 16384 列"):
        read_tables(xlsb(tmp_path / "b.xlsb", 1_048_575, 16_383))
