"""Where results go: xlsx for staff, csv and jsonl for programs; the ending decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from nlp.batch.records import to_record
from nlp.batch.tally import Tally
from nlp.batch.workbook import RESULT_HEAD, RunFacts, result_cells, write_results
from nlp.errors import InputError, UsageError
from nlp.io.write import Written, write_csv, write_jsonl
from nlp.types import Suggestion

ENDINGS = (".xlsx", ".csv", ".jsonl")


def check_out(path: Path) -> None:
    """Refuse an output that could not be written, before any work is done; make its folder."""
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"不会写“{path.name}”这种文件。", f"--out 的结尾应是 {'、'.join(ENDINGS)} 之一。"
        )
    if path.is_dir():
        raise UsageError(f"--out 的“{path}”是文件夹。", "请给出文件名，例如 结果.xlsx。")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"建不了文件夹“{path.parent}”：{error.strerror}。", "请换一个 --out。"
        ) from error


def write_out(
    path: Path, items: Iterable[Suggestion], tally: Tally, facts: Callable[[], RunFacts]
) -> Written:
    """Write suggestions to `path`; `facts` is asked after the last row, when notes are complete."""
    ending = path.suffix.lower()
    if ending == ".jsonl":
        return write_jsonl(path, (to_record(item) for item in items))
    if ending == ".csv":
        return write_csv(path, RESULT_HEAD, (result_cells(item) for item in items))
    collected = list(items)
    return write_results(path, collected, tally, facts())


def watched(
    items: Iterable[Suggestion], on_progress: Callable[[int], None]
) -> Iterator[Suggestion]:
    """Pass suggestions on and tell how many have come."""
    for number, item in enumerate(items, 1):
        yield item
        on_progress(number)
