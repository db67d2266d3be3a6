"""Parquet, a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.errors import InputError
from nlp.io.cells import MAX_COLUMNS, TableRow, make_row
from nlp.io.guard import MAX_UNPACKED
from nlp.io.shape import Rows, Table, too_wide, unique_names

_BATCH = 1000
_SMALL_BATCH = 16
_PIECE = 32 * 2**20
"""Bytes of a batch that become Python objects at once; these take several times as much."""
_ITEM, _LONG_LIST = 200, 10_000
_EXPANSION = 20
"""How many times its own size an honest file unpacks to, where that is more than MAX_UNPACKED."""


@dataclass(frozen=True, slots=True)
class Batches:
    """A Parquet file, iterable anew as rows of text."""

    path: Path
    name: str

    def rows(self, after: int = 0) -> Iterator[TableRow]:
        """Yield the rows; those up to one may be left out where they need not be decoded."""
        import pyarrow  # type: ignore[import-untyped]
        import pyarrow.parquet  # type: ignore[import-untyped]

        number = 0
        try:
            # buffered ahead, what has been read would be kept until the end of the file
            with pyarrow.parquet.ParquetFile(self.path, pre_buffer=False) as file:
                for number, values in self._values(file, after):
                    yield make_row(number, values)
        except _faults() as fault:
            raise InputError(
                f"“{self.name}”读到第 {number} 行之后出错：{str(fault)[:80]}。",
                "文件可能没有传完整，请重新导出。",
            ) from fault

    def _values(self, file: Any, after: int) -> Iterator[tuple[int, tuple[object, ...]]]:  # noqa: ANN401
        """Yield rows; counts what unpacks, for a column may repeat one long text for ever.

        Batches before `after` are counted all the same: whoever begins there must meet the
        limit at the same row.
        """
        most = _most(self.path)
        number = held = said = 0
        for batch in file.iter_batches(batch_size=_batch_size(file.metadata)):
            held += batch.nbytes
            if held > most:
                raise _bomb(self.name)
            weighty = _weighty(batch.columns)
            left_out = 0 if weighty else max(0, min(after - number, batch.num_rows))
            number += left_out
            for columns in _pieces(batch.slice(left_out)):
                for values in zip(*(column.to_pylist() for column in columns), strict=True):
                    if weighty:
                        said += sum(map(_weight, values))
                        if said > most:
                            raise _bomb(self.name)
                    number += 1
                    yield number, values


def _pieces(batch: Any) -> Iterator[list[Any]]:  # noqa: ANN401
    """Cut a batch into what becomes Python objects at once."""
    step = max(1, batch.num_rows * _PIECE // max(batch.nbytes, _PIECE))
    if any(hasattr(column, "dictionary") for column in batch.columns):
        step = min(step, _SMALL_BATCH)  # its texts are counted once
    for start in range(0, batch.num_rows, step):
        yield batch.slice(start, step).columns


def _weighty(columns: list[Any]) -> bool:
    """Tell whether values may take far more than the bytes that the batch says it has."""
    return any(hasattr(column, "dictionary") or column.type.num_fields for column in columns)


def _weight(value: object) -> int:
    """Count a text's characters; a list beyond any real one weighs what its items cost here."""
    if isinstance(value, str):
        return len(value)
    return _ITEM * len(value) if isinstance(value, list) and len(value) > _LONG_LIST else 0


def _most(path: Path) -> int:
    """Tell how many bytes, or characters, a file may unpack to."""
    return max(MAX_UNPACKED, _EXPANSION * path.stat().st_size)


def _bomb(name: str) -> InputError:
    return InputError(
        f"“{name}”解压后超过 {MAX_UNPACKED // 2**20} MB，后面的行没有读。",
        "可能是压缩炸弹；请确认文件来源，或拆成几个文件。",
    )


def _batch_size(metadata: Any) -> int:  # noqa: ANN401
    """Choose few rows at once for a file that says its rows are long, or packs them well."""
    unpacked = _claimed(metadata)
    rows = max(metadata.num_rows, 1)
    return _BATCH if unpacked / rows * _BATCH <= _PIECE and rows >= _BATCH else _SMALL_BATCH


def _claimed(metadata: Any) -> int:  # noqa: ANN401
    groups = [metadata.row_group(n) for n in range(metadata.num_row_groups)]
    return sum(max(group.total_byte_size, 0) for group in groups)


def _faults() -> tuple[type[Exception], ...]:
    """Name what pyarrow raises for damaged files, and Python for values that it cannot hold."""
    import pyarrow

    own: type[Exception] = pyarrow.ArrowException
    return (own, OSError, ValueError, ArithmeticError, LookupError, TypeError)


def read_parquet(path: Path, name: str) -> Table:
    """Open a Parquet file.

    :raises InputError: damaged, too wide, or without rows.
    """
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            width, count = file.metadata.num_columns, file.metadata.num_rows
            heads = () if width > MAX_COLUMNS else _heads(file.schema_arrow.names)
            unpacked = _claimed(file.metadata)
    except _faults() as fault:
        raise InputError(
            f"“{name}”不是完好的 Parquet 文件：{str(fault)[:80]}。", "请重新导出后再试。"
        ) from fault
    if width > MAX_COLUMNS:
        raise too_wide(name)
    if unpacked > _most(path):
        raise _bomb(name)
    if not count or not heads:
        raise InputError(f"“{name}”里没有数据行。", "请重新导出后再试。")
    batches = Batches(path, name)
    rows = Rows(batches.rows, heads, 0, later=batches.rows)
    return Table(name, None, heads, rows, expected=count)


def _heads(names: Sequence[str]) -> tuple[str, ...]:
    return unique_names(names, len(names))
