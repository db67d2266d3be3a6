"""Parquet in batches."""

from __future__ import annotations

import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nlp.errors import InputError
from nlp.io.tables import read_tables


def test_types_and_batches(tmp_path: Path) -> None:
    count = 2500
    table = pa.table(
        {
            "id": list(range(count)),
            "title": [f"关于第{n}条路的建议" for n in range(count)],
            "topics": [["a", "b"]] * count,
            "day": [datetime.date(2024, 3, 1)] * count,
            "score": [None, *[1.0] * (count - 1)],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    (read,) = read_tables(tmp_path / "a.parquet")
    rows = list(read.rows)
    assert len(rows) == count
    assert rows[0].cells == ("0", "关于第0条路的建议", "a；b", "2024-03-01", "")
    assert (rows[-1].number, rows[-1].cells[4]) == (count, "1")


def test_truncated(tmp_path: Path) -> None:
    pq.write_table(pa.table({"title": ["甲"] * 500}), tmp_path / "a.parquet")
    data = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "a.parquet").write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError, match="不是完好的 Parquet"):
        read_tables(tmp_path / "a.parquet")


def test_no_rows(tmp_path: Path) -> None:
    pq.write_table(pa.table({"title": pa.array([], pa.string())}), tmp_path / "a.parquet")
    with pytest.raises(InputError, match="没有数据行"):
        read_tables(tmp_path / "a.parquet")
