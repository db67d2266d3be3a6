"""How many rows will come, told before they are read."""

from __future__ import annotations

import json

import pyarrow
import pyarrow.parquet
import pytest
from openpyxl import Workbook

from nlp.io.read import read_proposals, read_replies

ROWS = [
    {"编号": str(n), "案由": f"关于第{n}件事的建议", "内容": "一。\n二。\n三。"} for n in range(40)
]
HEAD = tuple(ROWS[0])


def write_csv(path):
    lines = [",".join(HEAD)] + [
        f'{row["编号"]},"{row["案由"]}","一。\n""二""\n三。"' for row in ROWS
    ]
    path.write_text("\r\n".join(lines), "utf-8")


def write_jsonl(path):
    path.write_text("\n".join(json.dumps(row) for row in ROWS), "utf-8")


def write_json(path):
    path.write_text(json.dumps(ROWS, indent=2), "utf-8")


def write_parquet(path):
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(ROWS), path)


def write_xlsx(path):
    book = Workbook()
    for sheet in (book.active, book.create_sheet()):
        sheet.append(HEAD)
        for row in ROWS[:20]:
            sheet.append(tuple(row.values()))
    book.save(path)


@pytest.mark.parametrize("write", [write_csv, write_jsonl, write_json, write_parquet, write_xlsx])
def test_tables(tmp_path, write):
    path = tmp_path / f"表.{write.__name__.removeprefix('write_')}"
    write(path)
    source = read_proposals(path)
    assert abs(source.expected - len(ROWS)) <= 2  # the heads may be counted
    assert len(list(source.items)) == len(ROWS)


def test_tables_under_another_ending_keep_their_notes_and_count(tmp_path):
    write_csv(tmp_path / "表.xlsx")
    source = read_proposals(tmp_path / "表.xlsx")
    assert "其实是" in source.notes[0]
    assert abs(source.expected - len(ROWS)) <= 1


def test_what_only_reading_can_tell(tmp_path):
    write_csv(tmp_path / "a.csv")
    (tmp_path / "信.txt").write_text("关于修路的建议", "utf-8")
    assert read_proposals(tmp_path).expected is None
    assert read_proposals(tmp_path / "信.txt").expected is None
    assert read_replies(tmp_path / "信.txt").expected is None


def test_a_folder_is_judged_by_the_files_read_so_far(tmp_path):
    for n in range(10):
        write_csv(tmp_path / f"{n}.csv")
    (tmp_path / "坏.xlsx").write_bytes(b"PK")
    source = read_proposals(tmp_path)
    assert source.expected is None
    items = iter(source.items)
    for _ in range(2 * len(ROWS) + 1):
        next(items)
    assert abs(source.expected - 10 * len(ROWS)) < 5
    assert source.expected is not None
    assert len(list(items)) == 8 * len(ROWS)
    assert source.expected == 10 * len(ROWS) + 1
