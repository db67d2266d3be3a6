"""Parquet holds every record of the contract, nested fields as they are."""

from __future__ import annotations

import batch_samples
import digest_samples
import pytest
from pyarrow import parquet

from nlp.batch import columns
from nlp.batch.columns import DIGESTED, SUGGESTIONS, write_parquet
from nlp.batch.digest_workbook import write_digests
from nlp.batch.digests import to_digest_record
from nlp.batch.outputs import write_out
from nlp.batch.records import to_record
from nlp.batch.tally import Tally
from nlp.errors import InputError
from nlp.io.write import json_line
from nlp.types import Decision


def fields(kind) -> object:
    """Return the names of nested fields in order."""
    if hasattr(kind, "value_type"):
        return [fields(kind.value_type)]
    if kind.num_fields:
        return {field.name: fields(field.type) for field in kind}
    return None


def shape(value) -> object:
    """Return the same for a record that has something everywhere."""
    if isinstance(value, list):
        return [shape(value[0])]
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items()}
    return None


@pytest.mark.parametrize(
    ("schema", "record"),
    [
        (SUGGESTIONS, to_record(batch_samples.MIXED[0])),
        (DIGESTED, to_digest_record(digest_samples.MIXED[1])),
    ],
)
def test_the_columns_are_those_of_the_contract_in_its_order(schema, record):
    found = {name: fields(schema().field(name).type) for name in schema().names}
    assert list(found) == list(record)
    assert found == shape(record)


def test_all_demo_records_come_back(tmp_path, demo_suggestions, demo_digests):
    items = [*demo_suggestions, *batch_samples.MIXED]
    write_out(tmp_path / "a.parquet", batch_samples.results(items), Tally(), lambda: None)
    assert parquet.read_table(tmp_path / "a.parquet").to_pylist() == list(map(to_record, items))
    items = [*demo_digests, *digest_samples.MIXED]
    write_digests(tmp_path / "b.parquet", digest_samples.results(items), Tally(), lambda: None)
    found = parquet.read_table(tmp_path / "b.parquet").to_pylist()
    assert found == list(map(to_digest_record, items))


def test_odd_texts_and_many_row_groups(tmp_path, monkeypatch):
    monkeypatch.setattr(columns, "_TOGETHER", 100)
    texts = ["a\nb\r\u2028", "\x00\x1f\"'\\", "2025-09-18", "12", "😀" * 50, ""]
    items = [
        batch_samples.suggestion(
            n, 0.5, Decision.AUTO, id=text, title=text, accepted_topics=(text,)
        )
        for n, text in enumerate(texts)
    ]
    lines = [json_line(to_record(item)) for item in items]
    write_parquet(tmp_path / "a.parquet", lines, SUGGESTIONS)
    found = parquet.ParquetFile(tmp_path / "a.parquet")
    assert found.num_row_groups == len(items)
    assert found.read().to_pylist() == list(map(to_record, items))


def test_no_rows(tmp_path):
    write_parquet(tmp_path / "a.parquet", [], DIGESTED)
    found = parquet.read_table(tmp_path / "a.parquet")
    assert (found.num_rows, found.schema.names) == (0, DIGESTED().names)


def test_a_field_that_no_column_has_is_no_silent_loss(tmp_path):
    record = {**to_record(batch_samples.MIXED[0]), "new": 1}
    with pytest.raises(Exception, match="unexpected field"):
        write_parquet(tmp_path / "a.parquet", [json_line(record)], SUGGESTIONS)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="不存在"):
        write_parquet(tmp_path / "无" / "a.parquet", [], SUGGESTIONS)
