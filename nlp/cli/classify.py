"""`fenban classify`: the main job."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nlp.cli.options import (
    DEFAULT_PRECISION,
    BodyColumn,
    EncodingOption,
    FunctionsOption,
    IdColumn,
    InputArgument,
    ModelOption,
    PlaceOption,
    PrecedentsOption,
    PrecisionOption,
    QuietOption,
    SheetOption,
    TitleColumn,
    open_place,
    open_router,
    read_options,
    say,
)
from nlp.shipped import DEFAULT_PLACE

if TYPE_CHECKING:
    from nlp.batch.tally import Tally
    from nlp.batch.workbook import RunFacts
    from nlp.classify.router import Router
    from nlp.classify.suggest import Options
    from nlp.io.read import Source
    from nlp.types import Suggestion

OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="文件", help="结果写到 .xlsx、.csv 或 .jsonl；不给就打在屏幕上。"
    ),
]


def classify(
    source: InputArgument,
    out: OutOption = None,
    model: ModelOption = None,
    place: PlaceOption = DEFAULT_PLACE,
    precision: PrecisionOption = DEFAULT_PRECISION,
    functions: FunctionsOption = None,
    precedents: PrecedentsOption = None,
    title: TitleColumn = None,
    body: BodyColumn = None,
    id_column: IdColumn = None,
    encoding: EncodingOption = None,
    sheet: SheetOption = None,
    table: Annotated[
        bool, typer.Option("--table", help="总是打印表格，即使输出接到了管道。")
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Classify every proposal of an input; the contract is in the README."""
    from nlp.batch.outputs import check_out
    from nlp.batch.tally import Tally
    from nlp.classify.history import open_precedents
    from nlp.classify.suggest import Options
    from nlp.io.read import read_proposals

    if out:
        check_out(out, source)
    router = open_router(model, functions)
    directory = open_place(place, router)
    remark = partial(say, quiet=quiet)
    history = open_precedents(precedents, router, directory, remark) if precedents else None
    options = Options(directory, precision, history)
    overrides = {"title": title, "body": body, "id": id_column}
    opened = read_proposals(source, read_options(overrides, encoding, sheet, out))
    recognised = opened.columns
    for line in recognised:
        say(line, quiet=quiet)
    tally = Tally()
    items = tally.watch(router.classify(opened.items, options))
    with progress(quiet) as on_progress:
        if out:
            facts = partial(run_facts, source, router, options, opened)
            save(items, out, tally, facts, on_progress, quiet=quiet)
        else:
            show(items, as_table=table or sys.stdout.isatty())
    for line in () if recognised else opened.columns:  # of a folder they come with its files
        say(line, quiet=quiet)
    for note in opened.notes:
        say(f"提示：{note}", quiet=quiet)
    say(tally.closing_line(), quiet=quiet)
    if out:
        say(f"结果已写到 {out}。", quiet=quiet)
    raise typer.Exit(tally.exit_code)


def save(
    items: Iterable[Suggestion],
    out: Path,
    tally: Tally,
    facts: Callable[[], RunFacts],
    on_progress: Callable[[int], None],
    *,
    quiet: bool = False,
) -> None:
    """Write suggestions to a file and pass on what the writer had to change."""
    from nlp.batch.outputs import watched, write_out

    written = write_out(out, watched(items, on_progress), tally, facts)
    for note in written.notes:
        say(f"提示：{note}", quiet=quiet)


def show(items: Iterable[Suggestion], *, as_table: bool) -> None:
    """Print suggestions: a table for people, JSONL for programs."""
    from nlp.batch.records import to_record
    from nlp.io.write import json_line

    if as_table:
        from nlp.cli.screen import print_table

        print_table(items)
        return
    for item in items:
        sys.stdout.write(json_line(to_record(item)))
    sys.stdout.flush()  # here a reader that has gone is no fault; at exit it would be one


def run_facts(source: str, router: Router, options: Options, opened: Source) -> RunFacts:
    from nlp.batch.workbook import RunFacts

    return RunFacts(
        source=source,
        model=router.name,
        place=options.directory.place,
        precision=options.precision,
        columns=opened.columns,
        notes=opened.notes,
        topic_names=router.topics.names if router.topics else (),
        unit_names=options.directory.unit_names if router.units else (),
    )


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[int], None]]:
    """Draw a counter on a terminal's stderr; nothing when piped or quiet."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("已处理 {task.completed} 件"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done: bar.update(task, completed=done)
