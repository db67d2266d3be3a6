"""Parquet, a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp.errors import InputError
from nlp.io.cells import TableRow, make_row
from nlp.io.shape import Rows, Table, unique_names

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Batches:
    """A Parquet file, iterable anew as rows of text."""

    path: Path
    name: str

    def rows(self) -> Iterator[TableRow]:
        import pyarrow  # type: ignore[import-untyped]
        import pyarrow.parquet  # type: ignore[import-untyped]

        number = 0
        try:
            with pyarrow.parquet.ParquetFile(self.path) as file:
                for batch in file.iter_batches(batch_size=_BATCH):
                    for values in zip(*(c.to_pylist() for c in batch.columns), strict=True):
                        number += 1
                        yield make_row(number, values)
        except (pyarrow.ArrowException, OSError, ValueError) as fault:
            raise InputError(
                f"“{self.name}”读到第 {number} 行之后出错：{str(fault)[:80]}。",
                "文件可能没有传完整，请重新导出。",
            ) from fault


def read_parquet(path: Path, name: str) -> Table:
    """Open a Parquet file.

    :raises InputError: damaged, or without rows.
    """
    import pyarrow
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            heads = unique_names(file.schema_arrow.names, len(file.schema_arrow.names))
            count = file.metadata.num_rows
    except (pyarrow.ArrowException, OSError, ValueError) as fault:
        raise InputError(
            f"“{name}”不是完好的 Parquet 文件：{str(fault)[:80]}。", "请重新导出后再试。"
        ) from fault
    if not count or not heads:
        raise InputError(f"“{name}”里没有数据行。", "请重新导出后再试。")
    return Table(name, None, heads, Rows(Batches(path, name).rows, heads, 0))
