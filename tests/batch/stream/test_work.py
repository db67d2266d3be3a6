"""One chunk's results, as the journal keeps them."""

from __future__ import annotations

import json
import sys
from types import ModuleType

import pytest
from stream_samples import Letters, Shouting, loud, rows, to_loud

from nlp.batch.stream.chunks import cut
from nlp.batch.stream.work import Keep, Worker
from nlp.types import Proposal


def chunk(items):
    (found,) = cut(items, b"salt", size=10**9)
    return found


def objects(lines: str) -> list:
    return [json.loads(line) for line in lines.split("\n")[:-1]]


def test_records_cells_and_counts():
    items = rows(20)
    given = chunk(items)
    done = Shouting(Keep(cells=True)).open()(given)
    assert done.key == given.key
    assert objects(done.lines) == [to_loud(loud(item)) for item in items]
    assert objects(done.given) == [dict(item.given) for item in items]
    counts = json.loads(done.counts)
    assert counts["heads"] == ["编号", "列1", "列3"]
    tally = Letters()
    list(tally.watch(map(loud, items)))
    assert counts["tally"] == {"rows": 20, "failed": 2, "letters": dict(tally.letters)}


def test_cells_are_kept_only_for_outputs_that_show_them():
    done = Shouting(Keep(cells=False)).open()(chunk(rows(5)))
    assert done.given == ""
    assert json.loads(done.counts)["heads"] == []


def test_what_masks_is_asked_for_records_and_cells(monkeypatch):
    mask = ModuleType("nlp.text.mask")
    mask.masked_record = lambda record: {name: "*" for name in record}
    monkeypatch.setitem(sys.modules, "nlp.text.mask", mask)
    items = [Proposal("1", "a13800001111", given={"电话": "13800001111"})]
    done = Shouting(Keep(mask=True, cells=True)).open()(chunk(items))
    assert objects(done.lines) == [{"id": "*", "title": "*", "error": "*"}]
    assert objects(done.given) == [{"电话": "*"}]


@pytest.mark.parametrize("count", [0, 2, 4])
def test_a_worker_that_loses_or_invents_rows_is_found_out(count):
    worker = Worker(lambda items: [loud(items[0])] * count, to_loud, Letters, Keep())
    with pytest.raises(RuntimeError, match=f"{count} results for 3 rows"):
        worker(chunk(rows(3)))


def test_line_ends_and_lone_surrogates_inside_texts():
    items = [Proposal("1", "a\nb\u2028\x85c\ud800"), Proposal("2", "d")]
    done = Shouting().open()(chunk(items))
    assert [record["title"] for record in objects(done.lines)] == ["A\nB\u2028\x85C?", "D"]
    done.lines.encode()
