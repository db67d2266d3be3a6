"""Records as typed columns of Parquet, straight from their JSON lines."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from nlp.io.atomic import write_atomic
from nlp.io.safe import Written

Columns = Callable[[], Any]
"""Returns the pyarrow schema of a kind of record; a call, since pyarrow is slow to import."""
_TOGETHER = 8_000_000
"""Characters of JSON that become one row group: a few thousand records."""


def write_parquet(path: Path, lines: Iterable[str], columns: Columns) -> Written:
    """Write JSON lines as Parquet (zstd); nested fields stay nested.

    :raises InputError: the file cannot be written.
    """

    def fill(temporary: Path) -> None:
        from pyarrow import json as reader  # type: ignore[import-untyped]
        from pyarrow.parquet import ParquetWriter  # type: ignore[import-untyped]

        schema = columns()
        parsing = reader.ParseOptions(schema, unexpected_field_behavior="error")
        with ParquetWriter(temporary, schema, compression="zstd") as writer:
            for text in _gathered(lines):
                data = text.encode("utf-8", "replace")
                reading = reader.ReadOptions(block_size=len(data) + 1)
                table = reader.read_json(io.BytesIO(data), reading, parsing)
                writer.write_table(table.select(schema.names).cast(schema))

    write_atomic(path, fill)
    return Written(path)


def _gathered(lines: Iterable[str]) -> Iterator[str]:
    part: list[str] = []
    size = 0
    for line in lines:
        part.append(line)
        size += len(line)
        if size >= _TOGETHER:
            yield "".join(part)
            part, size = [], 0
    if part:
        yield "".join(part)


def SUGGESTIONS() -> Any:  # noqa: ANN401 - a constant in all but its import
    """Return the columns of suggestions, as in the contract."""
    import pyarrow as pa

    scores = pa.list_(_struct(label="string", name="string", probability="double"))
    units = pa.list_(_struct(function="string", unit="string", probability="double"))
    return pa.schema(
        {
            **_texts("id", "title"),
            "topics": scores,
            "accepted_topics": pa.list_(pa.string()),
            "lead": units,
            "co": units,
            "decision": pa.string(),
            "evidence": pa.list_(_struct(kind="string", text="string", weight="double")),
            **_texts("model", "error"),
        }
    )


def DIGESTED() -> Any:  # noqa: ANN401
    """Return the columns of digests, as in the contract."""
    import pyarrow as pa

    place = {"start": "int64", "end": "int64"}
    figure = dict.fromkeys(("text", "kind"), "string") | dict.fromkeys(("value", "upper"), "double")
    figure |= {"unit": "string", "date": "string", "deadline": "bool", **place}
    named = [("unit", pa.string()), ("functions", pa.list_(pa.string()))]
    unit = pa.struct([*named, *((name, pa.int64()) for name in place)])
    return pa.schema(
        {
            **_texts("id", "title", "summary"),
            "spans": pa.list_(_struct(**place)),
            "outcome": pa.string(),
            "outcome_probability": pa.float64(),
            "basis": _struct(kind="string", text="string"),
            "figures": pa.list_(_struct(**figure)),
            "units": pa.list_(pa.string()),
            "unit_spans": pa.list_(unit),
            "measures": pa.list_(_struct(**place, time="string")),
            "flags": pa.list_(_struct(code="string", message="string")),
            **_texts("method", "note", "model", "error"),
        }
    )


def _struct(**kinds: str) -> Any:  # noqa: ANN401
    import pyarrow as pa

    return pa.struct([(name, pa.type_for_alias(kind)) for name, kind in kinds.items()])


def _texts(*names: str) -> dict[str, Any]:
    import pyarrow as pa

    return {name: pa.string() for name in names}
