"""Where results go: xlsx for staff, csv and jsonl for programs; the ending decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from nlp.batch.records import to_record
from nlp.batch.result import R
from nlp.batch.sheets import Layout, own_heads
from nlp.batch.tally import Tally
from nlp.batch.workbook import RESULTS, RunFacts, write_results
from nlp.errors import UsageError
from nlp.io.atomic import check_writable
from nlp.io.write import Written, write_csv, write_jsonl
from nlp.types import Suggestion

ENDINGS = (".xlsx", ".csv", ".jsonl")
T = TypeVar("T")


def check_out(path: Path, source: str = "-") -> None:
    """Refuse an output that could not be written, before any work is done; make its folder."""
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"不会写“{path.name}”这种文件。", f"--out 的结尾应是 {'、'.join(ENDINGS)} 之一。"
        )
    check_writable(path, source, option="--out")


def write_out(
    path: Path, items: Iterable[Suggestion], tally: Tally, facts: Callable[[], RunFacts]
) -> Written:
    """Write suggestions to `path`; `facts` is asked after the last row, when notes are complete."""

    def workbook(collected: Sequence[Suggestion]) -> Written:
        return write_results(path, collected, tally, facts())

    return write_any(path, items, to_record, RESULTS, workbook)


def write_any(
    path: Path,
    items: Iterable[R],
    record: Callable[[R], Mapping[str, object]],
    layout: Layout[R],
    workbook: Callable[[Sequence[R]], Written],
) -> Written:
    """Write results in the form that the ending of `path` names."""
    ending = path.suffix.lower()
    if ending == ".jsonl":
        return write_jsonl(path, (record(item) for item in items))
    collected = list(items)
    if ending == ".csv":  # which original columns there are is known after the last row
        heads = own_heads(item.given for item in collected)
        return write_csv(path, layout.header(heads), layout.rows(collected, heads))
    return workbook(collected)


def watched(items: Iterable[T], on_progress: Callable[[int], None]) -> Iterator[T]:
    """Pass results on and tell how many have come."""
    for number, item in enumerate(items, 1):
        yield item
        on_progress(number)
