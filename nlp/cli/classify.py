"""`fenban classify`: the main job."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
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
    open_router,
    read_options,
    route_options,
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
    from nlp.io.read import read_proposals

    if out:
        check_out(out, source)
    router = open_router(model, functions)
    options = route_options(router, place, precision, precedents, quiet=quiet)
    overrides = {"title": title, "body": body, "id": id_column}
    opened = read_proposals(source, read_options(overrides, encoding, sheet, out))
    job = Job(router, options, opened, source, quiet)
    raise typer.Exit(job.run(out, as_table=table or sys.stdout.isatty()))


@dataclass(frozen=True, slots=True)
class Job:
    """One run over an opened input: what it says beside the results, and its exit code."""

    router: Router
    options: Options
    opened: Source
    name: str
    quiet: bool

    def run(self, out: Path | None, *, as_table: bool) -> int:
        """Classify everything and return the exit code."""
        from nlp.batch.tally import Tally

        recognised = self.opened.columns
        self._say(*recognised)
        tally = Tally()
        items = tally.watch(self.router.classify(self.opened.items, self.options))
        if out:
            self._save(items, out, tally)
        else:
            show(items, as_table=as_table)
        # of a folder the columns are known only when its files have been read
        self._say(*(() if recognised else self.opened.columns))
        self._say(*(f"提示：{note}" for note in self.opened.notes), tally.closing_line())
        if out:
            self._say(f"结果已写到 {out}。")
        return tally.exit_code

    def _say(self, *lines: str) -> None:
        for line in lines:
            say(line, quiet=self.quiet)

    def _save(self, items: Iterable[Suggestion], out: Path, tally: Tally) -> None:
        """Write suggestions to a file and pass on what the writer had to change."""
        from nlp.batch.outputs import watched, write_out
        from nlp.cli.screen import progress

        with progress(self.quiet) as on_progress:
            written = write_out(out, watched(items, on_progress), tally, self._facts)
        self._say(*(f"提示：{note}" for note in written.notes))

    def _facts(self) -> RunFacts:
        from nlp.batch.workbook import RunFacts

        router, place = self.router, self.options.directory
        return RunFacts(
            source=self.name,
            model=router.name,
            place=place.place,
            precision=self.options.precision,
            columns=self.opened.columns,
            notes=self.opened.notes,
            topic_names=router.topics.names if router.topics else (),
            unit_names=place.unit_names if router.units else (),
        )


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
