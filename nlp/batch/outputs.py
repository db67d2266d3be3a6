"""Where results go: xlsx for staff, csv, jsonl and parquet for programs; the ending decides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nlp.batch.columns import SUGGESTIONS, Columns, write_parquet
from nlp.batch.result import R, Results
from nlp.batch.sheets import Layout
from nlp.batch.tally import Tally
from nlp.batch.workbook import RESULTS, RunFacts, write_results
from nlp.io.write import Written, write_csv, write_lines
from nlp.types import Suggestion

ENDINGS = (".xlsx", ".csv", ".jsonl", ".parquet")


def write_out(
    path: Path, results: Results[Suggestion], tally: Tally, facts: Callable[[], RunFacts]
) -> Written:
    """Write suggestions to `path`; `facts` is asked only for what needs them."""
    return write_any(
        path,
        results,
        RESULTS,
        SUGGESTIONS,
        lambda: write_results(path, results, tally, facts()),
    )


def write_any(
    path: Path,
    results: Results[R],
    layout: Layout[R],
    columns: Columns,
    workbook: Callable[[], Written],
) -> Written:
    """Write results in the form that the ending of `path` names."""
    ending = path.suffix.lower()
    if ending == ".jsonl":
        return write_lines(path, results.lines())
    if ending == ".parquet":
        return write_parquet(path, results.lines(), columns)
    if ending == ".csv":
        heads = results.heads()
        return write_csv(path, layout.header(heads), layout.rows(results, heads))
    return workbook()
