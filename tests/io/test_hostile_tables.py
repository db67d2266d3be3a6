"""Tables in text, JSON, Parquet and old Excel files made to exhaust or to crash."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlwt

from nlp.errors import InputError
from nlp.io import jsonlines, parquet
from nlp.io.cells import MAX_COLUMNS, cell_text, make_row
from nlp.io.ole import CircularError, open_container, too_wide
from nlp.io.read import read_proposals
from nlp.io.tables import read_tables

TITLE = "关于路灯的建议"


@pytest.mark.parametrize("line", ["案由", TITLE])
def test_a_million_columns(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.csv").write_text(f"{line}{',' * 1_000_000}\n{TITLE}\n", "utf-8")
    with pytest.raises(InputError, match=f"超过 {MAX_COLUMNS} 列"):
        read_tables(tmp_path / "a.csv")


def test_a_single_row_too_wide_is_that_rows_fault(tmp_path: Path) -> None:
    rows = [f"{TITLE}{n}" for n in range(20)]
    text = "\n".join(["案由", *rows, f"{TITLE}{',x' * MAX_COLUMNS}", "关于桥的建议"])
    (tmp_path / "a.csv").write_text(text, "utf-8")
    items = list(read_proposals(tmp_path / "a.csv").items)
    assert [hasattr(item, "message") for item in items] == [False] * 20 + [True, False]
    assert f"超过 {MAX_COLUMNS} 格" in items[20].message


def test_a_wide_row_is_not_kept_whole() -> None:
    assert len(make_row(1, ["x"] * 1_000_000).cells) == MAX_COLUMNS + 1
    assert make_row(1, ["x"] * MAX_COLUMNS).fault == ""


def test_blank_lines_keep_row_numbers(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("\n\n案由\n" + "\n" * 10_000 + f"{TITLE}\n", "utf-8")
    (row,) = read_tables(tmp_path / "a.csv")[0].rows
    assert row.number == 10_004


def test_objects_without_common_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.dumps({"title": TITLE, **{f"k{n}-{m}": 1 for m in range(99)}}) for n in range(50)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    monkeypatch.setattr(jsonlines, "MAX_BLANKS", 1000)
    with pytest.raises(InputError, match="只在个别行里有"):
        read_tables(tmp_path / "a.jsonl")
    monkeypatch.setattr(jsonlines, "MAX_COLUMNS", 1000)
    with pytest.raises(InputError, match="列"):
        read_tables(tmp_path / "a.jsonl")


@pytest.mark.parametrize("depth", [100_000, 985, 900])
@pytest.mark.parametrize("pair", ["[]", "{}"])
def test_deep_json(tmp_path: Path, depth: int, pair: str) -> None:
    opening = '{"a":' if pair == "{}" else "["
    deep = opening * depth + "1" + pair[1] * depth
    text = f'{{"title": "{TITLE}", "x": {deep}}}'
    (tmp_path / "a.jsonl").write_text(text, "utf-8")
    (tmp_path / "a.json").write_text(f"[{text}]", "utf-8")
    for name in ("a.jsonl", "a.json"):
        try:
            items = list(read_proposals(tmp_path / name).items)
        except InputError:
            continue
        assert len(items) == 1


def test_a_value_that_cannot_be_written_again_is_said() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    assert "套得太深" in cell_text(deep)


@pytest.mark.parametrize("number", ["9" * 5000, "1e999", "-1e-300", "NaN", "-Infinity", "1E400"])
def test_huge_numbers_in_json(tmp_path: Path, number: str) -> None:
    lines = f'{{"title": "{TITLE}", "id": {number}}}\n{{"title": "关于桥的建议", "id": 2}}'
    (tmp_path / "a.jsonl").write_text(lines, "utf-8")
    assert len(list(read_proposals(tmp_path / "a.jsonl").items)) == 2


def test_keys_and_heads_lose_control_characters(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"title": "关于\\ud800路灯", "b\\udfff\\u0007": "x"}', "utf-8"
    )
    source = read_proposals(tmp_path / "a.jsonl")
    (item,) = source.items
    assert item.given == {"title": "关于路灯", "b": "x"}
    assert item.title == "关于路灯"


@pytest.mark.parametrize(
    "data",
    [
        "案由,内容\n关于\0路灯的建议,\0甲\n".encode(),
        b"\0" * 10_000,
        f"{TITLE}。".encode("utf-16-le"),
        "title,body\nabc,def\n".encode("utf-16-be"),
        b"\xff\xfe\x00",
        b"\xff\xfe\0\0\xff\xff\xff\xff",
        b"\xe6\xa1\x88\xe7\x94\xb1,x\n\xed\xa0\x80,y",
        b"\xef\xbb\xbf",
        b"sep=\x00\r\na,b",
        b'"' * 100_001,
    ],
)
def test_bytes_that_are_hardly_text(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    try:
        items = list(read_proposals(tmp_path / "a.csv").items)
    except InputError:
        return
    assert all("\0" not in item.title for item in items)


def write_parquet(path: Path, **columns: object) -> Path:
    pq.write_table(pa.table(columns), path, compression="zstd")
    return path


def test_a_parquet_file_of_too_many_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "MAX_COLUMNS", 50)
    path = write_parquet(tmp_path / "a.parquet", **{f"c{n}": ["x"] for n in range(51)})
    with pytest.raises(InputError, match="列"):
        read_tables(path)


@pytest.mark.parametrize("shared", [False, True])
def test_a_parquet_file_that_unpacks_to_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared: bool
) -> None:
    texts = pa.array([f"{TITLE}{'长' * 10_000}"] * 3000)
    path = write_parquet(tmp_path / "a.parquet", t=texts.dictionary_encode() if shared else texts)
    monkeypatch.setattr(parquet, "MAX_UNPACKED", 20_000_000)
    with pytest.raises(InputError, match="解压后超过"):
        list(read_tables(path)[0].rows)


def test_lists_of_millions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_parquet(tmp_path / "a.parquet", title=[TITLE] * 9, x=[["x"] * 100_000] * 9)
    monkeypatch.setattr(parquet, "MAX_UNPACKED", 100_000_000)
    with pytest.raises(InputError, match="解压后超过"):
        list(read_tables(path)[0].rows)


def test_values_that_python_cannot_hold(tmp_path: Path) -> None:
    when = pa.array([2**62], pa.timestamp("us"))
    path = write_parquet(tmp_path / "a.parquet", title=[TITLE], when=when)
    with pytest.raises(InputError, match="出错"):
        list(read_tables(path)[0].rows)


def test_a_deep_parquet_schema(tmp_path: Path) -> None:
    kind, value = pa.string(), "x"
    for _ in range(60):
        kind, value = pa.list_(kind), [value]
    path = write_parquet(tmp_path / "a.parquet", title=[TITLE], x=pa.array([value], kind))
    with pytest.raises(InputError, match="不是完好的 Parquet"):
        read_tables(path)


@pytest.mark.parametrize("foot", [b"\xff" * 100, b"\x00" * 100, b"\x1c" * 200_000])
def test_a_parquet_foot_of_nonsense(tmp_path: Path, foot: bytes) -> None:
    data = b"PAR1" + foot + struct.pack("<I", len(foot)) + b"PAR1"
    (tmp_path / "a.parquet").write_bytes(data)
    with pytest.raises(InputError, match="不是完好的 Parquet"):
        read_tables(tmp_path / "a.parquet")


@pytest.fixture
def old_book(tmp_path: Path) -> bytes:
    """Return the bytes of an .xls with two sheets."""
    book = xlwt.Workbook()
    for name in ("提案", "答复"):
        sheet = book.add_sheet(name)
        for row in range(200):
            sheet.write(row, 0, f"{name}{TITLE}{row}")
    book.save(str(tmp_path / "plain.xls"))
    return (tmp_path / "plain.xls").read_bytes()


def test_an_old_workbook_that_claims_all_rows_there_are(old_book: bytes, tmp_path: Path) -> None:
    data = bytearray(old_book)
    at = data.find(struct.pack("<HH", 0x200, 14))
    struct.pack_into("<IIHH", data, at + 4, 0, 0xFFFF_FFFF, 0, 0xFFFF)
    (tmp_path / "a.xls").write_bytes(data)
    with pytest.raises(InputError, match="已损坏"):
        read_tables(tmp_path / "a.xls")


def test_an_old_workbook_that_lists_one_sheet_twice(old_book: bytes, tmp_path: Path) -> None:
    book = open_container(old_book).book
    assert not too_wide(book)
    first = book.find(struct.pack("<H", 0x85))
    second = book.find(struct.pack("<H", 0x85), first + 4)
    start = struct.unpack_from("<I", book, first + 4)[0]
    for offset in (start, start + 20):
        changed = bytearray(book)
        struct.pack_into("<I", changed, second + 4, offset)
        assert too_wide(bytes(changed))


def shared_sectors(streams: int) -> bytes:
    """Build a container whose streams all begin at one chain of 100 sectors."""
    directory = range(1, 2 + streams // 4)
    first = directory[-1] + 1
    table = [0xFFFFFFFD, *(n + 1 for n in directory), *(n + 1 for n in range(first, first + 100))]
    table[directory[-1]] = table[first + 99] = 0xFFFFFFFE
    table += [0xFFFFFFFF] * (128 - len(table))
    header = bytearray(b"\xff" * 512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 62, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<I", header, 76, 0)
    entries = bytearray(128 * 4 * len(directory))
    for number in range(streams):
        at = 128 * number
        struct.pack_into("<HBB3I", entries, at + 64, 4, 2, 1, *[0xFFFFFFFF] * 3)
        struct.pack_into("<II", entries, at + 116, first, 100 * 512)
    return bytes(header) + struct.pack("<128I", *table) + bytes(entries) + bytes(100 * 512)


def test_streams_that_share_sectors_are_not_walked_for_ever() -> None:
    open_container(shared_sectors(3))
    with pytest.raises(CircularError):
        open_container(shared_sectors(40))
