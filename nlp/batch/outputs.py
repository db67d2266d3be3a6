"""Where results go: xlsx for staff, csv and jsonl for programs; the ending decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from nlp.batch.records import to_record
from nlp.batch.tally import Tally
from nlp.batch.workbook import (
    RESULT_HEAD,
    RunFacts,
    own_heads,
    own_names,
    result_rows,
    write_results,
)
from nlp.errors import UsageError
from nlp.io.atomic import check_writable
from nlp.io.write import Written, write_csv, write_jsonl
from nlp.types import Suggestion

ENDINGS = (".xlsx", ".csv", ".jsonl")


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
    ending = path.suffix.lower()
    if ending == ".jsonl":
        return write_jsonl(path, (to_record(item) for item in items))
    if ending == ".csv":
        return _write_csv(path, items)
    collected = list(items)
    return write_results(path, collected, tally, facts())


def _write_csv(path: Path, items: Iterable[Suggestion]) -> Written:
    """Write results and the original columns; which these are is known after the last row."""
    collected = list(items)
    heads = own_heads(item.given for item in collected)
    return write_csv(path, (*RESULT_HEAD, *own_names(heads)), result_rows(collected, heads))


def watched(
    items: Iterable[Suggestion], on_progress: Callable[[int], None]
) -> Iterator[Suggestion]:
    """Pass suggestions on and tell how many have come."""
    for number, item in enumerate(items, 1):
        yield item
        on_progress(number)
