"""Rows to classify: committed titles with stretches of committed bodies, as Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.shared.hashes import folder_hash
from benchmarks.speed import ROOT, made_rows
from nlp.io.atomic import make_folder, write_atomic

PIECE = 10_000
"""Rows written at once, so that a million take little memory."""
COLUMNS = ("id", "title", "body")
CORPUS = ROOT / "corpora" / "proposals" / "train"


def made_file(folder: Path, count: int) -> Path:
    """Return a file of `count` proposals; one made of the same texts before is kept."""
    path = folder / f"rows-{count}-{folder_hash(CORPUS)[:8]}.parquet"
    if not path.is_file():
        make_folder(path)
        write_atomic(path, lambda temporary: _write(temporary, count))
    return path


def _write(path: Path, count: int) -> None:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = pa.schema(dict.fromkeys(COLUMNS, pa.string()))
    with ParquetWriter(path, schema, compression="zstd") as writer:
        for piece in _pieces(count):
            writer.write_table(pa.Table.from_pylist(piece, schema))


def _pieces(count: int) -> Iterator[list[dict[str, str]]]:
    rows = made_rows(count)
    while piece := list(islice(rows, PIECE)):
        yield piece
